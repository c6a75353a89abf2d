package io.tierdrill.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/**
 * The client of a WebSocket (RFC 6455) that listens: it answers pings and the wish to close, and passes every frame on,
 * so that its connection knows it is alive.
 */
final class WebSocketPeer extends ChannelInboundHandlerAdapter {
    private static final int LONGEST = 16 << 20;

    private WebSocketPeer() {}

    /** The bytes behind the answer are frames. */
    static void takesOver(ChannelHandlerContext http, ByteBuf rest) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .allowExtensions(true)
                .withUTF8Validator(false)
                .maxFramePayloadLength(LONGEST)
                .build();
        ChannelPipeline pipeline = http.pipeline();
        pipeline.addBefore(http.name(), "frames out", new WebSocket13FrameEncoder(true));
        pipeline.addBefore(http.name(), "frames in", new WebSocket13FrameDecoder(config));
        pipeline.addBefore(http.name(), "peer", new WebSocketPeer());
        if (rest.isReadable())
            pipeline.context("frames out").fireChannelRead(rest.readRetainedSlice(rest.readableBytes()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        if (frame instanceof PingWebSocketFrame ping)
            context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        if (frame instanceof CloseWebSocketFrame)
            context.writeAndFlush(new CloseWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER))
                    .addListener(ChannelFutureListener.CLOSE);
        context.fireChannelRead(frame);
    }
}

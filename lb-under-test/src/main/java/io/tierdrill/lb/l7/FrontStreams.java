package io.tierdrill.lb.l7;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameLogger;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.logging.LogLevel;
import io.netty.util.ReferenceCountUtil;
import io.tierdrill.lb.net.Deadline;
import java.util.concurrent.atomic.LongAdder;

/**
 * A client's connection that speaks HTTP/2: each of its streams is a {@link FrontStream}. Netty's codec counts what a
 * client could flood us with (resets, empty frames, CONTINUATION, frames that must be acknowledged) and ends the
 * connection; what it cannot know is here.
 */
final class FrontStreams extends ChannelInboundHandlerAdapter {
    private static final int RESETS_WITHIN_SECONDS = 30;

    /** Sixteen stalled uploads of 64 KiB before they stall their neighbours. */
    private static final int CONNECTION_WINDOW = 1 << 20;

    private static final int FIRST_WINDOW = 65_535;
    private static final long GRACE_MILLIS = 1_000;

    private final Proxy proxy;
    private final Client client;
    private final Deadline idle = new Deadline(this::expired);
    private ChannelHandlerContext ctx;
    private int open;

    private FrontStreams(Proxy proxy, Client client) {
        this.proxy = proxy;
        this.client = client;
    }

    /** Sets the rest of a connection up. */
    static void on(ChannelPipeline pipeline, Proxy proxy, Client client) {
        FrontStreams streams = new FrontStreams(proxy, client);
        Http2FrameCodecBuilder codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(proxy.http2.streams())
                        .maxHeaderListSize(HeadGuard.MOST_HEAD))
                .decoderEnforceMaxRstFramesPerWindow(proxy.http2.resets(), RESETS_WITHIN_SECONDS)
                .gracefulShutdownTimeoutMillis(GRACE_MILLIS)
                .frameLogger(new Resets(proxy.rejected));
        pipeline.addLast(codec.build(), new Http2MultiplexHandler(streams.stream()), streams);
    }

    private ChannelInitializer<Channel> stream() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                opened(channel);
            }
        };
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        ctx.writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW - FIRST_WINDOW));
        proxy.idling.start(idle);
        proxy.multiplexed.add(this);
    }

    private void opened(Channel stream) {
        open++;
        idle.cancel();
        stream.closeFuture().addListener(closed -> closed());
        stream.pipeline().addLast(new FrontStream(proxy, client));
    }

    private void closed() {
        if (--open == 0 && ctx.channel().isActive()) proxy.idling.start(idle);
    }

    /** With a GOAWAY, and at once as nothing is under way. */
    private void expired() {
        ctx.close();
    }

    /** No more streams, please: we are about to end. */
    void goAway() {
        ctx.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
    }

    /** Settings, pings and the like are the codec's business. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        idle.cancel();
        proxy.multiplexed.remove(this);
    }

    /** What breaks the protocol is answered by the codec with a GOAWAY that says why. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof Http2Exception)) ctx.close();
    }

    /**
     * Counts requests that are malformed, wherever on the way that was noticed: in the end each is a stream reset with
     * PROTOCOL_ERROR, or a connection ended with an error.
     */
    private static final class Resets extends Http2FrameLogger {
        private final LongAdder rejected;

        Resets(LongAdder rejected) {
            super(LogLevel.TRACE, FrontStreams.class);
            this.rejected = rejected;
        }

        @Override
        public boolean isEnabled() {
            return false;
        }

        @Override
        public void logRstStream(Direction direction, ChannelHandlerContext ctx, int stream, long error) {
            if (direction == Direction.OUTBOUND && error == Http2Error.PROTOCOL_ERROR.code()) rejected.increment();
        }

        @Override
        public void logGoAway(Direction direction, ChannelHandlerContext ctx, int last, long error, ByteBuf debug) {
            if (direction == Direction.OUTBOUND && error != Http2Error.NO_ERROR.code()) rejected.increment();
        }
    }
}

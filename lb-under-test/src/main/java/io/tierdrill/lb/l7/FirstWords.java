package io.tierdrill.lb.l7;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells HTTP/2 by prior knowledge (RFC 9113, 3.3) from HTTP/1 by the first bytes of a connection in the clear, sets the
 * connection up for it, and leaves.
 */
final class FirstWords extends ByteToMessageDecoder {
    private final Consumer<ChannelPipeline> http1;
    private final Consumer<ChannelPipeline> http2;

    FirstWords(Consumer<ChannelPipeline> http1, Consumer<ChannelPipeline> http2) {
        this.http1 = http1;
        this.http2 = http2;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        int known = Math.min(in.readableBytes(), preface.readableBytes());
        if (!in.slice(in.readerIndex(), known).equals(preface.slice(0, known))) become(ctx, http1);
        else if (known == preface.readableBytes()) become(ctx, http2);
        preface.release();
    }

    private void become(ChannelHandlerContext ctx, Consumer<ChannelPipeline> what) {
        what.accept(ctx.pipeline());
        ctx.pipeline().remove(this);
    }
}

package io.tierdrill.lb.splice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;

/**
 * One side until it is joined with the other: does not ask for bytes, and keeps those that come all the same, as they do
 * when the other end has already finished. Ends when the connection breaks.
 */
final class Held extends ChannelInboundHandlerAdapter {
    private ByteBuf bytes;
    private ChannelHandlerContext ctx;

    /** Holds these bytes to begin with; they are its own from now on. */
    Held(ByteBuf bytes) {
        this.bytes = bytes;
    }

    static Held on(Channel channel, ByteBuf early) {
        Held held = new Held(early);
        channel.pipeline().addLast(held);
        return held;
    }

    /** Gives what was kept to the other side, and its place to what comes next. */
    void passOn(Channel to) {
        ByteBuf kept = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        to.writeAndFlush(kept, to.voidPromise());
        ctx.pipeline().remove(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        ctx.channel().config().setAutoRead(false);
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object more) {
        bytes = bytes.isReadable() ? Unpooled.wrappedBuffer(bytes, (ByteBuf) more) : (ByteBuf) more;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ctx.close();
    }
}

package io.tierdrill.lb.splice;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.tierdrill.lb.net.Deadline;
import io.tierdrill.lb.net.DeadlineQueue;
import io.tierdrill.lb.net.HalfClose;
import java.nio.channels.ClosedChannelException;

/**
 * Two TCP connections joined: what one says the other hears. The end of one direction is passed on as the end of that
 * direction alone (half close); a reset of one is a reset of the other; who reads slowly slows down who writes. Belongs
 * to the event loop both connections share.
 *
 * <pre>
 *   client --bytes, FIN, RST--&gt; near | far --bytes, FIN, RST--&gt; server
 *          &lt;----------------------------------------------------
 * </pre>
 */
public final class Splice {
    private final Channel near;
    private final Channel far;
    private final DeadlineQueue idle;
    private final Deadline quiet = new Deadline(this::reset);
    private int endedDirections;

    private Splice(Channel near, Channel far, DeadlineQueue idle) {
        this.near = near;
        this.far = far;
        this.idle = idle;
    }

    /**
     * Joins them from here on; both are open, and what they read next goes to the other. When nothing moves for as long as {@code idle}
     * allows, both are reset.
     */
    public static void join(Channel near, Channel far, DeadlineQueue idle) {
        Splice splice = new Splice(near, far, idle);
        Direction out = splice.new Direction(far);
        Direction back = splice.new Direction(near);
        for (Channel side : new Channel[] {near, far}) side.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        near.pipeline().addLast(out);
        far.pipeline().addLast(back);
        idle.start(splice.quiet);
        for (Channel side : new Channel[] {near, far}) {
            side.closeFuture().addListener(closed -> splice.quiet.cancel());
        }
        if (!readsOn(near)) out.end();
        if (!readsOn(far)) back.end();
    }

    /** Closes with a reset, as a host does that knows nothing of the connection. */
    static void reset(Channel channel) {
        if (channel.isActive()) channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    /** A side that has said all is not asked for more: the native transport fails on such a request and closes it. */
    private static boolean readsOn(Channel side) {
        boolean more = !((DuplexChannel) side).isInputShutdown();
        if (more) side.config().setAutoRead(true);
        return more;
    }

    private void reset() {
        reset(near);
        reset(far);
    }

    /** What one side says, on its way to the other. */
    private final class Direction extends ChannelInboundHandlerAdapter {
        private final Channel to;
        private boolean ended;

        Direction(Channel to) {
            this.to = to;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            to.write(bytes, to.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            idle.start(quiet);
            to.flush();
            if (!to.isWritable()) ctx.channel().config().setAutoRead(false);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (ctx.channel().isWritable()) readsOn(to);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) end();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            quiet.cancel();
            to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }

        /** A write that failed because the other side has just gone is told by that side's own end. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!(cause instanceof ClosedChannelException)) reset();
        }

        /** Passes on the end of this direction behind its last byte; when both have ended, so has the splice. */
        private void end() {
            if (ended) return;
            ended = true;
            to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
                if (++endedDirections == 2) {
                    near.close();
                    far.close();
                } else {
                    HalfClose.output(to);
                }
            });
        }
    }
}

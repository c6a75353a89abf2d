package io.tierdrill.lb.l4;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.tierdrill.lb.hash.Flow;
import io.tierdrill.lb.net.Deadline;
import io.tierdrill.lb.net.ProxySniffer;
import io.tierdrill.lb.picker.Upstream;
import io.tierdrill.lb.splice.FlowForwarder;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;

/**
 * A connection until it is known whose it is: the first thing read is a PROXY header, or bytes that show there is none.
 * Then it stops reading, keeps what was read with it, and hands everything to the forwarder.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private final FlowForwarder forwarder;
    private final Function<Flow, Optional<Upstream>> choose;
    private ByteBuf early = Unpooled.EMPTY_BUFFER;
    private Optional<Flow> flow = Optional.empty();
    private Deadline patience;

    FirstBytes(FlowForwarder forwarder, Function<Flow, Optional<Upstream>> choose) {
        this.forwarder = forwarder;
        this.choose = choose;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        patience = forwarder.patience(ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel near = ctx.channel();
        if (flow.isEmpty()) near.config().setAutoRead(false);
        if (message instanceof HAProxyMessage header) {
            flow = Optional.of(ProxySniffer.flow(header).orElseGet(() -> own(near)));
            header.release();
        } else {
            if (flow.isEmpty()) flow = Optional.of(own(near));
            early = early.isReadable() ? Unpooled.wrappedBuffer(early, (ByteBuf) message) : (ByteBuf) message;
        }
    }

    /** By now whatever came with the header is here too. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (flow.isEmpty()) return;
        patience.cancel();
        ByteBuf said = early;
        early = Unpooled.EMPTY_BUFFER;
        ctx.pipeline().remove(this);
        Optional<Upstream> chosen = choose.apply(flow.get());
        if (chosen.isPresent()) {
            forwarder.forward(ctx.channel(), flow.get(), chosen.get(), said);
        } else {
            said.release();
            forwarder.refuse(ctx.channel());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        early.release();
        early = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        forwarder.refuse(ctx.channel());
    }

    private static Flow own(Channel near) {
        return new Flow((InetSocketAddress) near.remoteAddress(), (InetSocketAddress) near.localAddress());
    }
}

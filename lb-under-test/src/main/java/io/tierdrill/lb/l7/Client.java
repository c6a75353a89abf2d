package io.tierdrill.lb.l7;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.tierdrill.lb.net.ProxySniffer;
import java.net.InetSocketAddress;

/**
 * Whose connection it is: the other end of it, or who the PROXY header in front of it tells of. Stands in the pipeline
 * until the first byte behind that header. Belongs to the event loop.
 */
final class Client extends ChannelInboundHandlerAdapter {
    private final boolean secure;
    private final long since;
    private InetSocketAddress source;
    private String address = "";
    private String connection = "";
    private boolean http2;

    /**
     * Not known before it is in a pipeline.
     *
     * @param secure whether the connection is encrypted
     * @param since when it began, in nanoseconds of the proxy's clock
     */
    Client(boolean secure, long since) {
        this.secure = secure;
        this.since = since;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        is((InetSocketAddress) ctx.channel().remoteAddress());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HAProxyMessage header) {
            ProxySniffer.flow(header).ifPresent(flow -> is(flow.source()));
            header.release();
        } else {
            ctx.pipeline().remove(this);
            ctx.fireChannelRead(message);
        }
    }

    private void is(InetSocketAddress known) {
        source = known;
        address = known.getAddress().getHostAddress();
    }

    /** In digits, without the port. */
    String address() {
        return address;
    }

    /** {@code http} or {@code https}. */
    String scheme() {
        return secure ? "https" : "http";
    }

    boolean secure() {
        return secure;
    }

    void speaksHttp2() {
        http2 = true;
    }

    boolean isHttp2() {
        return http2;
    }

    /** Names this connection and no other: ports are used again, but not at the same time. */
    String connection() {
        if (connection.isEmpty()) connection = address + ':' + source.getPort() + '@' + since;
        return connection;
    }
}

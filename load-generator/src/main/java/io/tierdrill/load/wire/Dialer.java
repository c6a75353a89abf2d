package io.tierdrill.load.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.tls.TlsClient;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Makes the channels of one target: from which address, to which port, secured or not. Belongs to the thread of its
 * loop.
 */
public final class Dialer implements AutoCloseable {
    private static final String SHARED = "";

    private final IoLoop loop;
    private final WireConfig config;
    private final boolean pooled;
    private final int port;
    private final Optional<TlsClient> tls;
    private String probed = "";
    private long dialled;

    /**
     * @param layout who shares connections: those of a pool belong to no client
     * @param host of the target
     * @param secure whether its connections are secured with TLS
     * @throws BadInputException where a source address is not this machine's, or a file of certificates is unusable
     */
    public Dialer(IoLoop loop, WireConfig config, Layout layout, String host, int port, boolean secure)
            throws BadInputException {
        this.loop = loop;
        this.config = config;
        this.pooled = layout.mode() == Layout.Mode.POOL;
        this.port = port;
        config.sources().check();
        this.tls = secure
                ? Optional.of(
                        new TlsClient(config.tls(), host, config.protocol().alpn()))
                : Optional.empty();
    }

    IoLoop loop() {
        return loop;
    }

    Protocol protocol() {
        return config.protocol();
    }

    boolean secure() {
        return tls.isPresent();
    }

    /** A registered channel that is not connected yet; its last handler is the one given. */
    Channel dial(ChannelHandler handler, InetAddress address, RequestRecord request) {
        SocketChannel channel = channel(address);
        if (tls.isPresent()) channel.pipeline().addLast(tls.get().handler(session(request), request.authority()));
        channel.pipeline().addLast(handler);
        loop.register(channel);
        return channel;
    }

    /** Probes ask for the host of this request, where connections ask for recorded ones. */
    public void probeAs(RequestRecord request) {
        probed = request.authority();
    }

    /** As {@link #dial}, for nobody in particular. */
    Channel probe(ChannelHandler handler, InetAddress address) {
        SocketChannel channel = channel(address);
        if (tls.isPresent()) channel.pipeline().addLast(tls.get().handler("the probe", probed));
        channel.pipeline().addLast(handler);
        loop.register(channel);
        return channel;
    }

    private SocketChannel channel(InetAddress address) {
        SocketChannel channel = loop.stream();
        channel.config().setConnectTimeoutMillis(0); // The request's own timeout covers it, without a timer each.
        if (channel instanceof EpollSocketChannel && !config.sources().isAny())
            channel.config().setOption(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        return channel;
    }

    InetSocketAddress remote(InetAddress address) {
        return new InetSocketAddress(address, port);
    }

    /** Where a connection for this request comes from; null for whichever address the system takes. */
    InetSocketAddress local(InetAddress remote, RequestRecord request) {
        return local(remote, pooled ? "connection " + dialled++ : request.client());
    }

    InetSocketAddress local(InetAddress remote, String client) {
        return config.sources()
                .of(client, remote instanceof Inet6Address)
                .map(address -> new InetSocketAddress(address, 0))
                .orElse(null);
    }

    /** Whether the list of sources, if there is one, has any address of this one's family. */
    boolean reaches(InetAddress remote) {
        return config.sources().isAny() || local(remote, SHARED) != null;
    }

    /** Whose TLS sessions a connection may resume. */
    private String session(RequestRecord request) {
        if (pooled) return SHARED;
        return request.user().isEmpty() ? request.client() : request.user();
    }

    /** Whether the handshake that has just ended took up an old session; asked once for each. */
    boolean resumed(SslHandler handler) {
        return tls.orElseThrow().resumed(handler);
    }

    /** Whether the target agreed to the protocol; one that does not speak ALPN speaks HTTP/1.1. */
    boolean speaksOurs(SslHandler handler) {
        String chosen = handler.engine().getApplicationProtocol();
        boolean none = chosen == null || chosen.isEmpty();
        return none ? protocol() == Protocol.HTTP1 : chosen.equals(protocol().alpn());
    }

    /** Why a handshake failed, in words for people. */
    String tlsFailure(Throwable cause) {
        return tls.orElseThrow().failure(cause);
    }

    @Override
    public void close() {
        tls.ifPresent(TlsClient::close);
    }
}

package io.tierdrill.lb.l7;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.tierdrill.lb.net.Deadline;
import io.tierdrill.lb.net.ProxySniffer;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;

/**
 * Where clients come in: finds out what a connection speaks and sets it up for that. Who has not said so within the
 * idle timeout is sent away.
 *
 * <pre>
 *   [PROXY header] -&gt; TLS, ALPN or the first bytes in the clear -&gt; HTTP/1 or HTTP/2
 * </pre>
 */
final class Doorway {
    private final Proxy proxy;
    private final Clock wall;
    private final Optional<SslContext> tls;

    /** @param wall the clock that TLS sessions remember their beginning by */
    Doorway(Proxy proxy, Optional<TlsConfig> tls, Clock wall) throws IOException {
        this.proxy = proxy;
        this.wall = wall;
        this.tls = tls.isPresent() ? Optional.of(context(tls.get())) : Optional.empty();
    }

    /** A connection that was just accepted. */
    void enter(Channel channel) {
        proxy.accepted.increment();
        Deadline patience = new Deadline(channel::close);
        proxy.idling.start(patience);
        channel.closeFuture().addListener(closed -> patience.cancel());
        Client client = new Client(tls.isPresent(), proxy.clock.nanos());
        channel.pipeline().addLast(new ProxySniffer(), client);
        if (tls.isPresent()) {
            SslHandler handler = tls.get().newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(0);
            channel.pipeline().addLast(handler, new Agreed(client, patience, handler));
        } else {
            channel.pipeline()
                    .addLast(new FirstWords(p -> http1(p, client, patience), p -> http2(p, client, patience)));
        }
    }

    private void http1(ChannelPipeline pipeline, Client client, Deadline patience) {
        patience.cancel();
        RequestDecoder decoder = new RequestDecoder();
        ResponseEncoder encoder = new ResponseEncoder();
        pipeline.addLast(decoder, encoder, new FrontConnection(proxy, decoder, encoder, client));
    }

    private void http2(ChannelPipeline pipeline, Client client, Deadline patience) {
        patience.cancel();
        client.speaksHttp2();
        FrontStreams.on(pipeline, proxy, client);
    }

    /** Which protocol was agreed on in the handshake (RFC 7301). */
    private final class Agreed extends ApplicationProtocolNegotiationHandler {
        private final Client client;
        private final Deadline patience;
        private final SslHandler handler;
        private final long since = wall.millis();

        Agreed(Client client, Deadline patience, SslHandler handler) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.handler = handler;
            this.client = client;
            this.patience = patience;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            proxy.handshakes.increment();
            // A session that was taken up, be it from a ticket, is older than the connection.
            if (handler.engine().getSession().getCreationTime() >= since) proxy.fullHandshakes.increment();
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) http2(ctx.pipeline(), client, patience);
            else http1(ctx.pipeline(), client, patience);
        }

        /** A failed handshake ends here too. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            proxy.handshakeFailures.increment();
            ctx.close();
        }
    }

    private static SslContext context(TlsConfig config) throws IOException {
        try {
            Credentials credentials = Credentials.read(config);
            return SslContextBuilder.forServer(
                            credentials.key(), credentials.chain().toArray(X509Certificate[]::new))
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1))
                    .build();
        } catch (Credentials.Unusable changedMeanwhile) {
            throw new IOException(changedMeanwhile.getMessage(), changedMeanwhile);
        }
    }
}

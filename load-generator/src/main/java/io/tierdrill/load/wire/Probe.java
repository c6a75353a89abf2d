package io.tierdrill.load.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.tierdrill.model.time.NanoClock;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Finds out whether somebody listens who speaks what requests will speak, by connecting the way they will: what they
 * need is loaded by then.
 */
public final class Probe {
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final String NO_HTTP2 = "it does not speak HTTP/2: ";
    private static final long TURN_NANOS = 10_000_000;

    private final Dialer dialer;
    private final long deadline;
    private final NanoClock clock;

    private Probe(Dialer dialer, NanoClock clock) {
        this.dialer = dialer;
        this.clock = clock;
        this.deadline = clock.nanos() + PATIENCE_NANOS;
    }

    /** Why no connection can be opened there, in words; empty when one was. */
    public static Optional<String> refusal(Dialer dialer, InetAddress address) {
        return new Probe(dialer, NanoClock.system()).refusal(address);
    }

    private Optional<String> refusal(InetAddress address) {
        if (!dialer.reaches(address)) return Optional.of("load.sources has no address of its family");
        Listener listener = new Listener();
        Channel channel = dialer.probe(listener, address);
        try {
            ChannelFuture connected = channel.connect(dialer.remote(address), dialer.local(address, "the probe"));
            if (!ends(connected)) return Optional.of("no answer within " + PATIENCE_NANOS / 1_000_000_000 + " s");
            if (!connected.isSuccess()) return Optional.of(words(connected.cause()));
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls != null) {
                Optional<String> insecure = secured(tls);
                if (insecure.isPresent()) return insecure;
            }
            return dialer.protocol() == Protocol.HTTP2 ? greeted(channel, listener) : Optional.empty();
        } finally {
            channel.close();
        }
    }

    private static String words(Throwable cause) {
        return switch (ConnectFailures.outcome(cause)) {
            case CONNECT_REFUSED -> "connection refused";
            default -> cause.getMessage();
        };
    }

    private Optional<String> secured(SslHandler tls) {
        Future<Channel> handshake = tls.handshakeFuture();
        if (!ends(handshake)) return Optional.of("no end of the TLS handshake within 3 s");
        dialer.resumed(tls);
        if (handshake.isSuccess() && dialer.speaksOurs(tls)) return Optional.empty();
        if (handshake.isSuccess()) return Optional.of(NO_HTTP2 + "ALPN did not choose it");
        String why = dialer.tlsFailure(handshake.cause());
        if (dialer.protocol() == Protocol.HTTP2 && why.contains("no_application_protocol"))
            return Optional.of(NO_HTTP2 + "ALPN refused it");
        return Optional.of("the TLS handshake failed: " + why);
    }

    private Optional<String> greeted(Channel channel, Listener listener) {
        channel.pipeline().addBefore(channel.pipeline().context(listener).name(), "http2", Http2Setup.codec());
        while (!listener.greeted && channel.isOpen() && clock.nanos() < deadline)
            dialer.loop().await(TURN_NANOS);
        return listener.greeted ? Optional.empty() : Optional.of(NO_HTTP2 + "no SETTINGS came");
    }

    private boolean ends(Future<?> future) {
        while (!future.isDone() && clock.nanos() < deadline) dialer.loop().await(TURN_NANOS);
        return future.isDone();
    }

    private static final class Listener extends ChannelInboundHandlerAdapter {
        private boolean greeted;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http2SettingsFrame) greeted = true;
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}

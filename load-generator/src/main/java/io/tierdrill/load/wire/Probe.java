package io.tierdrill.load.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.ssl.NotSslRecordException;
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
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final String PATIENCE = "5 s";
    private static final String NO_HTTP2 = "it does not speak HTTP/2: ";
    private static final String START = "Start the target, or correct its address.";
    private static final String IN_THE_CLEAR =
            "Write http:// in place of https://, or give the port where it speaks TLS.";
    private static final String SPEAK_HTTP1 = "Turn HTTP/2 on at the target, or leave out 'protocol: http2'.";
    private static final String TRUST = "Trust its authority (tls.ca, --tls-ca), ask for the name in its certificate"
            + " (tls.sni, --tls-name), or take any (tls.verify: false, --tls-insecure).";
    private static final long TURN_NANOS = 10_000_000;

    private final Dialer dialer;
    private final long deadline;
    private final NanoClock clock;

    private Probe(Dialer dialer, NanoClock clock) {
        this.dialer = dialer;
        this.clock = clock;
        this.deadline = clock.nanos() + PATIENCE_NANOS;
    }

    /**
     * Why nothing can be sent there.
     *
     * @param why completes a sentence about the target
     * @param help what to do about it
     */
    public record Refusal(String why, String help) {}

    /** Why no connection can be opened there; empty when one was. */
    public static Optional<Refusal> refusal(Dialer dialer, InetAddress address) {
        return new Probe(dialer, NanoClock.system()).refusal(address);
    }

    private Optional<Refusal> refusal(InetAddress address) {
        if (!dialer.reaches(address))
            return refused("load.sources has no address of its family", "Add one to load.sources, or leave them out.");
        Listener listener = new Listener();
        Channel channel = dialer.probe(listener, address);
        try {
            ChannelFuture connected = channel.connect(dialer.remote(address), dialer.local(address, "the probe"));
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            // Within the very turn in which it is ready: the peer may speak first.
            if (dialer.protocol() == Protocol.HTTP2)
                (tls == null ? connected : tls.handshakeFuture()).addListener(ready -> {
                    if (ready.isSuccess()) listener.listenToHttp2(channel);
                });
            if (!ends(connected)) return refused("no answer within " + PATIENCE, START);
            if (!connected.isSuccess()) return refused(words(connected.cause()), START);
            Optional<Refusal> insecure = tls == null ? Optional.empty() : secured(tls);
            if (insecure.isPresent() || dialer.protocol() == Protocol.HTTP1) return insecure;
            while (!listener.greeted && channel.isOpen() && clock.nanos() < deadline)
                dialer.loop().await(TURN_NANOS);
            return listener.greeted ? Optional.empty() : refused(NO_HTTP2 + "no SETTINGS came", SPEAK_HTTP1);
        } finally {
            channel.close();
        }
    }

    private static Optional<Refusal> refused(String why, String help) {
        return Optional.of(new Refusal(why, help));
    }

    private static String words(Throwable cause) {
        return switch (ConnectFailures.outcome(cause)) {
            case CONNECT_REFUSED -> "connection refused";
            default -> cause.getMessage();
        };
    }

    private Optional<Refusal> secured(SslHandler tls) {
        Future<Channel> handshake = tls.handshakeFuture();
        if (!ends(handshake)) return refused("no end of the TLS handshake within " + PATIENCE, START);
        dialer.resumed(tls);
        if (handshake.isSuccess() && dialer.speaksOurs(tls)) return Optional.empty();
        if (handshake.isSuccess()) return refused(NO_HTTP2 + "ALPN did not choose it", SPEAK_HTTP1);
        if (handshake.cause() instanceof DecoderException d && d.getCause() instanceof NotSslRecordException
                || handshake.cause() instanceof NotSslRecordException)
            return refused("it does not speak TLS", IN_THE_CLEAR);
        String why = dialer.tlsFailure(handshake.cause());
        if (dialer.protocol() == Protocol.HTTP2 && why.contains("no_application_protocol"))
            return refused(NO_HTTP2 + "ALPN refused it", SPEAK_HTTP1);
        return refused("the TLS handshake failed: " + why, TRUST);
    }

    private boolean ends(Future<?> future) {
        while (!future.isDone() && clock.nanos() < deadline) dialer.loop().await(TURN_NANOS);
        return future.isDone();
    }

    private static final class Listener extends ChannelInboundHandlerAdapter {
        private boolean greeted;

        void listenToHttp2(Channel channel) {
            channel.pipeline().addBefore(channel.pipeline().context(this).name(), "http2", Http2Setup.codec());
            channel.flush(); // The codec has written its first words, and waits for a reason to send them.
        }

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

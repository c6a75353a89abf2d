package io.tierdrill.load.tls;

import io.netty.handler.ssl.SslHandler;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * Secures connections to one target. The arithmetic of handshakes runs on a thread of its own, for it takes a
 * millisecond each and the loop has requests to send.
 *
 * <p>Sessions are cached by client, as every browser has a cache of its own: the JDK's cache is keyed by host and port,
 * and the port, which TLS itself does not use, carries a hash of the client. One session is kept of each, of
 * {@value #SESSIONS} clients at most.
 */
public final class TlsClient implements AutoCloseable {
    private static final int SESSIONS = 50_000;
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final TlsConfig config;
    private final String name;
    private final String protocol;
    private final SSLContext context;
    private final Handshakes handshakes;
    private final ExecutorService arithmetic = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "load-tls");
        thread.setDaemon(true);
        return thread;
    });
    private int connections;

    /**
     * @param host of the target
     * @param protocol what is asked for in the handshake: {@code http/1.1} or {@code h2}
     * @throws BadInputException where the trusted certificates cannot be read
     */
    public TlsClient(TlsConfig config, String host, String protocol) throws BadInputException {
        this.config = config;
        this.protocol = protocol;
        this.name = config.namesAsRecorded() ? host : config.sni().orElse(host);
        try {
            this.handshakes = new Handshakes(config);
            this.context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {handshakes}, null);
            context.getClientSessionContext().setSessionCacheSize(config.resume() ? SESSIONS : 1);
        } catch (GeneralSecurityException | IOException unreadable) {
            throw unusable(unreadable);
        }
    }

    private BadInputException unusable(Exception cause) {
        String where = config.ca().map(Object::toString).orElse("the JDK's own certificates");
        return new BadInputException(new Problem(
                "load.tls.ca",
                "",
                "cannot read certificates from " + where + ": " + cause.getMessage(),
                "Give a PEM file with the certificates to trust."));
    }

    /**
     * The handler of a new connection.
     *
     * @param client whose session may be resumed
     * @param authority host, or host and port, of the request it is opened for; may be empty
     */
    public SslHandler handler(String client, String authority) {
        String name = config.namesAsRecorded() && !authority.isEmpty() ? TlsName.ofAuthority(authority) : this.name;
        int cache = config.resume() ? client.hashCode() & Integer.MAX_VALUE : connections++ & Integer.MAX_VALUE;
        SSLEngine engine = context.createSSLEngine(name, cache);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(VERSIONS);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        if (config.verify()) parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(TlsName.asked(name));
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine, arithmetic);
        handler.setHandshakeTimeoutMillis(0); // The request's own timeout covers it.
        return handler;
    }

    /** Whether the handshake that has just ended took up an old session; asked once for each handshake. */
    public boolean resumed(SslHandler handler) {
        return !handshakes.wasFull(handler.engine());
    }

    /** Why a handshake failed, in words for people. */
    public String failure(Throwable cause) {
        return Handshakes.words(cause);
    }

    /** Whether the trouble is one of TLS. */
    public static boolean isTls(Throwable cause) {
        return cause instanceof SSLException || cause.getCause() instanceof SSLException;
    }

    @Override
    public void close() {
        arithmetic.shutdownNow();
    }
}

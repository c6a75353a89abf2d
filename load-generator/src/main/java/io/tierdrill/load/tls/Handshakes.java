package io.tierdrill.load.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges certificates, and by that knows the full handshakes: a resumed one shows no certificate. Asked on the thread of
 * the arithmetic.
 */
final class Handshakes extends X509ExtendedTrustManager {
    private final boolean verify;
    private final X509ExtendedTrustManager trust;
    /** Engines whose handshake showed a certificate, until somebody asks. */
    private final Set<SSLEngine> full = ConcurrentHashMap.newKeySet();

    Handshakes(TlsConfig config) throws GeneralSecurityException, IOException {
        verify = config.verify();
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(config.ca().isPresent() ? store(config.ca().get()) : null);
        for (TrustManager each : factory.getTrustManagers())
            if (each instanceof X509ExtendedTrustManager x) {
                trust = x;
                return;
            }
        throw new GeneralSecurityException("the JDK has no judge of certificates");
    }

    private static KeyStore store(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) throw new CertificateException("it holds no certificate");
            int number = 0;
            for (Certificate each : all) store.setCertificateEntry("ca" + number++, each);
        }
        return store;
    }

    boolean wasFull(SSLEngine engine) {
        return full.remove(engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (verify) trust.checkServerTrusted(chain, authType, engine);
        full.add(engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (verify) trust.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (verify) trust.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }

    /** The innermost cause says what was wrong; those around it say that something was. */
    static String words(Throwable cause) {
        Throwable innermost = cause;
        while (innermost.getCause() != null) innermost = innermost.getCause();
        String words = innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
        return words.lines().findFirst().orElse(words);
    }
}

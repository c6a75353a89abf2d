package io.tierdrill.lb.l7;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate, those behind it, and its key; known to fit. */
record Credentials(List<X509Certificate> chain, PrivateKey key) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String CERTIFICATE = "certificate";
    private static final String KEY = "key";

    /** Why files are of no use, said for the person who named them. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String field;
        private final String help;

        Unusable(String field, String what, String help) {
            super(what);
            this.field = field;
            this.help = help;
        }

        /** {@code certificate} or {@code key}. */
        String field() {
            return field;
        }

        String help() {
            return help;
        }
    }

    static Credentials read(TlsConfig config) throws Unusable {
        List<X509Certificate> chain = chain(config.certificate());
        Credentials read = new Credentials(chain, key(config.key()));
        if (!read.fit())
            throw new Unusable(
                    KEY,
                    config.key() + " is not the key of the certificate in " + config.certificate(),
                    "Give the key the certificate was made for; the certificate itself must be the first in its file.");
        return read;
    }

    private static List<X509Certificate> chain(Path file) throws Unusable {
        byte[] pem = bytes(CERTIFICATE, file);
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!chain.isEmpty()) return chain;
        } catch (CertificateException notOne) {
            // said below
        }
        throw new Unusable(
                CERTIFICATE,
                file + " holds no certificate",
                "It must hold '-----BEGIN CERTIFICATE-----' and what follows.");
    }

    private static PrivateKey key(Path file) throws Unusable {
        Matcher block = BLOCK.matcher(new String(bytes(KEY, file), StandardCharsets.ISO_8859_1));
        String convert = "Convert it: openssl pkcs8 -topk8 -nocrypt -in " + file.getFileName() + " -out new.pem";
        if (!block.find())
            throw new Unusable(
                    KEY,
                    file + " holds no private key",
                    "It must hold '-----BEGIN PRIVATE KEY-----' and what follows.");
        if (!block.group(1).equals("PRIVATE KEY"))
            throw new Unusable(KEY, file + " holds an '" + block.group(1) + "', not a plain PKCS #8 key", convert);
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(2)));
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException another) {
                // the next may fit
            }
        }
        throw new Unusable(KEY, file + " holds a key that is neither RSA nor EC", "Use a certificate with such a key.");
    }

    /** What the key signs, the certificate confirms. */
    private boolean fit() {
        try {
            Signature signature =
                    Signature.getInstance("SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : "RSA"));
            signature.initSign(key);
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(chain.get(0).getPublicKey());
            signature.update((byte) 1);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    private static byte[] bytes(String field, Path file) throws Unusable {
        String help = "Give the path of a PEM file, relative to the file of these settings.";
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new Unusable(field, "there is no such file: " + file, help);
        } catch (AccessDeniedException denied) {
            throw new Unusable(field, file + " may not be read by this user", help);
        } catch (IOException unreadable) {
            throw new Unusable(field, file + " cannot be read: " + unreadable.getMessage(), help);
        }
    }
}

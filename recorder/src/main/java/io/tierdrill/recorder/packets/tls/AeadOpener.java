package io.tierdrill.recorder.packets.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM and ChaCha20-Poly1305. The nonce of TLS 1.3 and of ChaCha20 is the number of the record over a fixed one
 * (RFC 8446, 5.3; RFC 7905, 2); with AES-GCM in TLS 1.2 half of it stands before the content (RFC 5288, 3). One thread.
 */
final class AeadOpener implements RecordOpener {
    private static final int TAG_BYTES = 16;
    private static final int EXPLICIT_BYTES = 8;
    private static final int NONCE_BYTES = 12;

    private final CipherSuite suite;
    private final boolean tls13;
    private final SecretKeySpec key;
    private final byte[] iv;
    private final Engines engines;
    private long number;

    /** @param iv 12 bytes, or the 4 that are fixed with AES-GCM in TLS 1.2 */
    AeadOpener(Engines engines, CipherSuite suite, boolean tls13, byte[] key, byte[] iv) {
        this.engines = engines;
        this.suite = suite;
        this.tls13 = tls13;
        this.key = new SecretKeySpec(key, suite.kind() == CipherSuite.Kind.GCM ? "AES" : "ChaCha20");
        this.iv = iv;
    }

    /** Of TLS 1.3, from a traffic secret (RFC 8446, 7.3). */
    static AeadOpener ofSecret(Engines engines, CipherSuite suite, byte[] secret) throws GeneralSecurityException {
        byte[] key = Hkdf.expandLabel(suite.prf(), secret, "key", suite.keyBytes());
        return new AeadOpener(engines, suite, true, key, Hkdf.expandLabel(suite.prf(), secret, "iv", NONCE_BYTES));
    }

    private boolean hasExplicitNonce() {
        return iv.length < NONCE_BYTES;
    }

    private int overhead() {
        return TAG_BYTES + (hasExplicitNonce() ? EXPLICIT_BYTES : 0);
    }

    @Override
    public Optional<Opened> open(TlsRecord record) {
        if (record.fragment().length < overhead() + (tls13 ? 1 : 0)) return Optional.empty();
        try {
            byte[] content = decrypt(record);
            Optional<Opened> opened = tls13 ? inner(content) : Optional.of(plain(record.type(), content));
            if (opened.isPresent()) number++;
            return opened;
        } catch (GeneralSecurityException wrong) {
            engines.forget(transformation());
            return Optional.empty();
        }
    }

    private byte[] decrypt(TlsRecord record) throws GeneralSecurityException {
        Cipher with = engines.cipher(transformation());
        with.init(Cipher.DECRYPT_MODE, key, parameters(nonce(record)));
        int from = hasExplicitNonce() ? EXPLICIT_BYTES : 0;
        with.updateAAD(associated(record));
        return with.doFinal(record.fragment(), from, record.fragment().length - from);
    }

    private String transformation() {
        return suite.kind() == CipherSuite.Kind.GCM ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305";
    }

    private AlgorithmParameterSpec parameters(byte[] nonce) {
        boolean gcm = suite.kind() == CipherSuite.Kind.GCM;
        return gcm ? new GCMParameterSpec(8 * TAG_BYTES, nonce) : new IvParameterSpec(nonce);
    }

    private byte[] nonce(TlsRecord record) {
        ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES).put(iv);
        if (hasExplicitNonce()) nonce.put(record.fragment(), 0, EXPLICIT_BYTES);
        else nonce.putLong(4, nonce.getLong(4) ^ number);
        return nonce.array();
    }

    private byte[] associated(TlsRecord record) {
        int length = record.fragment().length;
        ByteBuffer data = ByteBuffer.allocate(13);
        if (!tls13) data.putLong(number);
        data.put((byte) record.type()).putShort((short) record.version());
        data.putShort((short) (tls13 ? length : length - overhead()));
        byte[] bytes = new byte[data.position()];
        data.flip().get(bytes);
        return bytes;
    }

    private static Opened plain(int type, byte[] content) {
        return new Opened(type, ByteBuffer.wrap(content));
    }

    /** The type stands behind the content, and zeros may follow (RFC 8446, 5.2). */
    private static Optional<Opened> inner(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] == 0) end--;
        if (end == 0) return Optional.empty();
        return Optional.of(new Opened(content[end - 1], ByteBuffer.wrap(content, 0, end - 1)));
    }

    @Override
    public Optional<Integer> pass(TlsRecord record) {
        number++;
        return Optional.of(Math.max(0, record.fragment().length - overhead() - (tls13 ? 1 : 0)));
    }
}

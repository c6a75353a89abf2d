package io.tierdrill.recorder.packets.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in CBC with a MAC inside (RFC 5246, 6.2.3.2) or outside (RFC 7366, 3) of what is encrypted. One thread. */
final class CbcOpener implements RecordOpener {
    private static final int BLOCK_BYTES = 16;

    private final Engines engines;
    private final SecretKeySpec key;
    private final SecretKeySpec macKey;
    private final int macBytes;
    private final boolean macOutside;
    private long number;

    CbcOpener(Engines engines, CipherSuite suite, boolean macOutside, byte[] macKey, byte[] key) {
        this.engines = engines;
        this.key = new SecretKeySpec(key, "AES");
        this.macKey = new SecretKeySpec(macKey, suite.mac());
        this.macBytes = macKey.length;
        this.macOutside = macOutside;
    }

    @Override
    public Optional<Opened> open(TlsRecord record) {
        try {
            Optional<byte[]> content = macOutside ? outside(record) : inside(record, record.fragment());
            if (content.isPresent()) number++;
            return content.map(bytes -> new Opened(record.type(), ByteBuffer.wrap(bytes)));
        } catch (GeneralSecurityException wrong) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> outside(TlsRecord record) throws GeneralSecurityException {
        int end = record.fragment().length - macBytes;
        if (end < 0) return Optional.empty();
        byte[] encrypted = Arrays.copyOf(record.fragment(), end);
        if (!isMac(record, encrypted, record.fragment(), end)) return Optional.empty();
        return decrypt(encrypted).map(padded -> Arrays.copyOf(padded, unpadded(padded)));
    }

    private Optional<byte[]> inside(TlsRecord record, byte[] encrypted) throws GeneralSecurityException {
        Optional<byte[]> padded = decrypt(encrypted);
        if (padded.isEmpty()) return padded;
        int end = unpadded(padded.get()) - macBytes;
        if (end < 0) return Optional.empty();
        byte[] content = Arrays.copyOf(padded.get(), end);
        return isMac(record, content, padded.get(), end) ? Optional.of(content) : Optional.empty();
    }

    /** The first block is the initialisation vector. */
    private Optional<byte[]> decrypt(byte[] encrypted) throws GeneralSecurityException {
        int length = encrypted.length - BLOCK_BYTES;
        if (length < BLOCK_BYTES || length % BLOCK_BYTES != 0) return Optional.empty();
        Cipher cipher = engines.cipher("AES/CBC/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(encrypted, 0, BLOCK_BYTES));
        return Optional.of(cipher.doFinal(encrypted, BLOCK_BYTES, length));
    }

    /** Where the padding begins, or 0 when it is none. */
    private static int unpadded(byte[] padded) {
        int padding = padded[padded.length - 1] & 0xff;
        int end = padded.length - padding - 1;
        if (end < 0) return 0;
        for (int i = end; i < padded.length; i++) if ((padded[i] & 0xff) != padding) return 0;
        return end;
    }

    private boolean isMac(TlsRecord record, byte[] content, byte[] from, int at) throws GeneralSecurityException {
        Mac mac = engines.mac(macKey.getAlgorithm());
        mac.init(macKey);
        ByteBuffer head = ByteBuffer.allocate(13).putLong(number);
        head.put((byte) record.type()).putShort((short) record.version()).putShort((short) content.length);
        mac.update(head.array());
        byte[] expected = mac.doFinal(content);
        return Arrays.equals(expected, 0, expected.length, from, at, at + expected.length);
    }

    /** How much of the record is padding cannot be told. */
    @Override
    public Optional<Integer> pass(TlsRecord record) {
        number++;
        return Optional.empty();
    }
}

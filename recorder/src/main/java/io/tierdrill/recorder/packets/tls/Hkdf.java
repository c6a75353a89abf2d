package io.tierdrill.recorder.packets.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives keys: HKDF-Expand-Label (RFC 8446, 7.1, on RFC 5869, 2.3) and the PRF of TLS 1.2 (RFC 5246, 5). Stateless. */
final class Hkdf {
    private Hkdf() {}

    /** @param hash such as {@code HmacSHA256} */
    static byte[] expandLabel(String hash, byte[] secret, String label, int length) throws GeneralSecurityException {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer info = ByteBuffer.allocate(4 + name.length);
        info.putShort((short) length).put((byte) name.length).put(name).put((byte) 0);
        return expand(mac(hash, secret), info.array(), length);
    }

    private static byte[] expand(Mac mac, byte[] info, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = {};
        for (int i = 1; out.size() < length; i++) {
            mac.update(block);
            mac.update(info);
            block = mac.doFinal(new byte[] {(byte) i});
            out.writeBytes(block);
        }
        return Arrays.copyOf(out.toByteArray(), length);
    }

    /** P_hash with label and seed. */
    static byte[] prf(String hash, byte[] secret, String label, byte[] seed, int length)
            throws GeneralSecurityException {
        Mac mac = mac(hash, secret);
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        byte[] labelled = Arrays.copyOf(name, name.length + seed.length);
        System.arraycopy(seed, 0, labelled, name.length, seed.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] a = labelled;
        while (out.size() < length) {
            a = mac.doFinal(a);
            mac.update(a);
            out.writeBytes(mac.doFinal(labelled));
        }
        return Arrays.copyOf(out.toByteArray(), length);
    }

    private static Mac mac(String hash, byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(hash);
        mac.init(new SecretKeySpec(key, hash));
        return mac;
    }
}

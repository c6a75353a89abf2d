package io.tierdrill.recorder.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets to pseudonyms: HMAC-SHA256 under the key, cut to 64 bits. A pseudonym is {@code tdp} and 18 letters out of 16
 * consonants, the last two of them a check. Letters alone are safe in paths, cookies, JSON and forms, and cannot be
 * taken for a card, an IBAN, an e-mail address or base64 of text. What is a pseudonym already stays one, so that the
 * recording of a replay compares with the trace replayed. One thread.
 */
final class Pseudonyms {
    static final String PREFIX = "tdp";
    static final int LENGTH = 21;

    private static final String LETTERS = "bcdfghjkmnpqrstv";
    private static final int LETTER_COUNT = 18;
    private static final int MOST_CACHED_LENGTH = 256;

    private final Mac mac;
    private final Recent recent = new Recent(14);

    Pseudonyms(RedactionKey key) {
        try {
            mac = hmac();
            mac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA256", impossible);
        }
    }

    /** Of the provider that Java's own is; the search for any would first make all those before it, curves and all. */
    private static Mac hmac() throws GeneralSecurityException {
        Provider own = Security.getProvider("SunJCE");
        return own == null ? Mac.getInstance("HmacSHA256") : Mac.getInstance("HmacSHA256", own);
    }

    String of(String secret) {
        if (isPseudonym(secret)) return secret;
        if (secret.length() > MOST_CACHED_LENGTH) return make(secret);
        String known = recent.of(secret, secret.hashCode());
        if (known != null) return known;
        String made = make(secret);
        recent.put(secret, secret.hashCode(), made);
        return made;
    }

    private String make(String secret) {
        byte[] digest = keyed('p', secret.getBytes(StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder(LENGTH).append(PREFIX);
        for (int i = 0; i < LETTER_COUNT - 2; i++)
            text.append(LETTERS.charAt(digest[i >> 1] >> (i % 2 == 0 ? 4 : 0) & 15));
        int check = check(text, PREFIX.length());
        return text.append(LETTERS.charAt(check >> 4))
                .append(LETTERS.charAt(check & 15))
                .toString();
    }

    /** The key, one way, short: says whether two traces share it. */
    String keyId() {
        byte[] digest = keyed('i', new byte[0]);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) text.append(LETTERS.charAt(digest[i] & 15));
        return text.toString();
    }

    /** HMAC of some bytes; what they stand for keeps them apart. */
    byte[] keyed(char domain, byte[]... parts) {
        mac.update((byte) domain);
        for (byte[] part : parts) mac.update(part);
        return mac.doFinal();
    }

    /** A keyed digest in hexadecimal. */
    String digest(byte[] bytes) {
        return HexFormat.of().formatHex(keyed('d', bytes));
    }

    static boolean isPseudonym(String text) {
        return text.length() == LENGTH && isPseudonym(text, 0);
    }

    /** Whether one begins here. */
    static boolean isPseudonym(String text, int from) {
        if (text.length() - from < LENGTH || !text.startsWith(PREFIX, from)) return false;
        int last = from + LENGTH - 1;
        for (int i = from + PREFIX.length(); i <= last; i++) if (LETTERS.indexOf(text.charAt(i)) < 0) return false;
        int check = LETTERS.indexOf(text.charAt(last - 1)) << 4 | LETTERS.indexOf(text.charAt(last));
        return check == check(text, from + PREFIX.length());
    }

    private static int check(CharSequence text, int from) {
        int sum = 7;
        for (int i = 0; i < LETTER_COUNT - 2; i++) sum = sum * 31 + LETTERS.indexOf(text.charAt(from + i));
        return (sum ^ sum >>> 8 ^ sum >>> 16) & 0xff;
    }
}

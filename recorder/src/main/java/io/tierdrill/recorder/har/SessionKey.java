package io.tierdrill.recorder.har;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names the session that an archive is of: the same for the same archive wherever it lies, another for another. */
final class SessionKey {
    private static final int DIGEST_BYTES = 5;

    private SessionKey() {}

    /** @param beginning of the archive; it holds times to the millisecond, which no two have in common */
    static String of(byte[] beginning) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(beginning);
            return "har-" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

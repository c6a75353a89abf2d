package io.tierdrill.load.check;

import io.tierdrill.model.trace.RequestRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The answer that one request got in a run.
 *
 * @param sha256 of its body without noise, hexadecimal
 * @param body as it came, uncompressed; empty where it was not kept
 * @param varies whether the same request got different answers within that run: then nothing can be said
 */
record KeptAnswer(int status, String sha256, Optional<byte[]> body, boolean varies) {

    KeptAnswer varying() {
        return new KeptAnswer(status, sha256, Optional.empty(), true);
    }

    /** What two requests must share to be the same: method, host, path and body. */
    static String key(RequestRecord r) {
        String key = r.method() + " " + r.authority() + r.path();
        return r.body().size() == 0
                ? key
                : key + " " + r.body().size() + " " + digest(r.body().bytes()).substring(0, 16);
    }

    static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

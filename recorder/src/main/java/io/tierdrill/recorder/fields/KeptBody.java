package io.tierdrill.recorder.fields;

import io.tierdrill.model.trace.RequestRecord.Body;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A body, whole while it is small enough to keep, else its size and digest. */
public final class KeptBody {
    /** A trace takes records of twice this. */
    public static final int MOST_BYTES = 1 << 20;

    private KeptBody() {}

    public static Body of(byte[] bytes) {
        if (bytes.length <= MOST_BYTES) return Body.of(bytes);
        return new Body(new byte[0], bytes.length, sha256(bytes));
    }

    /** A body of which only the size is known. */
    public static Body ofSize(long size) {
        return size <= 0 ? Body.none() : new Body(new byte[0], size, "");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

package io.tierdrill.model.trace;

/** Headers as a {@link PackedRequest} has them. Immutable. */
public final class PackedHeaders {
    public static final PackedHeaders NONE = new PackedHeaders(new byte[0], 0);

    private final byte[] texts;
    private final int count;

    PackedHeaders(byte[] texts, int count) {
        this.texts = texts;
        this.count = count;
    }

    public int count() {
        return count;
    }

    /** What they take up. */
    public int bytes() {
        return texts.length;
    }

    byte[] texts() {
        return texts;
    }
}

package io.tierdrill.recorder.live;

/**
 * The most memory for requests on their way to the disk.
 *
 * @param bytes as they take up the heap, roughly
 * @param requests whatever their size
 */
public record Buffer(long bytes, int requests) {
    public Buffer {
        if (bytes < 1) throw new IllegalArgumentException("bytes must be 1 or more, was " + bytes);
        if (requests < 1) throw new IllegalArgumentException("requests must be 1 or more, was " + requests);
    }

    /** 64 MiB, 250,000 requests. */
    public static Buffer defaults() {
        return new Buffer(64L << 20, 250_000);
    }
}

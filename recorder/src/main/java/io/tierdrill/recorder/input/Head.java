package io.tierdrill.recorder.input;

/**
 * The beginning of an input, unpacked.
 *
 * @param name of the input, for messages; a form may take a hint from its ending
 * @param bytes at most {@link #MOST_BYTES}
 * @param whole whether this is all there is
 */
public record Head(String name, byte[] bytes, boolean whole) {
    public static final int MOST_BYTES = 64 << 10;
}

package io.tierdrill.recorder.live;

import java.time.Duration;

/**
 * When a recording goes on in a new file.
 *
 * @param bytes at most so many in one file, give or take a block of 64 KiB
 * @param every at most so long a time in one file
 */
public record Rotation(long bytes, Duration every) {
    public Rotation {
        if (bytes < 1) throw new IllegalArgumentException("bytes must be 1 or more, was " + bytes);
        if (every.toNanos() < 1) throw new IllegalArgumentException("every must be above 0s, was " + every);
    }

    /** One GiB or one hour. */
    public static Rotation defaults() {
        return new Rotation(1L << 30, Duration.ofHours(1));
    }

    /** Everything in one file. */
    public static Rotation never() {
        return new Rotation(Long.MAX_VALUE, Duration.ofNanos(Long.MAX_VALUE));
    }
}

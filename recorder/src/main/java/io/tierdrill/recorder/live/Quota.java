package io.tierdrill.recorder.live;

/**
 * How much disk a recording may take.
 *
 * @param bytes of all files of this recording's name together, those of earlier runs among them; never exceeded
 * @param whenFull what to do then
 */
public record Quota(long bytes, WhenFull whenFull) {
    public Quota {
        if (bytes < 1) throw new IllegalArgumentException("bytes must be 1 or more, was " + bytes);
    }

    /** What happens at the quota. */
    public enum WhenFull {
        /** Requests are dropped and counted until somebody makes room. */
        STOP,
        /** The oldest file goes, and recording goes on. */
        DELETE_OLDEST
    }

    /** 10 GiB, then stop: a recording that deletes itself must be asked for. */
    public static Quota defaults() {
        return new Quota(10L << 30, WhenFull.STOP);
    }
}

package io.tierdrill.recorder.input;

/**
 * What the times of an input are worth. Times coarser than a millisecond only say within which stretch a request fell;
 * where in it, is drawn.
 */
public final class Timing {
    private static final long MILLISECOND = 1_000_000;
    private static final Timing NONE = new Timing(0);

    private final long resolutionNanos;

    private Timing(long resolutionNanos) {
        this.resolutionNanos = resolutionNanos;
    }

    /** Times that are multiples of this, or begin stretches of this length. */
    public static Timing stamped(long resolutionNanos) {
        if (resolutionNanos < 1)
            throw new IllegalArgumentException("resolutionNanos must be 1 or more, was " + resolutionNanos);
        return new Timing(resolutionNanos);
    }

    /** Whole seconds, as most logs have. */
    public static Timing seconds() {
        return stamped(1_000_000_000);
    }

    /** The input tells no times at all; whoever imports it says how many a second. */
    public static Timing none() {
        return NONE;
    }

    public boolean tellsTimes() {
        return resolutionNanos > 0;
    }

    /** Whether instants within a stamp are drawn. */
    public boolean isCoarse() {
        return resolutionNanos > MILLISECOND;
    }

    /** Length of a stamp's stretch; only where {@link #tellsTimes}. */
    public long resolutionNanos() {
        if (!tellsTimes()) throw new IllegalStateException("this input tells no times");
        return resolutionNanos;
    }
}

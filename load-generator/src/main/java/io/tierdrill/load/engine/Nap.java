package io.tierdrill.load.engine;

/**
 * How long to sleep so that about as many things happen meanwhile as are wanted at once. Learns from what was found: too
 * many, and the next nap is shorter; less than half, and it is longer. Belongs to one thread.
 */
final class Nap {
    static final long SHORTEST = 4_000;
    /** Nobody's patience is longer. */
    static final long LONGEST = 1_000_000;

    private long nanos = 50_000;

    /** The next one, at most so long. */
    long nanos(long most) {
        return Math.min(nanos, most);
    }

    /** After it so many things had happened. */
    void found(int count, int wanted) {
        if (count > wanted) nanos = Math.max(SHORTEST, nanos - nanos / 4);
        else if (count * 2 < wanted) nanos = Math.min(LONGEST, nanos + nanos / 8);
    }
}

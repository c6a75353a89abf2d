package io.tierdrill.load;

/**
 * How much too late this machine wakes a sleeper: what 99 sleeps of 100 stay within, learned from the sleeps themselves.
 * A sleep that was worse raises it by a tenth, any other lowers it by a thousandth, so that it rests where one in a
 * hundred is worse (the sign method of Robbins and Monro, 1951). Belongs to one thread.
 */
final class Oversleep {
    static final long LEAST = 40_000;
    static final long MOST = 300_000;

    private static final double FIRST = 80_000;
    private static final double UP = 1.1;
    /** A hundredth part of the way up, so that one step up stands against a hundred down. */
    private static final double DOWN = Math.pow(UP, -0.01);

    private double nanos = FIRST;

    /** A sleep ended so much later than asked for. */
    void add(long lateNanos) {
        nanos *= lateNanos > nanos ? UP : DOWN;
        nanos = Math.max(LEAST, Math.min(MOST, nanos));
    }

    long nanos() {
        return (long) nanos;
    }
}

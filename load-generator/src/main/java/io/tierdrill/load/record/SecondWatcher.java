package io.tierdrill.load.record;

/** Told of each second when it is over, in order, on the thread that keeps the histograms: never in the way of a send. */
@FunctionalInterface
public interface SecondWatcher {
    void over(Second second);

    /** Nobody watches. */
    static SecondWatcher none() {
        return second -> {};
    }
}

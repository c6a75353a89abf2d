package io.tierdrill.recorder.csv;

/**
 * Turns fractions into whole numbers of requests without losing any: what a row rounds away the next ones get, so that
 * the sum so far is never more than one off. Whole numbers stay as they are. One thread.
 */
final class WholeCounts {
    private double carried;

    /** @param first from 0 to below 1: where rounding up begins; drawn, so that many profiles do not all round alike */
    WholeCounts(double first) {
        this.carried = first;
    }

    long next(double requests) {
        if (requests == Math.rint(requests)) return (long) requests;
        double due = requests + carried;
        long whole = (long) Math.floor(due);
        carried = due - whole;
        return whole;
    }
}

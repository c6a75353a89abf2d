package io.tierdrill.load.dns;

/** The tries of one question: when the last one is overdue, and whether another is left. */
final class Attempts {
    static final int MOST = 3;

    private static final long PATIENCE = 1_000_000_000;

    private int made;
    private int id;
    private long deadline;

    void begin(int newId, long nowNanos) {
        made++;
        id = newId;
        deadline = nowNanos + PATIENCE;
    }

    /** Of the last try; an answer to an earlier one is ignored. */
    int id() {
        return id;
    }

    long deadline() {
        return deadline;
    }

    boolean overdue(long nowNanos) {
        return nowNanos - deadline >= 0;
    }

    boolean left() {
        return made < MOST;
    }
}

package io.tierdrill.load.wire;

/**
 * Idle connections that may be so equally long, the one that is idle for longest first, linked through themselves so that nothing is allocated.
 */
final class ConnectionList {
    private Connection first;
    private Connection last;

    /** Null when empty: the one place where a reader of this list must look. */
    Connection first() {
        return first;
    }

    void add(Connection c) {
        c.idle = true;
        c.previous = last;
        c.next = null;
        if (last == null) first = c;
        else last.next = c;
        last = c;
    }

    void remove(Connection c) {
        if (c.previous == null) first = c.next;
        else c.previous.next = c.next;
        if (c.next == null) last = c.previous;
        else c.next.previous = c.previous;
        c.idle = false;
        c.previous = null;
        c.next = null;
    }
}

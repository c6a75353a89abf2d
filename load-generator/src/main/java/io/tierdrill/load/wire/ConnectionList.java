package io.tierdrill.load.wire;

/**
 * Connections in the order they were added, linked through themselves so that nothing is allocated. All wait equally
 * long, so the first is always the first to expire. A connection is in one list at a time.
 */
final class ConnectionList {
    private Connection first;
    private Connection last;
    private int size;

    /** Null when empty: the one place where a reader of this list must look. */
    Connection first() {
        return first;
    }

    int size() {
        return size;
    }

    void add(Connection c) {
        c.previous = last;
        c.next = null;
        if (last == null) first = c;
        else last.next = c;
        last = c;
        size++;
    }

    void remove(Connection c) {
        if (c.previous == null) first = c.next;
        else c.previous.next = c.next;
        if (c.next == null) last = c.previous;
        else c.next.previous = c.previous;
        c.previous = null;
        c.next = null;
        size--;
    }
}

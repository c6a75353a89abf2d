package io.tierdrill.load.wire;

/**
 * Requests in the order they were added, linked through themselves so that nothing is allocated. All may take equally
 * long, so the first is always the first to expire. A request is in one list at a time.
 */
final class ExchangeList {
    private Exchange first;
    private Exchange last;
    private int size;

    /** Null when empty: the one place where a reader of this list must look. */
    Exchange first() {
        return first;
    }

    int size() {
        return size;
    }

    void add(Exchange x) {
        x.list = this;
        x.before = last;
        x.after = null;
        if (last == null) first = x;
        else last.after = x;
        last = x;
        size++;
    }

    void remove(Exchange x) {
        if (x.before == null) first = x.after;
        else x.before.after = x.after;
        if (x.after == null) last = x.before;
        else x.after.before = x.before;
        x.list = null;
        x.before = null;
        x.after = null;
        size--;
    }
}

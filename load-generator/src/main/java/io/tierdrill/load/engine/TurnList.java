package io.tierdrill.load.engine;

/** Turns in the order they were added, linked through themselves. */
final class TurnList {
    private Turn first;
    private Turn last;
    private int size;

    /** Null when empty: the one place where a reader of this list must look. */
    Turn first() {
        return first;
    }

    int size() {
        return size;
    }

    void add(Turn turn) {
        turn.previous = last;
        turn.next = null;
        if (last == null) first = turn;
        else last.next = turn;
        last = turn;
        size++;
    }

    void remove(Turn turn) {
        if (turn.previous == null) first = turn.next;
        else turn.previous.next = turn.next;
        if (turn.next == null) last = turn.previous;
        else turn.next.previous = turn.previous;
        turn.previous = null;
        turn.next = null;
        size--;
    }
}

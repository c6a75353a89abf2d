package io.tierdrill.load.engine;

/**
 * Slots in the order they were added, linked through themselves so that nothing is allocated. All wait equally long, so
 * the first is always the first to expire. A slot is in one list at a time.
 */
final class SlotList {
    private Slot first;
    private Slot last;
    private int size;

    /** Null when empty: the one place where a reader of this list must look. */
    Slot first() {
        return first;
    }

    int size() {
        return size;
    }

    void add(Slot slot) {
        slot.previous = last;
        slot.next = null;
        if (last == null) first = slot;
        else last.next = slot;
        last = slot;
        size++;
    }

    void remove(Slot slot) {
        if (slot.previous == null) first = slot.next;
        else slot.previous.next = slot.next;
        if (slot.next == null) last = slot.previous;
        else slot.next.previous = slot.previous;
        slot.previous = null;
        slot.next = null;
        size--;
    }
}

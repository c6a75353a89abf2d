package io.tierdrill.model.run;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded queue from many threads to one, without locks: a ring in which {@code tail} counts the places claimed and
 * {@code head} the places emptied.
 *
 * <p>A producer that sees {@code head} moved also sees the place emptied, because {@link #poll} empties first. A place
 * claimed but not yet filled reads as an empty queue, so order is kept.
 */
final class Handover<T> {
    private final AtomicReferenceArray<T> places;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();
    private final int mask;

    /** @param capacity a power of two */
    Handover(int capacity) {
        if (Integer.bitCount(capacity) != 1)
            throw new IllegalArgumentException("capacity must be a power of two, was " + capacity);
        this.places = new AtomicReferenceArray<>(capacity);
        this.mask = capacity - 1;
    }

    /** False when the queue is full. Any thread. */
    boolean offer(T item) {
        long place;
        do {
            place = tail.get();
            if (place - head.get() > mask) return false;
        } while (!tail.compareAndSet(place, place + 1));
        places.setRelease((int) place & mask, item);
        return true;
    }

    /** The oldest, or null when there is none. One thread only. */
    T poll() {
        long place = head.getPlain();
        T item = places.getAcquire((int) place & mask);
        if (item == null) return null;
        places.setPlain((int) place & mask, null);
        head.setRelease(place + 1);
        return item;
    }
}

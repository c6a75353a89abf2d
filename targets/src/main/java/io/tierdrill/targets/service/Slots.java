package io.tierdrill.targets.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The limit of requests worked on at once, and the bounded queue in front of it, first come first served. Belongs to
 * one thread; the counts may be read from any.
 */
final class Slots<T> {
    private final int concurrency;
    private final int queue;
    private final Consumer<T> begin;
    private final Deque<T> waiting = new ArrayDeque<>();
    private boolean filling;

    // Written by one thread only, so ++ on a volatile loses nothing.
    private volatile int used;
    private volatile int queued;
    private volatile long drops;

    /** @param begin told each request when its slot is there */
    Slots(int concurrency, int queue, Consumer<T> begin) {
        this.concurrency = concurrency;
        this.queue = queue;
        this.begin = begin;
    }

    /** Begins the request now, or lets it wait; false, and counted, where too many wait already. */
    boolean offer(T request) {
        if (used < concurrency && waiting.isEmpty()) {
            used = used + 1;
            begin.accept(request);
            return true;
        }
        if (waiting.size() >= queue) {
            drops = drops + 1;
            return false;
        }
        waiting.add(request);
        queued = waiting.size();
        return true;
    }

    /** Gives a slot back. A request that finishes while it begins must not pile up calls, hence the flag. */
    void release() {
        used = used - 1;
        if (filling) return;
        filling = true;
        while (used < concurrency && !waiting.isEmpty()) {
            T next = waiting.poll();
            queued = waiting.size();
            used = used + 1;
            begin.accept(next);
        }
        filling = false;
    }

    /** Takes a request out of the queue whose client has left; false where it does not wait. */
    boolean withdraw(T request) {
        boolean waited = waiting.remove(request);
        queued = waiting.size();
        return waited;
    }

    int used() {
        return used;
    }

    int queued() {
        return queued;
    }

    long drops() {
        return drops;
    }
}

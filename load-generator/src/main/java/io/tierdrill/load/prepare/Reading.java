package io.tierdrill.load.prepare;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads requests ahead and leaves them as they are, for a sender that must see what is in them. They cross over in
 * batches: one hand-over per {@value #BATCH} of them, or fewer where their bodies are large. Memory is bounded by
 * {@value #BATCHES} batches.
 */
public final class Reading extends Ahead implements Upcoming<Planned> {
    private static final int BATCH = 128;
    private static final int BATCHES = 32;
    /** A batch ends early when it holds more body than this. */
    private static final long BODIES = 1 << 20;

    private record Due(long dueNanos, Planned request) {}

    private final BlockingQueue<Queue<Due>> ahead = new ArrayBlockingQueue<>(BATCHES);
    private Queue<Due> current = new ArrayDeque<>();
    private Due shown;
    private boolean ended;

    public Reading(Plan plan) {
        super(plan);
        start();
    }

    @Override
    void prepare(Plan from) throws InterruptedException {
        Queue<Due> batch = new ArrayDeque<>(BATCH + 1);
        long bodies = 0;
        while (from.next()) {
            batch.add(new Due(from.dueNanos(), new Planned(from.request(), from.reuse())));
            bodies += from.request().body().bytes().length;
            if (batch.size() < BATCH && bodies < BODIES) continue;
            give(batch);
            batch = new ArrayDeque<>(BATCH + 1);
            bodies = 0;
        }
        if (!batch.isEmpty()) give(batch);
    }

    private void give(Queue<Due> batch) throws InterruptedException {
        if (ahead.offer(batch)) return;
        full();
        ahead.put(batch);
    }

    @Override
    void finish() throws InterruptedException {
        ahead.put(new ArrayDeque<>());
    }

    @Override
    public boolean next() {
        if (current.isEmpty() && !ended) {
            Queue<Due> next = ahead.poll();
            if (next == null) return false;
            current = next;
            ended = current.isEmpty();
        }
        shown = current.poll();
        return shown != null;
    }

    @Override
    public boolean ended() {
        if (ended) throwIfBroken();
        return ended;
    }

    @Override
    public long dueNanos() {
        return shown.dueNanos();
    }

    @Override
    public Planned request() {
        return shown.request();
    }
}

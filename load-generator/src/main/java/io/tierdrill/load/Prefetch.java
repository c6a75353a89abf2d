package io.tierdrill.load;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads a schedule ahead on a thread of its own, so that decoding a block of a trace never makes a request late.
 * Requests cross over in batches: one hand-over per {@value #BATCH} of them, or fewer where their bodies are large.
 * Memory is bounded by {@value #BATCHES} batches. {@link #next} belongs to the thread that sends.
 */
final class Prefetch implements AutoCloseable {
    private static final int BATCH = 128;
    private static final int BATCHES = 32;
    /** A batch ends early when it holds more body than this. */
    private static final long BODIES = 1 << 20;

    private final Schedule schedule;
    private final BlockingQueue<Queue<ScheduledRequest>> ahead = new ArrayBlockingQueue<>(BATCHES);
    private final Thread reader = new Thread(this::read, "load-schedule");
    private Queue<ScheduledRequest> current = new ArrayDeque<>();
    private boolean ended;
    /** Set before the last batch is handed over. */
    private volatile Optional<RuntimeException> failure = Optional.empty();

    Prefetch(Schedule schedule) {
        this.schedule = schedule;
        reader.setDaemon(true);
        reader.start();
    }

    /** The next request, or nothing at the end. Waits only where reading cannot keep up, and then requests are late. */
    Optional<ScheduledRequest> next() throws InterruptedException {
        if (current.isEmpty() && !ended) {
            current = ahead.take();
            ended = current.isEmpty();
            if (ended && failure.isPresent()) throw failure.get();
        }
        return Optional.ofNullable(current.poll());
    }

    private void read() {
        try {
            try {
                while (schedule.hasNext()) ahead.put(batch());
            } catch (RuntimeException broken) {
                failure = Optional.of(broken);
            }
            ahead.put(new ArrayDeque<>());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Queue<ScheduledRequest> batch() {
        Queue<ScheduledRequest> batch = new ArrayDeque<>(BATCH + 1);
        long bodies = 0;
        while (batch.size() < BATCH && bodies < BODIES && schedule.hasNext()) {
            ScheduledRequest request = schedule.next();
            batch.add(request);
            bodies += request.request().body().bytes().length;
        }
        return batch;
    }

    /** Ends the reading and closes the schedule once its thread has let go of it. */
    @Override
    public void close() {
        reader.interrupt();
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        schedule.close();
        if (interrupted) Thread.currentThread().interrupt();
    }
}

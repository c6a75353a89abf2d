package io.tierdrill.load.prepare;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A thread that prepares what the schedule holds, as far ahead as its memory lets it, so that neither reading a trace
 * nor encoding a request ever makes one late.
 */
public abstract class Ahead implements AutoCloseable {
    private final Plan plan;
    private final Thread thread = new Thread(this::work, "load-prepare");
    private final CountDownLatch asFarAsItCan = new CountDownLatch(1);
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private volatile long spentNanos;

    Ahead(Plan plan) {
        this.plan = plan;
        thread.setDaemon(true);
    }

    /** To be called last in a constructor. */
    final void start() {
        thread.start();
    }

    /** Prepares one request after another; returns when the plan is at its end. */
    abstract void prepare(Plan from) throws InterruptedException;

    /** Tells those who send that nothing more will come. */
    abstract void finish() throws InterruptedException;

    private void work() {
        try {
            try {
                prepare(plan);
            } catch (RuntimeException broken) {
                failure = Optional.of(broken);
            }
            spentNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            asFarAsItCan.countDown();
            finish();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            asFarAsItCan.countDown();
        }
    }

    /** Its memory is full. Called by {@link #prepare} before it waits. */
    final void full() {
        asFarAsItCan.countDown();
    }

    final void throwIfBroken() {
        if (failure.isPresent()) throw failure.get();
    }

    /** Waits until as much is prepared as fits, or everything. */
    public final void awaitFull() throws InterruptedException {
        asFarAsItCan.await();
    }

    /** Processor time it has taken so far; from any thread. */
    public final long cpuNanos() {
        long now = spentNanos > 0 ? 0 : ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
        return now > 0 ? now : spentNanos;
    }

    /** Ends the preparing and returns when its thread has let go of the plan. */
    @Override
    public final void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}

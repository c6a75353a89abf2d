package io.tierdrill.targets.service;

import io.netty.channel.EventLoop;
import io.tierdrill.lb.net.CpuWork;
import io.tierdrill.model.time.NanoClock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What the service does with a request: a slot, then processor time, then a delay, then the answer.
 *
 * <p>Processor time is spent on a thread of its own, one request after the other, so that a busy service still reads,
 * stamps arrivals and answers health checks on time, and the wait for the processor shows in its own residence instead
 * of in some socket's buffer. Everything else happens on the event loop, and so do all calls to this class.
 */
final class Workplace implements AutoCloseable {
    private final EventLoop loop;
    private final Delay delay;
    private final Slots<Job> slots;
    private final ExecutorService work;
    private final CpuWork cpu;
    private final boolean costsNothing;

    /** One request that wants to be worked on. */
    interface Job {
        /** Its slot is there. */
        void begun();

        /** Its work is done: write the answer, then {@link Workplace#leave}. */
        void answer();
    }

    Workplace(ServiceConfig config, String role, EventLoop loop, Delay delay, NanoClock clock) {
        this.loop = loop;
        this.delay = delay;
        this.slots = new Slots<>(config.concurrency(), config.queue(), this::begin);
        this.work = Executors.newSingleThreadExecutor(task -> daemon(task, role + "-work"));
        this.cpu = CpuWork.of(config.cpuPerRequest(), clock);
        this.costsNothing = config.cpuPerRequest().isZero();
    }

    Slots<Job> slots() {
        return slots;
    }

    /** False where too many wait already. */
    boolean offer(Job job) {
        return slots.offer(job);
    }

    /** Takes back a job that waits; false where it does not. */
    boolean withdraw(Job job) {
        return slots.withdraw(job);
    }

    /** Gives back the slot of a job that has begun. */
    void leave() {
        slots.release();
    }

    @Override
    public void close() {
        work.shutdownNow();
    }

    private void begin(Job job) {
        job.begun();
        if (costsNothing) delay(job);
        else
            work.execute(() -> {
                cpu.perform();
                if (!loop.isShuttingDown()) loop.execute(() -> delay(job));
            });
    }

    private void delay(Job job) {
        if (delay.isNone()) job.answer();
        else loop.schedule(job::answer, delay.nextNanos(), TimeUnit.NANOSECONDS);
    }

    private static Thread daemon(Runnable task, String role) {
        var thread = new Thread(task, role);
        thread.setDaemon(true);
        return thread;
    }
}

package io.tierdrill.load;

import io.tierdrill.model.config.BadInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * The sending loops of one run, side by side: the first on the thread that asks for the run, each other on one of its
 * own. They begin together and share nothing while they send. Where one breaks, the others are given up and the run ends
 * with its reason.
 */
final class Loops {
    /** A whole loop on its own thread, from making its sender to closing it. */
    interface Loop {
        /** @param number which one, from 0 */
        LoopRun run(int number) throws IOException, BadInputException, InterruptedException;
    }

    /** What is done once, by the first loop, when all are ready to send. */
    interface Before {
        /** @param transport what the senders call themselves */
        void begin(String transport) throws InterruptedException;
    }

    private final int count;
    private final Before before;
    // All below is guarded by this object, and touched before the first request and after the last.
    private final List<Sending<?>> ready = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final LoopRun[] done;
    private boolean begun;
    private boolean stopping;
    private Optional<Throwable> broken = Optional.empty();

    Loops(int count, Before before) {
        this.count = count;
        this.before = before;
        this.done = new LoopRun[count];
    }

    /** Runs all of them to their end and tells of each. */
    List<LoopRun> run(Loop loop) throws IOException, BadInputException, InterruptedException {
        for (int i = 1; i < count; i++) {
            int number = i;
            Thread thread = new Thread(() -> attempt(loop, number), "load-loop-" + i);
            thread.setDaemon(true);
            synchronized (this) {
                threads.add(thread);
            }
            thread.start();
        }
        attempt(loop, 0);
        awaitEnd();
        if (broken.isPresent()) throw failure(broken.get());
        return List.of(done);
    }

    private void attempt(Loop loop, int number) {
        try {
            LoopRun run = loop.run(number);
            synchronized (this) {
                done[number] = run;
            }
        } catch (Throwable reason) { // Also an Error: a loop that is gone must not leave the others waiting.
            breaks(reason);
        }
    }

    private synchronized void breaks(Throwable reason) {
        if (broken.isEmpty()) broken = Optional.of(reason);
        ready.forEach(Sending::abandon);
        threads.forEach(Thread::interrupt);
        notifyAll();
    }

    private void awaitEnd() {
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException now) {
                    breaks(now); // Thrown when all have ended, which is soon.
                }
            }
        }
    }

    /** The exception to be thrown; an error is thrown at once. */
    private static IOException failure(Throwable reason) throws IOException, BadInputException, InterruptedException {
        if (reason instanceof BadInputException input) throw input;
        if (reason instanceof InterruptedException interrupted) throw interrupted;
        if (reason instanceof RuntimeException defect) throw defect;
        if (reason instanceof Error error) throw error;
        return (IOException) reason; // Nothing else can be thrown there.
    }

    /** This one is ready to send. Returns when it shall. */
    void begin(int number, Sending<?> sending) throws InterruptedException {
        synchronized (this) {
            ready.add(sending);
            if (stopping) sending.stop();
            notifyAll();
            while (broken.isEmpty() && (number == 0 ? ready.size() < count : !begun)) wait();
            if (broken.isPresent()) throw new CancellationException("another loop is broken");
        }
        if (number > 0) return;
        before.begin(sending.transport());
        synchronized (this) {
            begun = true;
            notifyAll();
        }
    }

    /** From any thread: nothing more is sent, and what was sent is waited for. */
    synchronized void stop() {
        stopping = true;
        ready.forEach(Sending::stop);
    }
}

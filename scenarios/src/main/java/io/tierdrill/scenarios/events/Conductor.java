package io.tierdrill.scenarios.events;

import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.targets.DrillAction;
import io.tierdrill.targets.StackConfig;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries planned events out when their time has come, on a thread of its own. What cannot be done, such as hanging one
 * that is dead, is an event too; those after it are carried out all the same. Closing leaves out what is not due yet.
 */
public final class Conductor implements AutoCloseable {
    /** The longest wait without a look at the clock: the run's may be another than the system's. */
    private static final long LOOK_NANOS = 20_000_000;

    private final List<Due> dues;
    private final Performer performer;
    private final NanoClock clock;
    private final Consumer<RunEvent> log;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "events");

    /** Does it to the stack: {@code Stack::perform}. */
    @FunctionalInterface
    public interface Performer {
        void perform(DrillAction action, InstanceId whom) throws IOException, InterruptedException;
    }

    private record Due(long atNanos, DrillAction action, InstanceId whom) {}

    private Conductor(List<Due> dues, Performer performer, NanoClock clock, Consumer<RunEvent> log) {
        this.dues = dues;
        this.performer = performer;
        this.clock = clock;
        this.log = log;
        thread.setDaemon(true);
    }

    /**
     * Begins to wait for the first of them.
     *
     * @param events in the order of their times
     * @param clock the run's: its zero is the start of the measured time
     * @param log hears of what could not be done; what was done, the stack reports itself
     */
    public static Conductor start(
            List<PlannedEvent> events,
            StackConfig stack,
            Seeds seeds,
            Performer performer,
            NanoClock clock,
            Consumer<RunEvent> log) {
        List<Due> dues = events.stream()
                .map(e -> new Due(
                        e.at().toNanos(),
                        e.action(),
                        PlannedEvent.instance(e.whom(), stack, seeds).orElseThrow()))
                .toList();
        Conductor conductor = new Conductor(dues, performer, clock, log);
        conductor.thread.start();
        return conductor;
    }

    private void run() {
        try {
            for (Due due : dues) {
                if (!await(due.atNanos())) return;
                perform(due);
            }
        } catch (InterruptedException closed) {
            // What was under way is taken down with the stack.
        }
    }

    /** Whether its time has come; not so where the run was over before. */
    private boolean await(long atNanos) throws InterruptedException {
        for (long left = atNanos - clock.nanos(); left > 0; left = atNanos - clock.nanos())
            if (closing.await(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) return false;
        return closing.getCount() > 0;
    }

    private void perform(Due due) throws InterruptedException {
        try {
            performer.perform(due.action(), due.whom());
        } catch (IOException cannot) {
            log.accept(new RunEvent(
                    clock.nanos(),
                    "drill-failed",
                    due.whom().toString(),
                    "could not be " + due.action().done() + ": " + cannot.getMessage()));
        }
    }

    /** Returns when nothing is being done any more. */
    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException hurry) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}

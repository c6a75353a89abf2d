package io.tierdrill.scenarios;

import io.tierdrill.model.sample.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves events onto a run's own time. The stack reports from the moment it is brought up, when nobody knows yet at which
 * instant the measured time will begin; until that is known, and between two runs against the same stack, events are
 * held back, then passed on in order. Safe from any thread.
 */
final class RunEvents implements Consumer<RunEvent> {
    private final List<RunEvent> early = new ArrayList<>();
    private Optional<Run> run = Optional.empty();

    private record Run(long originNanos, Consumer<RunEvent> log) {
        void pass(RunEvent e) {
            log.accept(new RunEvent(e.atNanos() - originNanos, e.kind(), e.subject(), e.message()));
        }
    }

    @Override
    public synchronized void accept(RunEvent event) {
        if (run.isEmpty()) early.add(event);
        else run.get().pass(event);
    }

    /** The measured time of a run begins at this instant of the clock that the events are stamped with. */
    synchronized void begin(long originNanos, Consumer<RunEvent> log) {
        Run now = new Run(originNanos, log);
        run = Optional.of(now);
        early.forEach(now::pass);
        early.clear();
    }

    /** The run is over; what happens from now on belongs to the next. */
    synchronized void end() {
        run = Optional.empty();
    }
}

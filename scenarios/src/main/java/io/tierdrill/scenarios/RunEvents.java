package io.tierdrill.scenarios;

import io.tierdrill.model.sample.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Moves events onto the run's own time. The stack reports from the moment it is brought up, when nobody knows yet at
 * which instant the measured time will begin; until that is known events are held back, then passed on in order.
 * Safe from any thread.
 */
final class RunEvents implements Consumer<RunEvent> {
    private final Consumer<RunEvent> log;
    private final List<RunEvent> early = new ArrayList<>();
    private OptionalLong origin = OptionalLong.empty();

    RunEvents(Consumer<RunEvent> log) {
        this.log = log;
    }

    @Override
    public synchronized void accept(RunEvent event) {
        if (origin.isEmpty()) early.add(event);
        else log.accept(moved(event));
    }

    /** The measured time begins at this instant of the clock that the events are stamped with. */
    synchronized void begin(long originNanos) {
        origin = OptionalLong.of(originNanos);
        early.forEach(e -> log.accept(moved(e)));
        early.clear();
    }

    private RunEvent moved(RunEvent e) {
        return new RunEvent(e.atNanos() - origin.getAsLong(), e.kind(), e.subject(), e.message());
    }
}

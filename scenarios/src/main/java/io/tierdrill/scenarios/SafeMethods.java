package io.tierdrill.scenarios;

import io.tierdrill.load.Schedule;
import io.tierdrill.load.ScheduledRequest;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves out the requests that change things, for targets that are neither ours nor on this machine. The due times of
 * the others stay where they are. Belongs to one thread.
 */
public final class SafeMethods implements Schedule {
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Schedule all;
    private Optional<ScheduledRequest> ahead = Optional.empty();
    private long leftOut;

    private SafeMethods(Schedule all) {
        this.all = all;
    }

    static Schedule filter(Scenario scenario, Schedule schedule) {
        return scenario.target().map(t -> filter(t, schedule)).orElse(schedule);
    }

    /** The schedule as this target may see it. */
    public static Schedule filter(TargetConfig target, Schedule schedule) {
        return target.loopback() || target.unsafeMethods() ? schedule : new SafeMethods(schedule);
    }

    /** How many requests were left out so far. */
    public long leftOut() {
        return leftOut;
    }

    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && all.hasNext()) {
            ScheduledRequest next = all.next();
            if (CHANGING.contains(next.request().method())) leftOut++;
            else ahead = Optional.of(next);
        }
        return ahead.isPresent();
    }

    @Override
    public ScheduledRequest next() {
        if (!hasNext()) throw new NoSuchElementException();
        ScheduledRequest next = ahead.get();
        ahead = Optional.empty();
        return next;
    }

    @Override
    public long plannedNanos() {
        return all.plannedNanos();
    }

    @Override
    public void close() {
        all.close();
    }
}

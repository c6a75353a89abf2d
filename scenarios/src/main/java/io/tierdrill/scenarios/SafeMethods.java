package io.tierdrill.scenarios;

import io.tierdrill.load.Schedule;
import io.tierdrill.load.ScheduledRequest;
import io.tierdrill.model.sample.RunEvent;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
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

    /** That some were left out, as something that happened; empty where none were. */
    Optional<RunEvent> event(long atNanos) {
        if (leftOut == 0) return Optional.empty();
        String what = leftOut + " requests that change things (POST, PUT, PATCH, DELETE) were left out;"
                + " 'unsafeMethods: true' under target sends them";
        return Optional.of(new RunEvent(atNanos, "left-out", "run", what));
    }

    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && all.hasNext()) {
            ScheduledRequest next = all.next();
            if (CHANGING.contains(next.request().method())) leftOut++;
            else ahead = Optional.of(next.ofSome());
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
    public OptionalDouble busiestPerSecond() {
        return all.busiestPerSecond();
    }

    @Override
    public boolean hasMessages() {
        return all.hasMessages();
    }

    @Override
    public List<String> remarks() {
        return all.remarks();
    }

    @Override
    public void close() {
        all.close();
    }
}

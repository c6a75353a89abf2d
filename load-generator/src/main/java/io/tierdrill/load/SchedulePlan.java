package io.tierdrill.load;

import io.tierdrill.load.prepare.Plan;
import io.tierdrill.load.prepare.Reuse;
import io.tierdrill.model.trace.RequestRecord;

/** A schedule for the thread that prepares. */
final class SchedulePlan implements Plan {
    private final Schedule schedule;
    private ScheduledRequest current;

    SchedulePlan(Schedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public boolean next() {
        if (!schedule.hasNext()) return false;
        current = schedule.next();
        return true;
    }

    @Override
    public long dueNanos() {
        return current.dueNanos();
    }

    @Override
    public RequestRecord request() {
        return current.request();
    }

    @Override
    public Reuse reuse() {
        return current.reuse();
    }

    @Override
    public void close() {
        schedule.close();
    }
}

package io.tierdrill.load;

import io.tierdrill.load.prepare.Plan;
import io.tierdrill.load.prepare.Reuse;
import io.tierdrill.model.trace.RequestRecord;
import java.util.Optional;

/** A schedule for the thread that prepares. */
final class SchedulePlan implements Plan {
    private final Schedule schedule;
    private ScheduledRequest current;
    private Optional<ScheduledRequest> peeked = Optional.empty();

    SchedulePlan(Schedule schedule) {
        this.schedule = schedule;
    }

    /** The first request, before {@link #next} is called; none where there is none. */
    Optional<RequestRecord> first() {
        if (schedule.hasNext()) peeked = Optional.of(schedule.next());
        return peeked.map(ScheduledRequest::request);
    }

    @Override
    public boolean next() {
        if (peeked.isPresent()) {
            current = peeked.get();
            peeked = Optional.empty();
            return true;
        }
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

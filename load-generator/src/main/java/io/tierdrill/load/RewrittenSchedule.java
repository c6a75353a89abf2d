package io.tierdrill.load;

import io.tierdrill.load.rules.Rewriter;
import java.util.OptionalDouble;

/** A schedule whose requests are changed as they are read; due times stay. Belongs to the thread that prepares. */
record RewrittenSchedule(Schedule recorded, Rewriter rewriter) implements Schedule {
    @Override
    public boolean hasNext() {
        return recorded.hasNext();
    }

    @Override
    public ScheduledRequest next() {
        ScheduledRequest next = recorded.next();
        return new ScheduledRequest(next.dueNanos(), rewriter.apply(next.request()), next.reuse());
    }

    @Override
    public long plannedNanos() {
        return recorded.plannedNanos();
    }

    @Override
    public boolean hasMessages() {
        return recorded.hasMessages();
    }

    @Override
    public OptionalDouble busiestPerSecond() {
        return recorded.busiestPerSecond();
    }

    @Override
    public void close() {
        recorded.close();
    }
}

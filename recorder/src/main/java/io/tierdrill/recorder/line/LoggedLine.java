package io.tierdrill.recorder.line;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.UnitParser;

/** A line of a log whose fields make a {@link LoggedRequest}; what differs between logs is how the fields are found. */
public abstract class LoggedLine implements UnitParser {
    protected final LoggedRequest request;
    private RejectReason reason;
    private int wrongAt;

    protected LoggedLine(LoggedRequest request) {
        this.request = request;
    }

    /** The line is no request, for this reason and since this index of the array. */
    protected final boolean wrong(RejectReason why, int where) {
        reason = why;
        wrongAt = where;
        return false;
    }

    @Override
    public final RejectReason reason() {
        return reason;
    }

    @Override
    public final int wrongAt() {
        return wrongAt;
    }

    @Override
    public final long epochNanos() {
        return request.epochNanos();
    }

    @Override
    public final long sinceArrivalNanos() {
        return request.sinceArrivalNanos();
    }

    /** Of the time parsed last, in nanoseconds. */
    public final long resolution() {
        return request.resolution();
    }

    @Override
    public final RequestRecord request(long offsetNanos) {
        return request.request(offsetNanos);
    }
}

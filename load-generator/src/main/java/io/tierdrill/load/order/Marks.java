package io.tierdrill.load.order;

import io.tierdrill.model.trace.RequestRecord;

/**
 * What {@link UserOrder} would look at, found out beforehand for a sender that sees requests only as bytes: whose a
 * request is, when it had ended in the recording, and whether it waits for anybody. Belongs to one thread.
 */
public final class Marks {
    private final Crowds crowds = new Crowds();
    private long endsNanos;
    private boolean waits;

    /** Looks at a request; due times never fall. */
    public void look(RequestRecord request, long dueNanos) {
        endsNanos = UserOrder.ends(request, dueNanos);
        waits = !request.user().isEmpty() || !crowds.isCrowd(request.client(), dueNanos);
    }

    /** When it had ended, had it begun when it is due. */
    public long endsNanos() {
        return endsNanos;
    }

    /** Whether it waits for its user's earlier ones. */
    public boolean waits() {
        return waits;
    }
}

package io.tierdrill.lb.net;

/**
 * Something that must not take longer than its {@link DeadlineQueue} allows. Made once per connection and used again
 * for each wait. In at most one queue at a time; belongs to the event loop.
 */
public final class Deadline {
    final Runnable expired;
    DeadlineQueue queue;
    Deadline before;
    Deadline after;
    long atNanos;

    /** Runs {@code expired} on the event loop when the time is over. */
    public Deadline(Runnable expired) {
        this.expired = expired;
    }

    /** Waits no more. Nothing happens where it did not wait. */
    public void cancel() {
        if (queue != null) queue.remove(this);
    }
}

package io.tierdrill.recorder.live;

/** A request or a message on its way to a trace. */
abstract class Queued {
    private long sequence;

    abstract long offsetNanos();

    /** In bytes, with what is known by now. */
    abstract long weight();

    /** Whether all that can be known of it is. */
    abstract boolean over();

    /** Ends the carrier's part, and writes what is known. */
    abstract void write(TraceFiles files, Counts counts);

    /** It will not be written. */
    abstract void drop(Counts counts, DropReason reason);

    /** The recording's thread: its place among those of the same time. */
    final void sequence(long number) {
        sequence = number;
    }

    final long sequence() {
        return sequence;
    }
}

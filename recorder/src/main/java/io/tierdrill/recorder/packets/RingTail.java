package io.tierdrill.recorder.packets;

import java.time.Duration;

/**
 * What may still stand in the kernel's ring. It hands packets over in blocks: when one is full, or at a tick of a second.
 * So a recording that is told to stop goes on until it has proof that everything captured before has come: a packet from
 * so much later, or silence for longer than a tick. Frames bear the capturing clock, we know our own; the quickest frame
 * tells how far they are apart, give or take a tick. Times in nanoseconds; one thread.
 */
final class RingTail {
    /** A tick, and some time for tcpdump and the pipe. */
    static final long MOST_LAG_NANOS = Duration.ofMillis(1250).toNanos();

    private static final long SILENCE_NANOS = Duration.ofMillis(200).toNanos();
    /** A step back of the capturing clock this far cannot be packets in disorder. */
    private static final long STEP_NANOS = Duration.ofSeconds(1).toNanos();
    /** Nothing is as far behind as this: someone stopped tcpdump. */
    private static final long MOST_PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();

    private boolean any;
    private long apart;
    private long lastCaptured;
    private long lastRead;
    private boolean stopping;
    private long stopped;

    /** A frame was read. */
    void saw(long capturedNanos, long now) {
        long difference = capturedNanos - now;
        apart = any && capturedNanos >= lastCaptured - STEP_NANOS ? Math.max(apart, difference) : difference;
        any = true;
        lastCaptured = capturedNanos;
        lastRead = now;
    }

    /** No frame captured before this, by the capturing clock, can come any more. Only after a frame was seen. */
    long settled(long now) {
        return now + apart - MOST_LAG_NANOS;
    }

    boolean sawAny() {
        return any;
    }

    /** The recording shall end with what is captured up to now. */
    void stop(long now) {
        if (stopping) return;
        stopping = true;
        stopped = now;
    }

    /** Whether everything captured before the stop has been read. */
    boolean isOver(long now) {
        if (!stopping) return false;
        if (now - stopped >= MOST_PATIENCE_NANOS) return true;
        if (any && lastCaptured - apart >= stopped + MOST_LAG_NANOS) return true;
        return now - stopped >= MOST_LAG_NANOS && (!any || now - lastRead >= SILENCE_NANOS);
    }
}

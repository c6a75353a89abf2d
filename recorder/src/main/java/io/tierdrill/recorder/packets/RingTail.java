package io.tierdrill.recorder.packets;

import java.time.Duration;

/**
 * What may still stand in the kernel's ring. It hands packets over in blocks: when one is full, or at a tick: of a tenth of
 * a second where tcpdump is prompt, of a second otherwise.
 * So a recording that is told to stop goes on until it has proof that everything captured before has come: a packet from
 * so much later, or silence for longer than a tick. Frames bear the capturing clock, we know our own; the quickest frame
 * tells how far they are apart, give or take a tick. Times in nanoseconds; one thread.
 */
final class RingTail {
    /** A tick of a second, and some time for tcpdump and the pipe. */
    static final long MOST_LAG_NANOS = Duration.ofMillis(1250).toNanos();

    /** Two ticks of a tenth, as a block that began within one waits for the next, and the same. */
    static final long PROMPT_LAG_NANOS = Duration.ofMillis(300).toNanos();

    private static final long SILENCE_NANOS = Duration.ofMillis(200).toNanos();
    /** A step back of the capturing clock this far cannot be packets in disorder. */
    private static final long STEP_NANOS = Duration.ofSeconds(1).toNanos();
    /** Nothing is as far behind as this: someone stopped tcpdump. */
    private static final long MOST_PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();

    private final long lagNanos;
    private boolean any;
    private long apart;
    private long lastCaptured;
    private long lastRead;
    private boolean stopping;
    private long stopped;

    RingTail(boolean prompt) {
        this.lagNanos = prompt ? PROMPT_LAG_NANOS : MOST_LAG_NANOS;
    }

    /** A frame was read. */
    void saw(long capturedNanos, long now) {
        long difference = capturedNanos - now;
        apart = any && capturedNanos >= lastCaptured - STEP_NANOS ? Math.max(apart, difference) : difference;
        any = true;
        lastCaptured = capturedNanos;
        lastRead = now;
    }

    /**
     * Whether nothing has come for so long that what is captured by then has been handed over. Not while frames come: a busy
     * tcpdump may be behind.
     */
    boolean isSilent(long now) {
        return any && now - lastRead >= lagNanos;
    }

    /** No frame captured before this, by the capturing clock, can come any more. Only while it is silent. */
    long settled(long now) {
        return now + apart - lagNanos;
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

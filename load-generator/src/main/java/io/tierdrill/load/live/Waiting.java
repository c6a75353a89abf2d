package io.tierdrill.load.live;

import io.tierdrill.load.record.Second;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many requests have certainly been waiting for longer than a given time. A target that answers nothing leaves no
 * latencies behind, and must not look well for it: of the requests in flight at the end of a second, all but those sent
 * in the last {@code t} have been waiting for {@code t}. Counted by whole seconds, rounded so that it is never too many.
 */
final class Waiting {
    /** Waits longer than this have long become timeouts, which are samples. */
    private static final int MOST_SECONDS = 120;

    private record Sent(long endNanos, long count) {}

    private final Deque<Sent> youngestFirst = new ArrayDeque<>();
    private long inFlight;

    void over(Second second) {
        inFlight = second.inFlight();
        youngestFirst.addFirst(new Sent(second.endNanos(), second.sent()));
        if (youngestFirst.size() > MOST_SECONDS) youngestFirst.removeLast();
    }

    /** At the end of the last second. */
    long longerThan(double nanos) {
        if (youngestFirst.isEmpty()) return 0;
        long end = youngestFirst.peekFirst().endNanos();
        long younger = 0;
        for (Sent sent : youngestFirst) {
            if (end - sent.endNanos() >= nanos) return Math.max(0, inFlight - younger);
            younger += sent.count();
        }
        return 0;
    }
}

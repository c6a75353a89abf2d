package io.tierdrill.load.wire;

import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** What became of the messages on WebSockets. One thread. */
final class MessageCounts {
    /** Sent so much after it was due, or after it could be, a message is late. */
    static final long LATE_NANOS = 1_000_000;

    private static final long MOST = 3_600_000_000_000L;

    private long planned;
    private long sent;
    private long late;
    private long unsent;
    private long shortened;
    private long sentBytes;
    private long awaited;
    private long received;
    private long receivedBytes;
    private Optional<Histogram> lateness = Optional.empty();

    /** One that the client is to send. */
    void planned() {
        planned++;
    }

    /**
     * One that has gone out.
     *
     * @param dueNanos below zero within the warm-up, whose lateness is not kept
     * @param lateNanos after it was due and the connection could take it
     */
    void sent(long bytes, long dueNanos, long lateNanos) {
        sent++;
        sentBytes += bytes;
        if (lateNanos > LATE_NANOS) late++;
        if (dueNanos < 0) return;
        if (lateness.isEmpty()) lateness = Optional.of(new Histogram(MOST, 3));
        lateness.get().recordValue(Math.max(0, Math.min(MOST, lateNanos)));
    }

    /** How late they went, in nanoseconds; nothing where none did. */
    Optional<Histogram> lateness() {
        return lateness;
    }

    /** Its WebSocket had ended. */
    void unsent() {
        unsent++;
    }

    /** It was too long, and went shorter. */
    void shortened() {
        shortened++;
    }

    /** One that the server sent when it was recorded. */
    void awaited() {
        awaited++;
    }

    /** One that the server has sent. */
    void received() {
        received++;
    }

    void receivedBytes(long bytes) {
        receivedBytes += bytes;
    }

    void putInto(Map<String, Long> map) {
        if (planned > 0) {
            map.put("messagesPlanned", planned);
            map.put("messagesSent", sent);
            map.put("messagesLate", late);
            map.put("messageBytesSent", sentBytes);
        }
        if (unsent > 0) map.put("messagesUnsent", unsent);
        if (shortened > 0) map.put("messagesShortened", shortened);
        if (awaited > 0) map.put("messagesAwaited", awaited);
        if (awaited > 0 || received > 0) {
            map.put("messagesReceived", received);
            map.put("messageBytesReceived", receivedBytes);
        }
    }
}

package io.tierdrill.recorder.live;

import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.TrafficSink.Watched;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where any thread leaves requests and messages and one takes them. Bounded in bytes and in number; never blocks and wakes nobody:
 * waking would cost the carrier a system call, so the taker looks by itself.
 */
final class Intake {
    /** Half of what a trace takes in one record. */
    static final long MOST_BYTES = 16L << 20;

    /** Its objects, and what redaction may add to a header. */
    private static final int REQUEST_BYTES = 300;

    private static final int HEADER_BYTES = 64;

    private final Buffer most;
    private final Counts counts;
    private final Queue<Queued> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger entries = new AtomicInteger();

    Intake(Buffer most, Counts counts) {
        this.most = most;
        this.counts = counts;
    }

    /** Any thread. */
    Watched offer(PackedRequest request) {
        counts.requests.begun.increment();
        long weight = weight(request);
        if (weight > MOST_BYTES) return refuse(DropReason.TOO_LARGE);
        if (!hasRoom(weight)) return refuse(DropReason.BUFFER_FULL);
        Held held = new Held(request, weight, this);
        queue.add(held);
        return held;
    }

    /** Any thread. */
    void offer(PackedMessage message) {
        counts.messages.begun.increment();
        if (hasRoom(HeldMessage.WEIGHT)) queue.add(new HeldMessage(message, this));
        else counts.messages.drop(DropReason.BUFFER_FULL);
    }

    /** Takes it where it is there. */
    private boolean hasRoom(long weight) {
        if (entries.incrementAndGet() > most.requests()) {
            entries.decrementAndGet();
            return false;
        }
        if (bytes.addAndGet(weight) <= most.bytes()) return true;
        entries.decrementAndGet();
        bytes.addAndGet(-weight);
        return false;
    }

    private Watched refuse(DropReason reason) {
        counts.requests.drop(reason);
        return Watched.IGNORED;
    }

    /** Any thread: room for a body, or the body without its content. */
    Body admit(Body body) {
        int size = body.bytes().length;
        if (size == 0) return body;
        if (size <= MOST_BYTES) {
            if (bytes.addAndGet(size) <= most.bytes()) return body;
            bytes.addAndGet(-size);
        }
        counts.bodiesLeftOut.increment();
        return new Body(new byte[0], body.size(), body.sha256());
    }

    /** Any thread: a body that was admitted is needed no more. */
    void release(Body body) {
        bytes.addAndGet(-body.bytes().length);
    }

    /** The taker: the next request or message, or null. */
    Queued poll() {
        return queue.poll();
    }

    /** The taker: a request or message has left memory. */
    void left(long weight) {
        bytes.addAndGet(-weight);
        entries.decrementAndGet();
    }

    long bytes() {
        return bytes.get();
    }

    /** Whether it is time to write what is there rather than wait for more to be known of it. */
    boolean crowded() {
        return bytes.get() > most.bytes() / 2 || entries.get() > most.requests() / 2;
    }

    /** Whether the taker should look more often. */
    boolean filling() {
        return bytes.get() > most.bytes() / 10 || entries.get() > most.requests() / 10;
    }

    /** Roughly what a request takes up on the heap, or in the trace before compression, whichever is more. */
    static long weight(PackedRequest request) {
        return REQUEST_BYTES
                + request.texts().length
                + (long) HEADER_BYTES * request.headers()
                + request.body().bytes().length;
    }
}

package io.tierdrill.lb;

import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TrafficSink;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A sink that remembers what it was told, whole requests in the order of their ends; and minds a second end. */
public final class Witness implements TrafficSink {
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger endedAgain = new AtomicInteger();
    private final AtomicInteger unreadable = new AtomicInteger();
    private final List<MessageRecord> messages = new CopyOnWriteArrayList<>();
    private final List<RequestRecord> received = new CopyOnWriteArrayList<>();
    private final List<RequestRecord> ended = new CopyOnWriteArrayList<>();

    @Override
    public Watched begin(RequestRecord request) {
        begun.incrementAndGet();
        return new Watched() {
            private boolean over;

            @Override
            public void received(RequestRecord.Body body) {
                received.add(whole(request, body, Optional.empty()));
            }

            @Override
            public void end(RequestRecord.Body body, Optional<RequestRecord.Response> response) {
                if (over) endedAgain.incrementAndGet();
                over = true;
                ended.add(whole(request, body, response));
            }
        };
    }

    @Override
    public void message(PackedMessage message) {
        messages.add(message.record());
    }

    @Override
    public void unreadable() {
        unreadable.incrementAndGet();
    }

    /** Waits until so many messages have passed on WebSockets. */
    public List<MessageRecord> messages(int count) {
        Await.until(count + " messages have passed, " + messages.size() + " have", () -> messages.size() >= count);
        return List.copyOf(messages);
    }

    /** Sides of WebSockets that could not be read on. */
    public int unread() {
        return unreadable.get();
    }

    public int begun() {
        return begun.get();
    }

    public int endedAgain() {
        return endedAgain.get();
    }

    /** Waits until so many have ended. */
    public List<RequestRecord> ended(int count) {
        Await.until(count + " requests have ended, " + ended.size() + " have", () -> ended.size() >= count);
        return List.copyOf(ended);
    }

    /** Waits until so many had been read whole, of those with a body. */
    public List<RequestRecord> received(int count) {
        Await.until(count + " requests have been read, " + received.size() + " have", () -> received.size() >= count);
        return List.copyOf(received);
    }

    /** The one request; waits for its end. */
    public RequestRecord only() {
        return ended(1).get(0);
    }

    private static RequestRecord whole(
            RequestRecord r, RequestRecord.Body body, Optional<RequestRecord.Response> response) {
        return new RequestRecord(
                r.offsetNanos(),
                r.client(),
                r.connection(),
                r.user(),
                r.scheme(),
                r.method(),
                r.authority(),
                r.path(),
                r.headers(),
                body,
                response);
    }
}

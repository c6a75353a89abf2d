package io.tierdrill.model.trace;

import java.util.Optional;

/**
 * Where something that carries live traffic tells of it. Recording must never harm what it watches: no method blocks,
 * throws or waits for a disk; what cannot be taken is dropped, and counted by whoever implements this. Thread-safe.
 */
public interface TrafficSink {

    /** Takes nothing. */
    TrafficSink NONE = request -> Watched.IGNORED;

    /**
     * A request has begun.
     *
     * @param request as it came, unredacted, with nothing known of its body or response; its offset is the carrier's
     *     clock, {@code NanoClock.nanos()}, when the first byte of the request was seen
     * @return to be told of its end, exactly once
     */
    Watched begin(RequestRecord request);

    /**
     * What it tells of itself, for the carrier's own page of metrics: families in Prometheus text format 0.0.4, each once
     * and none that the carrier has; empty where there is nothing to tell. Asked for at every scrape, from any thread.
     */
    default String metrics() {
        return "";
    }

    /**
     * A message has passed whole on a WebSocket. Its client and connection are those of the request that opened it, its
     * time is of the same clock.
     */
    default void message(PackedMessage message) {}

    /** What one side of a WebSocket says can no longer be told apart into messages; it passes all the same. */
    default void unreadable() {}

    /** The same for a request that its carrier has packed. */
    default Watched begin(PackedRequest request) {
        return begin(request.record());
    }

    /** A request under way. Calls come from one thread at a time. */
    interface Watched {

        /** Nobody waits for the end. */
        Watched IGNORED = (body, response) -> {};

        /**
         * The request has been read whole. Told before its end by carriers that can, so that a recorder which cannot wait
         * for a slow response keeps the body all the same.
         *
         * @param body what the request carried, or only its size
         */
        default void received(RequestRecord.Body body) {}

        /**
         * The exchange is over.
         *
         * @param body what the request carried, or only its size
         * @param response what came back, or empty where nothing did
         */
        void end(RequestRecord.Body body, Optional<RequestRecord.Response> response);
    }
}

package io.tierdrill.recorder.packets.http2;

import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.exchange.Desk;
import io.tierdrill.recorder.packets.exchange.Exchange;
import io.tierdrill.recorder.packets.exchange.Peer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The open streams of a connection; of too many the oldest counts as unanswered. One thread. */
final class Http2Streams {
    /** What a stream costs, roughly, beside its exchange. */
    private static final int STREAM_BYTES = 256;

    private final Desk desk;
    private final Peer peer;
    private final int most;
    private final Map<Integer, Http2Stream> open = new LinkedHashMap<>();
    /** Responses to requests that were not seen, or are not known yet to lie in a hole. */
    private final Map<Integer, Place> strays = new LinkedHashMap<>();

    private int newest;
    private boolean requestsLost;
    private boolean responsesLost;

    Http2Streams(Desk desk, Peer peer, int most) {
        this.desk = desk;
        this.peer = peer;
        this.most = most;
    }

    /** The request that asked for the upgrade is stream 1, and whole already (RFC 7540, 3.2). */
    void upgraded(Exchange exchange) {
        newest = 1;
        add(1, Optional.of(exchange)).requestWhole();
    }

    Optional<Http2Stream> find(int stream) {
        return Optional.ofNullable(open.get(stream));
    }

    /** Whether a request may begin with that number: clients count up with odd ones (RFC 9113, 5.1.1). */
    boolean mayBegin(int stream) {
        return (stream & 1) == 1 && Integer.compare(stream, newest) > 0;
    }

    Exchange exchange(FrameSink.Headers headers) {
        return new Exchange(desk, headers.beginNanos(), headers.place(), peer);
    }

    /** A request begins. */
    Http2Stream begin(int stream, Exchange exchange) {
        newest = stream;
        Http2Stream begun = add(stream, Optional.of(exchange));
        if (responsesLost) begun.unanswered();
        return begun;
    }

    /** A response to a request that was not read: that there was one is all that is known. */
    Optional<Http2Stream> beginUnread(int stream, Place place) {
        if (!requestsLost || !mayBegin(stream)) return Optional.empty();
        desk.tally().rejected(RejectReason.HEADERS_UNKNOWN, place);
        Http2Stream unread = add(stream, Optional.empty());
        unread.requestWhole();
        return Optional.of(unread);
    }

    /** A response to no request that was seen. */
    void stray(int stream, Place place) {
        if (strays.containsKey(stream)) return;
        if (requestsLost || !mayBegin(stream) || strays.size() == most) {
            desk.tally().observed(Observation.STRAY_RESPONSES);
            return;
        }
        strays.put(stream, place);
        desk.memory().take(STREAM_BYTES);
    }

    private void forgetStrays() {
        desk.memory().give((long) STREAM_BYTES * strays.size());
        strays.clear();
    }

    private Http2Stream add(int number, Optional<Exchange> exchange) {
        if (open.size() == most) evictOldest();
        Http2Stream stream = new Http2Stream(exchange, desk.tally());
        open.put(number, stream);
        desk.memory().take(STREAM_BYTES);
        return stream;
    }

    private void evictOldest() {
        Iterator<Http2Stream> oldest = open.values().iterator();
        oldest.next().end(RejectReason.DROPPED);
        oldest.remove();
        desk.memory().give(STREAM_BYTES);
    }

    /** Forgets a stream of which everything is known. */
    void settle(int number, Http2Stream stream) {
        if (stream.isFinished() && open.remove(number) != null) desk.memory().give(STREAM_BYTES);
    }

    void reset(int number, boolean byServer) {
        find(number).ifPresent(stream -> {
            desk.tally().observed(Observation.STREAM_RESETS);
            if (byServer) stream.resetByServer();
            else stream.end(RejectReason.STREAM_RESET);
            settle(number, stream);
        });
    }

    /** Requests above that number will not be served on this connection. */
    void goAway(int last) {
        desk.tally().observed(Observation.GO_AWAYS);
        open.forEach((number, stream) -> {
            if (number > last) stream.unanswered();
        });
        removeFinished();
    }

    void requestsLost(RejectReason reason) {
        requestsLost = true;
        strays.forEach((stream, place) -> {
            if (mayBegin(stream)) desk.tally().rejected(RejectReason.HEADERS_UNKNOWN, place);
            else desk.tally().observed(Observation.STRAY_RESPONSES);
        });
        forgetStrays();
        open.values().forEach(stream -> stream.requestLost(reason));
        removeFinished();
    }

    void responsesLost() {
        responsesLost = true;
        open.values().forEach(Http2Stream::unanswered);
        removeFinished();
    }

    private void removeFinished() {
        int before = open.size();
        open.values().removeIf(Http2Stream::isFinished);
        desk.memory().give((long) STREAM_BYTES * (before - open.size()));
    }

    void end(RejectReason reason) {
        desk.tally().observed(Observation.STRAY_RESPONSES, strays.size());
        forgetStrays();
        open.values().forEach(stream -> stream.end(reason));
        removeFinished();
    }
}

package io.tierdrill.recorder.packets.exchange;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.stream.Memory;
import java.util.List;
import java.util.Optional;

/**
 * One request and what came back. It begins with the first byte of the request, and is written or rejected exactly once.
 * One thread.
 */
public final class Exchange implements TraceOrder.Owner {
    private final Tally tally;
    private final Memory memory;
    private final Place place;
    private final long beginNanos;
    private final Peer peer;
    private final TraceOrder.Entry entry;
    private final BodyBytes body;
    private String method = "";
    private Optional<RequestTarget> target = Optional.empty();
    private List<Header> headers = List.of();
    private long headNanos;
    private long headBytes;
    private boolean requestWhole;
    private boolean rejected;
    private boolean responseKnown;
    private Optional<Response> response = Optional.empty();

    public Exchange(Desk desk, long nanos, Place place, Peer peer) {
        this.tally = desk.tally();
        this.memory = desk.memory();
        this.place = place;
        this.beginNanos = nanos;
        this.peer = peer;
        this.body = new BodyBytes(desk.bodyBytes(), memory);
        this.entry = desk.order().begin(nanos, this);
    }

    /** The head is read. Without a target the request is rejected, but still waits for its response. */
    public void head(String withMethod, Optional<RequestTarget> withTarget, List<Header> withHeaders, long nanos) {
        method = withMethod;
        target = withTarget;
        headNanos = nanos;
        if (rejected || entry.isClosed()) return;
        for (Header header : withHeaders)
            headBytes += 100 + header.name().length() + header.value().length();
        headers = withHeaders;
        memory.take(headBytes);
        if (withTarget.isEmpty()) reject(RejectReason.NO_PATH);
    }

    public BodyBytes body() {
        return body;
    }

    public String method() {
        return method;
    }

    public long beginNanos() {
        return beginNanos;
    }

    /** When the last byte of the head came. */
    public long headNanos() {
        return headNanos;
    }

    /** The request has been read to its end. */
    public void requestWhole() {
        requestWhole = true;
        if (responseKnown) write();
    }

    /** What came back; once the request is whole too, it is written. */
    public void answered(Response with) {
        response = Optional.of(with);
        responseKnown = true;
        if (requestWhole) write();
    }

    /** Nothing more will come back. */
    public void unanswered() {
        if (responseKnown || rejected || entry.isClosed()) return;
        responseKnown = true;
        tally.observed(Observation.WITHOUT_RESPONSE);
        if (requestWhole) write();
    }

    /** It will not be in the trace. */
    public void reject(RejectReason reason) {
        if (rejected || entry.isClosed()) return;
        rejected = true;
        entry.cancel();
        tally.rejected(reason, place);
        release();
    }

    /** It never was a request. */
    public void forget() {
        if (rejected || entry.isClosed()) return;
        rejected = true;
        entry.cancel();
        release();
    }

    @Override
    public Optional<RequestRecord> giveUp() {
        if (!requestWhole) {
            rejected = true;
            tally.rejected(RejectReason.TOO_SLOW, place);
            release();
            return Optional.empty();
        }
        tally.observed(Observation.WRITTEN_EARLY);
        RequestRecord record = record();
        release();
        return Optional.of(record);
    }

    /** While it is still being sent, it would be lost. */
    @Override
    public boolean isWorthGivingUp() {
        return requestWhole;
    }

    private void write() {
        if (rejected || entry.isClosed()) return;
        entry.complete(record());
        release();
    }

    private RequestRecord record() {
        RequestTarget to = target.orElseThrow();
        return new RequestRecord(
                beginNanos,
                peer.client(),
                peer.connection(),
                "",
                to.scheme(),
                method,
                to.authority(),
                to.path(),
                headers,
                body.body(),
                response);
    }

    private void release() {
        body.release();
        memory.give(headBytes);
        headBytes = 0;
        headers = List.of();
    }
}

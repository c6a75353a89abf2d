package io.tierdrill.recorder.packets.http2;

import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.exchange.Exchange;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One request with what came back. Without an exchange, the request could not be read. One thread. */
final class Http2Stream {
    private final Optional<Exchange> exchange;
    private final Tally tally;
    private boolean tunnel;
    private boolean requestWhole;
    private boolean over;
    private long declared;
    private long sent;
    private int status;
    private long size;

    Http2Stream(Optional<Exchange> exchange, Tally tally) {
        this.exchange = exchange;
        this.tally = tally;
    }

    /** CONNECT: what follows is another protocol's (RFC 9113, 8.5 and RFC 8441). */
    void isTunnel() {
        tunnel = true;
    }

    /** So long the request's body will be, as its headers say. */
    void declares(long bytes) {
        declared = bytes;
    }

    void requestData(ByteBuffer bytes) {
        sent += bytes.remaining();
        if (!tunnel) exchange.ifPresent(e -> e.body().add(bytes));
    }

    void requestGap(long bytes) {
        sent += bytes;
        if (!tunnel) exchange.ifPresent(e -> e.body().addUnknown(bytes));
    }

    void requestWhole() {
        if (requestWhole) return;
        requestWhole = true;
        exchange.ifPresent(Exchange::requestWhole);
    }

    boolean hasStatus() {
        return status != 0;
    }

    /** The head of the final response, whose last byte had come then. */
    void status(int with, long nanos) {
        status = with;
        if (!tunnel || with / 100 != 2) return;
        tally.observed(Observation.UPGRADES);
        requestWhole();
        responseWhole(nanos);
    }

    void responseData(long bytes) {
        size += bytes;
    }

    void responseWhole(long nanos) {
        if (!hasStatus()) {
            unanswered();
            return;
        }
        if (!over)
            exchange.ifPresent(e -> {
                long latency = Math.max(0, nanos - e.beginNanos());
                e.answered(new Response(status, Optional.of(size), Optional.of(latency)));
            });
        over = true;
    }

    /** No more of the response will be known; the request may still be on its way. */
    void unanswered() {
        if (over) return;
        over = true;
        if (hasStatus()) {
            exchange.ifPresent(e -> {
                tally.observed(Observation.RESPONSE_CUT);
                e.answered(new Response(status, Optional.empty(), Optional.empty()));
            });
        } else exchange.ifPresent(Exchange::unanswered);
    }

    /** Nothing more will be known of either. A request that was not sent whole is rejected, unless it was answered. */
    void end(RejectReason reason) {
        if (!requestWhole && !hasStatus()) exchange.ifPresent(e -> e.reject(reason));
        requestWhole();
        unanswered();
    }

    /**
     * The server resets the stream. If it has answered, it did not care for the rest of the request (RFC 9113, 8.1), which
     * may be on its way still: then the body counts with the length that was declared.
     */
    void resetByServer() {
        if (!requestWhole && over && declared > sent && !tunnel)
            exchange.ifPresent(e -> e.body().addUnknown(declared - sent));
        end(RejectReason.STREAM_RESET);
    }

    /** The client's side cannot be read any more. */
    void requestLost(RejectReason reason) {
        if (!requestWhole) exchange.ifPresent(e -> e.reject(reason));
        requestWhole = true;
    }

    /** Everything of request and response is known that ever will be. */
    boolean isFinished() {
        return over && requestWhole;
    }
}

package io.tierdrill.load.wire;

import io.netty.buffer.ByteBuf;
import io.tierdrill.load.http.Dialogue;
import io.tierdrill.load.order.UserOrder;
import io.tierdrill.load.prepare.Planned;
import io.tierdrill.load.prepare.Reuse;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.trace.MessageScript;
import io.tierdrill.model.trace.RequestRecord;
import java.util.Map;
import java.util.Optional;

/**
 * A request from its due time to its end, and what is known of its answer.
 *
 * <pre>
 *   acted ── held: its user's turn, a connection with room ── started ── resolve, connect, write, read ── ended
 * </pre>
 */
final class Exchange extends UserOrder.Turn {
    final RequestRecord recorded;
    final Reuse reuse;
    final long due;
    final long acted;
    /** Links of {@link ExchangeList}. */
    Exchange before;

    Exchange after;
    /** Which list it is in; null before and after. */
    ExchangeList list;

    boolean over;
    /** Who carries it; null while it is held. */
    Connection connection;

    long started;
    long dnsNanos;
    long connectNanos;
    int status;
    long bodyBytes;
    Map<String, Long> stages = Map.of();

    private final HttpSender sender;
    private final Optional<Dialogue.Exchange> dialogue;

    Exchange(HttpSender sender, Planned planned, long due, long acted, Optional<Dialogue.Exchange> dialogue) {
        this.sender = sender;
        this.recorded = planned.request();
        this.reuse = planned.reuse();
        this.due = due;
        this.acted = acted;
        this.started = acted;
        this.dialogue = dialogue;
    }

    @Override
    protected void go() {
        sender.isItsTurn(this);
    }

    /** The request as it is to be written. Asked once, right before. */
    RequestRecord request() {
        return dialogue.isEmpty() ? recorded : dialogue.get().request();
    }

    /** What was said on the WebSocket that it opened. */
    Optional<MessageScript> messages() {
        return recorded.response().flatMap(RequestRecord.Response::messages);
    }

    Optional<Dialogue.Exchange> dialogue() {
        return dialogue;
    }

    /** The status of the final answer. */
    void head(int code) {
        status = code;
        if (dialogue.isPresent()) dialogue.get().head(code);
    }

    void header(String name, String value) {
        if (dialogue.isPresent()) dialogue.get().header(name, value);
    }

    /** The next bytes of the body, not consumed. */
    void body(ByteBuf bytes) {
        bodyBytes += bytes.readableBytes();
        if (dialogue.isPresent()) dialogue.get().body(bytes, bytes.readableBytes());
    }

    /** How an answer that came whole is counted. */
    Outcome answer() {
        return status >= 500 ? Outcome.SERVER_ERROR : Outcome.OK;
    }

    RequestSample end(Outcome outcome, long nowNanos) {
        over = true;
        if (dialogue.isPresent()) dialogue.get().end(outcome, status, bodyBytes);
        return new RequestSample(
                due, acted, nowNanos, started - acted, dnsNanos, connectNanos, outcome, status, bodyBytes, stages);
    }
}

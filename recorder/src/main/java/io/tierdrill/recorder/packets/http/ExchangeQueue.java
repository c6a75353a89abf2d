package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.exchange.Exchange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Requests of a connection that wait for their response. Responses come in the order of the requests (RFC 9112, 9.3.2),
 * and none begins before the head of its request has come: that tells strays apart. One thread.
 */
final class ExchangeQueue {
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private final int most;
    private boolean responsesLost;

    ExchangeQueue(int most) {
        this.most = most;
    }

    void add(Exchange exchange) {
        if (waiting.size() == most) waiting.poll().unanswered();
        waiting.add(exchange);
    }

    /** Responses were lost: how many is not known, so the next one answers the newest request it can answer. */
    void responsesLost() {
        responsesLost = true;
    }

    /** The request that a response answers which began then; empty when there is none. It no longer waits. */
    Optional<Exchange> answeredBy(long responseNanos) {
        if (responsesLost) skipToNewest(responseNanos);
        Exchange first = waiting.peek();
        if (first == null || first.headNanos() > responseNanos) return Optional.empty();
        responsesLost = false;
        return Optional.of(waiting.poll());
    }

    private void skipToNewest(long responseNanos) {
        while (waiting.size() > 1) {
            Exchange first = waiting.poll();
            if (waiting.peek().headNanos() > responseNanos) {
                waiting.addFirst(first);
                return;
            }
            first.unanswered();
        }
    }

    /** No response will come any more. */
    void end() {
        waiting.forEach(Exchange::unanswered);
        waiting.clear();
    }
}

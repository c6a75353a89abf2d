package io.tierdrill.load.http;

import io.netty.buffer.ByteBuf;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.trace.RequestRecord;

/**
 * Takes part in what a sender sends and hears, for rules that read answers and for checks. A sender without one costs
 * nothing. Everything is called on the sender's thread and must not block.
 *
 * <pre>
 *   sender.send(request) ─> open ─> [its turn] request() ─> written
 *                                    head ─> header* ─> body* ─> end, then the request's sample
 * </pre>
 */
public interface Dialogue {

    /** The sender took the request on, whatever becomes of it. */
    Exchange open(RequestRecord request);

    /** One request and its answer. */
    interface Exchange {

        /** The request as it is to be written; asked once, right before that, after the user's earlier answers. */
        RequestRecord request();

        /** The status of the final answer. */
        void head(int status);

        /** A header of it; the name in any case. Repeated headers come one by one, in order. */
        void header(String name, String value);

        /** The next {@code length} bytes of the body, from the reader index; to be copied if needed, not consumed. */
        void body(ByteBuf bytes, int length);

        /**
         * The request is over, answered or not. Called exactly once for each exchange, before its sample is told; not at
         * all where the sender is closed with the request under way.
         *
         * @param status zero where there was no answer
         * @param bodyBytes of the answer's body that came
         */
        void end(Outcome outcome, int status, long bodyBytes);
    }
}

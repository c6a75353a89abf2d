package io.tierdrill.recorder.gor;

import io.tierdrill.recorder.fields.Refused;
import io.tierdrill.recorder.gor.GorExchange.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Joins the requests of a recording with their responses. A request waits for its response until more requests wait
 * than fit; then it goes without. Whatever becomes no request comes out as an exchange too, so that all are counted. One
 * thread.
 */
final class GorExchanges {
    /** Two heads, a body that is kept and what chunks add. */
    private static final int MOST_KEPT = (1 << 20) + (256 << 10);

    private final GorRecords records;
    private final int mostWaiting;
    private final long mostBytes;
    private final Map<String, GorExchange> waiting = new LinkedHashMap<>();
    private final ArrayDeque<GorExchange> ready = new ArrayDeque<>();
    private long waitingBytes;

    /**
     * @param mostWaiting requests
     * @param mostBytes their memory
     */
    GorExchanges(InputStream in, int mostWaiting, long mostBytes) {
        this.records = new GorRecords(in, MOST_KEPT);
        this.mostWaiting = mostWaiting;
        this.mostBytes = mostBytes;
    }

    /** The next exchange; empty at the end. */
    Optional<GorExchange> next() throws IOException {
        while (ready.isEmpty() && records.next()) take();
        if (ready.isEmpty() && !waiting.isEmpty()) release();
        return Optional.ofNullable(ready.poll());
    }

    private void take() {
        GorMeta meta;
        try {
            meta = GorMeta.parse(records.bytes(), records.kept());
        } catch (Refused refused) {
            ready.add(GorExchange.refused(records, Kind.NO_META_LINE));
            return;
        }
        switch (meta.type()) {
            case REQUEST -> request(meta);
            case RESPONSE -> response(meta);
            case REPLAYED_RESPONSE -> ready.add(GorExchange.refused(records, Kind.REPLAYED_RESPONSE));
        }
    }

    private void request(GorMeta meta) {
        GorExchange exchange = GorExchange.request(records, meta);
        GorExchange before = waiting.remove(meta.id());
        if (before != null) done(before);
        waiting.put(meta.id(), exchange);
        waitingBytes += exchange.packed().length;
        while (waiting.size() > mostWaiting || waitingBytes > mostBytes) release();
    }

    private void response(GorMeta meta) {
        GorExchange request = waiting.remove(meta.id());
        if (request == null) {
            ready.add(GorExchange.refused(records, Kind.RESPONSE_ALONE));
            return;
        }
        request.answer(records, meta);
        done(request);
    }

    private void release() {
        GorExchange oldest = waiting.values().iterator().next();
        waiting.remove(oldest.meta().id());
        done(oldest);
    }

    private void done(GorExchange exchange) {
        waitingBytes -= exchange.packed().length;
        ready.add(exchange);
    }
}

package io.tierdrill.load.replay;

import io.tierdrill.load.http.Upgrade;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.MessageScript;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was said on the WebSockets of a trace, by client and connection. Memory is bounded: what does not fit is left out
 * and counted. Immutable.
 */
final class MessageScripts {
    private final Map<String, MessageScript> scripts;
    private final long leftOut;

    private MessageScripts(Map<String, MessageScript> scripts, long leftOut) {
        this.scripts = scripts;
        this.leftOut = leftOut;
    }

    boolean isEmpty() {
        return scripts.isEmpty();
    }

    /** Messages that did not fit. */
    long leftOut() {
        return leftOut;
    }

    /**
     * The request with what was said on its WebSocket, if it opened one.
     *
     * @param speed time of the trace over that of the run
     * @param mostNanos of the run, from the request to its end
     */
    RequestRecord with(RequestRecord r, double speed, long mostNanos) {
        if (scripts.isEmpty() || !Upgrade.isAskedBy(r)) return r;
        MessageScript script = scripts.get(key(r.client(), r.connection()));
        if (script == null) return r;
        // It was agreed to, also where the recording had written the request before it knew.
        Response known = r.response().orElse(new Response(Upgrade.STATUS, Optional.empty(), Optional.empty()));
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
                r.body(),
                Optional.of(known.with(script.after(r.offsetNanos(), speed, mostNanos))));
    }

    private static String key(String client, String connection) {
        return client + '\0' + connection;
    }

    /** Gathers them in the order of the trace. One thread. */
    static final class Builder {
        static final long MOST_BYTES = 128L << 20;
        /** Of a WebSocket, beside its messages and its key. */
        private static final int EACH = 160;

        private final long mostBytes;
        private final Map<String, MessageScript.Builder> builders = new HashMap<>();
        private long bytes;
        private long leftOut;

        Builder(long mostBytes) {
            this.mostBytes = mostBytes;
        }

        void add(MessageRecord message) {
            String key = key(message.client(), message.connection());
            MessageScript.Builder builder = builders.get(key);
            if (bytes >= mostBytes) {
                leftOut++;
                return;
            }
            if (builder == null) {
                builder = new MessageScript.Builder();
                builders.put(key, builder);
                bytes += EACH + 2L * key.length() + builder.size();
            }
            int before = builder.size();
            builder.add(message);
            bytes += builder.size() - before;
        }

        MessageScripts build() {
            Map<String, MessageScript> scripts = new HashMap<>();
            builders.forEach((key, builder) -> scripts.put(key, builder.build()));
            return new MessageScripts(scripts, leftOut);
        }
    }
}

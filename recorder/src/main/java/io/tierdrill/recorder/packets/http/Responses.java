package io.tierdrill.recorder.packets.http;

import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.exchange.Exchange;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** The server's direction: finds the request that each response answers and tells it. One thread. */
final class Responses implements Messages {
    private final ExchangeQueue queue;
    private final Tally tally;
    private final Runnable upgraded;
    private final Runnable toWebSocket;
    private final Consumer<Optional<Exchange>> toHttp2;
    private final Runnable refused;
    private Optional<Exchange> answered = Optional.empty();
    private boolean under;
    private boolean interim;
    private int status;
    private long size;
    private long beginNanos;

    /**
     * @param upgraded told when the connection goes on with another protocol than those
     * @param toWebSocket told when that is WebSocket
     * @param toHttp2 told, with the request that asked for it, when the connection goes on with HTTP/2
     * @param refused told when it does not, though the client asked with CONNECT
     */
    Responses(
            ExchangeQueue queue,
            Tally tally,
            Runnable upgraded,
            Runnable toWebSocket,
            Consumer<Optional<Exchange>> toHttp2,
            Runnable refused) {
        this.queue = queue;
        this.tally = tally;
        this.upgraded = upgraded;
        this.toWebSocket = toWebSocket;
        this.toHttp2 = toHttp2;
        this.refused = refused;
    }

    @Override
    public void begins(long nanos, Place place) {
        beginNanos = nanos;
        size = 0;
    }

    @Override
    public Framing head(Head head, long nanos) {
        status = status(head.startLine());
        interim = status < 200 && status != 101;
        under = true;
        if (interim) {
            tally.observed(Observation.INTERIM_RESPONSES);
            return Framing.NO_BODY;
        }
        answered = queue.answeredBy(beginNanos);
        if (answered.isEmpty()) tally.observed(Observation.STRAY_RESPONSES);
        String method = answered.map(Exchange::method).orElse("");
        boolean connect = method.equals("CONNECT");
        if (status == 101 || connect && status / 100 == 2) {
            if (isHttp2(head)) goOnWithHttp2();
            else if (isWebSocket(head)) toWebSocket.run();
            else upgraded.run();
            return Framing.of(Framing.Kind.UPGRADED);
        }
        if (connect) refused.run();
        return framing(head, method);
    }

    /** RFC 7540, 3.2. */
    private boolean isHttp2(Head head) {
        return status == 101 && head.first("Upgrade").orElse("").equalsIgnoreCase("h2c");
    }

    /** RFC 6455, 4.2.2; a request that nobody saw has nothing that messages could belong to. */
    private boolean isWebSocket(Head head) {
        return status == 101
                && answered.isPresent()
                && head.first("Upgrade").orElse("").equalsIgnoreCase("websocket");
    }

    /** The answer comes as stream 1; this one only announces it. */
    private void goOnWithHttp2() {
        Optional<Exchange> asked = answered;
        answered = Optional.empty();
        interim = true;
        toHttp2.accept(asked);
    }

    private Framing framing(Head head, String method) {
        if (method.equals("HEAD") || status == 204 || status == 304) return Framing.NO_BODY;
        if (head.isChunked()) return Framing.of(Framing.Kind.CHUNKED);
        Framing untilClose = Framing.of(Framing.Kind.UNTIL_CLOSE);
        return head.hasTransferEncoding() ? untilClose : head.byLength(untilClose);
    }

    private static int status(String line) {
        int at = line.indexOf(' ');
        while (line.charAt(at) == ' ') at++;
        return Integer.parseInt(line.substring(at, at + 3));
    }

    @Override
    public void body(ByteBuffer bytes) {
        size += bytes.remaining();
    }

    @Override
    public void bodyGap(long bytes) {
        size += bytes;
    }

    @Override
    public void ends(long nanos) {
        if (!interim) answer(Optional.of(size), nanos);
        under = false;
    }

    /** The server closed early: what it sent is all there was. */
    @Override
    public void truncated(long nanos) {
        if (!under) return;
        if (!interim) {
            answered.ifPresent(e -> tally.observed(Observation.RESPONSE_CUT));
            answer(Optional.of(size), nanos);
        }
        under = false;
    }

    private void answer(Optional<Long> bytes, long nanos) {
        answered.ifPresent(exchange -> {
            long latency = Math.max(0, nanos - exchange.beginNanos());
            exchange.answered(new Response(status, bytes, Optional.of(latency)));
        });
        answered = Optional.empty();
    }

    @Override
    public void lost(Loss why, Place place) {
        if (under) cut();
        queue.responsesLost();
    }

    /** Nothing more comes: of a response that is under way only the status is known. */
    void cut() {
        under = false;
        answered.ifPresent(exchange -> {
            tally.observed(Observation.RESPONSE_CUT);
            exchange.answered(new Response(status, Optional.empty(), Optional.empty()));
        });
        answered = Optional.empty();
    }
}

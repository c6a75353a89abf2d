package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.exchange.Exchange;
import io.tierdrill.recorder.packets.exchange.RequestTarget;
import io.tierdrill.recorder.packets.exchange.WireText;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiFunction;

/** The client's direction: makes exchanges and hands them to the queue once their head is read. One thread. */
final class Requests implements Messages {
    private final BiFunction<Long, Place, Exchange> exchanges;
    private final ExchangeQueue queue;
    private final Tally tally;
    private final String scheme;
    private Optional<Exchange> current = Optional.empty();
    private Optional<Place> badLine = Optional.empty();

    Requests(BiFunction<Long, Place, Exchange> exchanges, ExchangeQueue queue, Tally tally, String scheme) {
        this.exchanges = exchanges;
        this.queue = queue;
        this.tally = tally;
        this.scheme = scheme;
    }

    @Override
    public void begins(long nanos, Place place) {
        current = Optional.of(exchanges.apply(nanos, place));
    }

    @Override
    public Framing head(Head head, long nanos) {
        Exchange exchange = current.orElseThrow();
        String line = head.startLine();
        String method = line.substring(0, line.indexOf(' '));
        String target = line.substring(line.indexOf(' '), line.lastIndexOf(' ')).strip();
        String host = WireText.target(head.first("Host").orElse(""));
        exchange.head(method, RequestTarget.of(scheme, target, host), head.headers(), nanos);
        queue.add(exchange);
        if (head.isChunked()) return Framing.of(Framing.Kind.CHUNKED);
        // RFC 9112, 6.3: a request whose last coding is another one has no known end.
        if (head.hasTransferEncoding()) return Framing.of(Framing.Kind.UNKNOWN);
        Framing framing = head.byLength(Framing.NO_BODY);
        return method.equals("CONNECT") && framing.equals(Framing.NO_BODY) ? Framing.of(Framing.Kind.HOLD) : framing;
    }

    @Override
    public void body(ByteBuffer bytes) {
        current.orElseThrow().body().add(bytes);
    }

    @Override
    public void bodyGap(long bytes) {
        current.orElseThrow().body().addUnknown(bytes);
    }

    @Override
    public void ends(long nanos) {
        current.orElseThrow().requestWhole();
        current = Optional.empty();
    }

    @Override
    public void truncated(long nanos) {
        reject(RejectReason.CUT);
    }

    @Override
    public void lost(Loss why, Place place) {
        if (why == Loss.BAD_LINE) {
            badLine = Optional.of(place);
            forget();
        } else reject(why.reason());
    }

    /** The connection speaks HTTP, so what stood in place of a request line was meant to be one. */
    void rejectBadLine() {
        badLine.ifPresent(place -> tally.rejected(RejectReason.BAD_REQUEST_LINE, place));
        badLine = Optional.empty();
    }

    /** Rejects the request that is under way, if there is one. */
    void reject(RejectReason reason) {
        current.ifPresent(exchange -> exchange.reject(reason));
        current = Optional.empty();
    }

    /** Drops what began but has not shown to be a request. */
    void forget() {
        current.ifPresent(Exchange::forget);
        current = Optional.empty();
    }
}

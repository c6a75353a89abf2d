package io.tierdrill.recorder.output;

import io.tierdrill.model.trace.RecordTail;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.input.UnitParser;
import io.tierdrill.recorder.line.FieldwiseParser;
import io.tierdrill.recorder.line.Span;
import io.tierdrill.recorder.redact.Redaction;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Masks and encodes requests before anyone knows when the trace begins: what is sorted, and spilled to a disk, is free of
 * secrets already, and each unit of an input is read once. A request begins with how long before its stamp it had arrived;
 * then come its fields behind the offset, as the trace holds them. Reused; one thread.
 *
 * <p>A parser that tells fields by their places has them masked and encoded field by field, and what fields became is
 * remembered by their bytes. All others give whole requests. Both ways come to the same bytes.
 */
public final class MaskedRequests {
    private final Redaction redaction;
    private final RecordTail tail = new RecordTail();
    private final byte[] client = new byte[16];
    private FieldwiseParser of;
    private KnownBytes origins;
    private KnownBytes[] headers = {};
    private byte[][] there = {};

    private MaskedRequests(Redaction redaction) {
        this.redaction = redaction;
    }

    public static MaskedRequests of(RedactionConfig config) {
        return new MaskedRequests(Redaction.of(config));
    }

    Redaction redaction() {
        return redaction;
    }

    /** Takes the request that was parsed last, from bytes that are still there; it is in {@link #bytes} then. */
    public void take(UnitParser parser, byte[] unit) {
        tail.clear();
        tail.number(parser.sinceArrivalNanos());
        if (parser instanceof FieldwiseParser places && places.isFieldwise() && redaction.isFieldwise())
            fields(places, unit);
        else tail.all(redaction.apply(parser.request(0)));
    }

    /** How much of each kind was masked so far. */
    public Map<String, Long> masked() {
        return redaction.masked();
    }

    /** The first {@link #length} of these are the request; good until the next. */
    public byte[] bytes() {
        return tail.bytes();
    }

    public int length() {
        return tail.length();
    }

    /** How long before its stamp a request had arrived, in nanoseconds. */
    public static long sinceArrivalNanos(byte[] masked, int from) {
        return RecordTail.number(masked, from);
    }

    static int tailFrom(byte[] masked, int from) {
        int at = from;
        while (masked[at] < 0) at++;
        return at + 1;
    }

    private void fields(FieldwiseParser parser, byte[] b) {
        if (parser != of) begin(parser);
        client(b, parser.client());
        tail.text("");
        tail.text(redaction.user(parser.user()));
        Span origin = parser.origin();
        byte[] encoded = origins.of(b, origin.from, origin.to);
        tail.encoded(encoded, 0, encoded.length);
        headers(parser, b);
        tail.noBody();
        if (parser.status() == 0) tail.noResponse();
        else tail.response(parser.status(), parser.size());
    }

    /** What fields mean is a matter of the input. */
    private void begin(FieldwiseParser parser) {
        of = parser;
        origins = new KnownBytes((b, from, to) -> origin(parser.origin(b, from, to)), redaction::maskedAgain);
        headers = new KnownBytes[parser.headers()];
        there = new byte[headers.length][];
        for (int i = 0; i < headers.length; i++) {
            int number = i;
            headers[i] =
                    new KnownBytes((b, from, to) -> header(parser.header(number, b, from, to)), redaction::maskedAgain);
        }
    }

    private void client(byte[] b, Span raw) {
        int length = redaction.client(b, raw.from, raw.to, client);
        if (length > 0) tail.text(client, length);
        else tail.text(redaction.client(new String(b, raw.from, raw.to - raw.from, StandardCharsets.ISO_8859_1)));
    }

    private void headers(FieldwiseParser parser, byte[] b) {
        int count = 0;
        for (int i = 0; i < headers.length; i++) {
            Span value = parser.header(i);
            if (value.isEmpty()) continue;
            byte[] encoded = headers[i].of(b, value.from, value.to);
            if (encoded.length > 0) there[count++] = encoded;
        }
        if (count > 0) tail.headers(count);
        for (int i = 0; i < count; i++) tail.encoded(there[i], 0, there[i].length);
        tail.headers(0);
    }

    private KnownBytes.Made origin(FieldwiseParser.Origin raw) {
        long[] before = redaction.account();
        byte[] encoded = RecordTail.texts(
                raw.scheme(),
                redaction.apply(raw.method()),
                redaction.authority(raw.authority()),
                redaction.apply(raw.path()));
        return new KnownBytes.Made(encoded, redaction.maskedSince(before));
    }

    private KnownBytes.Made header(Optional<Header> raw) {
        if (raw.isEmpty()) return new KnownBytes.Made(new byte[0], new byte[0]);
        long[] before = redaction.account();
        Header masked = redaction.header(raw.get());
        return new KnownBytes.Made(RecordTail.texts(masked.name(), masked.value()), redaction.maskedSince(before));
    }
}

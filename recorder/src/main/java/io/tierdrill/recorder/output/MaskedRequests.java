package io.tierdrill.recorder.output;

import io.tierdrill.model.trace.RecordTail;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.input.UnitParser;
import io.tierdrill.recorder.known.KnownParts;
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
    /** A kind of part in the memory; headers have their numbers. */
    private static final int ORIGIN = 255;

    private final Redaction redaction;
    private final RecordTail tail = new RecordTail();
    private final byte[] client = new byte[16];
    private FieldwiseParser of;
    private final KnownParts memory = new KnownParts();
    /** Of the request being taken, as they are encoded: their number comes first, and is known last. */
    private final RecordTail headers = new RecordTail();

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
        if (!isKnown(ORIGIN, b, origin, tail)) origin(parser, b, origin);
        headers(parser, b);
        tail.noBody();
        if (parser.status() == 0) tail.noResponse();
        else tail.response(parser.status(), parser.size());
    }

    /** What fields mean is a matter of the input. */
    private void begin(FieldwiseParser parser) {
        of = parser;
        memory.forget();
    }

    private void client(byte[] b, Span raw) {
        int length = redaction.client(b, raw.from, raw.to, client);
        if (length > 0) tail.text(client, length);
        else tail.text(redaction.client(new String(b, raw.from, raw.to - raw.from, StandardCharsets.ISO_8859_1)));
    }

    /** Adds what a field has become before, and counts what was masked in it. */
    private boolean isKnown(int kind, byte[] b, Span field, RecordTail out) {
        if (!memory.find(kind, b, field.from, field.to)) return false;
        out.encoded(memory.bytes(), memory.from(), memory.noteFrom());
        redaction.maskedAgain(memory.bytes(), memory.noteFrom(), memory.noteTo());
        return true;
    }

    private void origin(FieldwiseParser parser, byte[] b, Span field) {
        FieldwiseParser.Origin raw = parser.origin(b, field.from, field.to);
        long[] before = redaction.account();
        int from = tail.length();
        tail.text(raw.scheme());
        tail.text(redaction.apply(raw.method()));
        tail.text(redaction.authority(raw.authority()));
        tail.text(redaction.apply(raw.path()));
        learn(b, field, tail, from, before);
    }

    private void learn(byte[] b, Span field, RecordTail out, int from, long[] before) {
        memory.learn(b, field.from, field.to, out.bytes(), from, out.length(), redaction.maskedSince(before));
    }

    private void headers(FieldwiseParser parser, byte[] b) {
        headers.clear();
        int count = 0;
        for (int i = 0; i < parser.headers(); i++) {
            Span value = parser.header(i);
            if (value.isEmpty()) continue;
            int before = headers.length();
            if (!isKnown(i, b, value, headers)) header(parser, i, b, value);
            if (headers.length() > before) count++;
        }
        if (count > 0) tail.headers(count);
        tail.encoded(headers.bytes(), 0, headers.length());
        tail.headers(0);
    }

    /** Nothing, where nothing is left of it. */
    private void header(FieldwiseParser parser, int number, byte[] b, Span value) {
        Optional<Header> raw = parser.header(number, b, value.from, value.to);
        long[] before = redaction.account();
        int from = headers.length();
        if (raw.isPresent()) {
            Header masked = redaction.header(raw.get());
            headers.text(masked.name());
            headers.text(masked.value());
        }
        learn(b, value, headers, from, before);
    }
}

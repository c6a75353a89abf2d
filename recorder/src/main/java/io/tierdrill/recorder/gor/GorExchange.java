package io.tierdrill.recorder.gor;

import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.fields.Refused;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request and what came back, packed for sorting: a fixed part, then the payload as it was recorded.
 *
 * <pre>
 * kind (1 byte) | time (8) | length (8) | latency (8) | size (8) | status (2) | payload ...
 * </pre>
 *
 * <p>Status 0 stands for no response.
 *
 * @param number of the record in its file, from 1
 * @param line in which it begins
 */
record GorExchange(long number, long line, GorMeta meta, byte[] packed) {
    static final int FIXED = 35;
    private static final int TIME_AT = 1;
    private static final int LENGTH_AT = 9;
    private static final int LATENCY_AT = 17;
    private static final int SIZE_AT = 25;
    private static final int STATUS_AT = 33;
    private static final byte[] HEAD = {'H', 'E', 'A', 'D', ' '};
    /** Enough to show. */
    private static final int MOST_REFUSED = 200;

    /** What a record was. */
    enum Kind {
        REQUEST,
        REQUEST_AT_END_OF_FILE,
        RESPONSE_ALONE,
        REPLAYED_RESPONSE,
        NO_META_LINE
    }

    /** A record that is no request. */
    static GorExchange refused(GorRecords record, Kind kind) {
        ByteBuffer packed = ByteBuffer.allocate(FIXED + Math.min(record.kept(), MOST_REFUSED));
        packed.put((byte) kind.ordinal()).position(FIXED);
        packed.put(record.bytes(), 0, packed.remaining());
        return new GorExchange(record.number(), record.line(), GorMeta.NONE, packed.array());
    }

    static GorExchange request(GorRecords record, GorMeta meta) {
        int payload = record.kept() - meta.payloadFrom();
        ByteBuffer packed = ByteBuffer.allocate(FIXED + payload);
        Kind kind = record.separated() ? Kind.REQUEST : Kind.REQUEST_AT_END_OF_FILE;
        packed.put((byte) kind.ordinal());
        packed.putLong(meta.time()).putLong(record.length() - meta.payloadFrom());
        packed.position(FIXED).put(record.bytes(), meta.payloadFrom(), payload);
        return new GorExchange(record.number(), record.line(), meta, packed.array());
    }

    /** Adds the response; one that cannot be read counts as none. */
    void answer(GorRecords response, GorMeta responseMeta) {
        try {
            HttpMessage head = HttpMessage.parse(response.bytes(), responseMeta.payloadFrom(), response.kept());
            int status = head.status();
            long size = isHead() ? 0 : Payload.size(head, response.bytes(), response.kept(), response.length());
            ByteBuffer fixed = ByteBuffer.wrap(packed, LATENCY_AT, FIXED - LATENCY_AT);
            fixed.putLong(responseMeta.latency(meta)).putLong(size).putShort((short) status);
        } catch (Refused unreadable) {
            // The request stays without.
        }
    }

    static Kind kind(byte[] packed, int from) {
        return Kind.values()[packed[from]];
    }

    static long time(byte[] packed, int from) {
        return ByteBuffer.wrap(packed).getLong(from + TIME_AT);
    }

    /** Of the payload, with what was not kept of it. */
    static long length(byte[] packed, int from) {
        return ByteBuffer.wrap(packed).getLong(from + LENGTH_AT);
    }

    static Optional<Response> response(byte[] packed, int from) {
        ByteBuffer fixed = ByteBuffer.wrap(packed);
        int status = fixed.getShort(from + STATUS_AT);
        if (status == 0) return Optional.empty();
        Optional<Long> size = Optional.of(fixed.getLong(from + SIZE_AT));
        return Optional.of(new Response(status, size, Optional.of(fixed.getLong(from + LATENCY_AT))));
    }

    private boolean isHead() {
        return packed.length > FIXED + HEAD.length
                && Arrays.equals(packed, FIXED, FIXED + HEAD.length, HEAD, 0, HEAD.length);
    }
}

package io.tierdrill.recorder.gor;

import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.fields.Refused;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request and what came back, packed for sorting: the payload as it was recorded, then a fixed part.
 *
 * <pre>
 * payload ... | kind (1 byte) | time (8) | length (8) | offset (8) | latency (8) | size (8) | status (2)
 * </pre>
 *
 * <p>The offset is that of the record in its file. Status 0 stands for no response.
 *
 * @param number of the record in its file, from 1
 * @param line in which the payload begins
 */
record GorExchange(long number, long line, GorMeta meta, byte[] packed) {
    static final int FIXED = 43;
    private static final int TIME_AT = 1;
    private static final int LENGTH_AT = 9;
    private static final int OFFSET_AT = 17;
    private static final int LATENCY_AT = 25;
    private static final int SIZE_AT = 33;
    private static final int STATUS_AT = 41;
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
        int shown = Math.min(record.kept(), MOST_REFUSED);
        return packed(record, GorMeta.NONE, kind, 0, shown);
    }

    static GorExchange request(GorRecords record, GorMeta meta) {
        Kind kind = record.separated() ? Kind.REQUEST : Kind.REQUEST_AT_END_OF_FILE;
        return packed(record, meta, kind, meta.payloadFrom(), record.kept());
    }

    private static GorExchange packed(GorRecords record, GorMeta meta, Kind kind, int from, int to) {
        ByteBuffer packed = ByteBuffer.allocate(to - from + FIXED);
        packed.put(record.bytes(), from, to - from);
        packed.put((byte) kind.ordinal());
        packed.putLong(meta.time()).putLong(record.length() - from).putLong(record.offset());
        // A payload begins one line behind its meta line.
        return new GorExchange(record.number(), record.line() + (from > 0 ? 1 : 0), meta, packed.array());
    }

    /** Adds the response; one that cannot be read counts as none. */
    void answer(GorRecords response, GorMeta responseMeta) {
        try {
            HttpMessage head = HttpMessage.parse(response.bytes(), responseMeta.payloadFrom(), response.kept());
            int status = head.status();
            long size = isHead() ? 0 : Payload.size(head, response.bytes(), response.kept(), response.length());
            ByteBuffer fixed = ByteBuffer.wrap(packed).position(packed.length - FIXED + LATENCY_AT);
            fixed.putLong(responseMeta.latency(meta)).putLong(size).putShort((short) status);
        } catch (Refused unreadable) {
            // The request stays without.
        }
    }

    static Kind kind(byte[] packed, int to) {
        return Kind.values()[packed[to - FIXED]];
    }

    static long time(byte[] packed, int to) {
        return ByteBuffer.wrap(packed).getLong(to - FIXED + TIME_AT);
    }

    /** Of the payload, with what was not kept of it. */
    static long length(byte[] packed, int to) {
        return ByteBuffer.wrap(packed).getLong(to - FIXED + LENGTH_AT);
    }

    /** Where the record begins in its file, in bytes from 0. */
    static long offset(byte[] packed, int to) {
        return ByteBuffer.wrap(packed).getLong(to - FIXED + OFFSET_AT);
    }

    static Optional<Response> response(byte[] packed, int to) {
        ByteBuffer fixed = ByteBuffer.wrap(packed, to - FIXED, FIXED).slice();
        int status = fixed.getShort(STATUS_AT);
        if (status == 0) return Optional.empty();
        Optional<Long> size = Optional.of(fixed.getLong(SIZE_AT));
        return Optional.of(new Response(status, size, Optional.of(fixed.getLong(LATENCY_AT))));
    }

    private boolean isHead() {
        return packed.length > FIXED + HEAD.length && Arrays.equals(packed, 0, HEAD.length, HEAD, 0, HEAD.length);
    }
}

package io.tierdrill.model.trace;

import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@link RecordEncoder} wrote, by hand. Avro's own readers of classes refuse packages they were not told of;
 * this needs none of them. One thread.
 */
final class RecordDecoder {
    /**
     * Most requests and headers of a block together. Writers end blocks at some 256 KiB and so come nowhere near, but a few
     * kilobytes of a hostile file could unpack to enough of the smallest ones to exhaust the memory.
     */
    static final int MOST_ITEMS = 1 << 20;

    private final boolean withMessages;
    private final AvroBytes in = new AvroBytes();
    private int items;

    /** @param format of the file */
    RecordDecoder(int format) {
        withMessages = format >= TraceSchema.FORMAT_WITH_MESSAGES;
    }

    /**
     * All records of a block.
     *
     * @throws IOException when the bytes are not {@code count} records and nothing else
     */
    List<TraceEntry> decode(byte[] bytes, int length, long count) throws IOException {
        in.reset(bytes, 0, length);
        items = 0;
        List<TraceEntry> records = new ArrayList<>((int) Math.min(count, length / 16 + 1));
        for (long i = 0; i < count; i++) records.add(record());
        if (!in.atEnd()) throw new IOException("bytes are left over after the last request");
        return records;
    }

    private void countItem() throws IOException {
        if (++items > MOST_ITEMS)
            throw new IOException("a block has more than " + MOST_ITEMS + " requests and headers");
    }

    /** Only the last field tells which it is. */
    private TraceEntry record() throws IOException {
        countItem();
        try {
            long offset = in.readLong();
            String client = in.readWord();
            String connection = in.readString();
            String user = in.readString();
            String scheme = in.readWord();
            String method = in.readWord();
            String authority = in.readWord();
            String path = in.readString();
            List<RequestRecord.Header> headers = headers();
            RequestRecord.Body body = body();
            Optional<RequestRecord.Response> response = response();
            if (withMessages && in.readPresent()) {
                boolean nothingElse = user.isEmpty()
                        && scheme.isEmpty()
                        && method.isEmpty()
                        && authority.isEmpty()
                        && path.isEmpty()
                        && headers.isEmpty()
                        && body == RequestRecord.Body.none()
                        && response.isEmpty();
                if (!nothingElse) throw new IOException("a message has what only requests have");
                return message(offset, client, connection);
            }
            return new RequestRecord(
                    offset, client, connection, user, scheme, method, authority, path, headers, body, response);
        } catch (IllegalArgumentException impossible) {
            throw new IOException(impossible.getMessage(), impossible);
        }
    }

    private MessageRecord message(long offset, String client, String connection) throws IOException {
        Side from = in.readFlag() ? Side.CLIENT : Side.SERVER;
        Opcode opcode = Opcode.of(in.readInt());
        long bytes = in.readLong();
        Optional<Integer> closeCode = in.readPresent() ? Optional.of(in.readInt()) : Optional.empty();
        return new MessageRecord(offset, in.readLong(), client, connection, from, opcode, bytes, closeCode);
    }

    private List<RequestRecord.Header> headers() throws IOException {
        long count = in.readItems();
        if (count == 0) return List.of();
        List<RequestRecord.Header> headers = new ArrayList<>();
        for (; count != 0; count = in.readItems()) {
            for (long i = 0; i < count; i++) {
                countItem();
                headers.add(in.readHeader());
            }
        }
        return headers;
    }

    private RequestRecord.Body body() throws IOException {
        byte[] bytes = in.readBytes();
        long size = in.readLong();
        String sha256 = in.readString();
        boolean none = bytes.length == 0 && size == 0 && sha256.isEmpty();
        return none ? RequestRecord.Body.none() : new RequestRecord.Body(bytes, size, sha256);
    }

    private Optional<RequestRecord.Response> response() throws IOException {
        if (!in.readPresent()) return Optional.empty();
        return Optional.of(new RequestRecord.Response(in.readInt(), optionalLong(), optionalLong()));
    }

    private Optional<Long> optionalLong() throws IOException {
        return in.readPresent() ? Optional.of(in.readLong()) : Optional.empty();
    }
}

package io.tierdrill.model.trace;

import io.tierdrill.model.websocket.Side;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gathers records in the order of {@code request.avsc}, encoded by hand: no reflection, no generated classes, no copy
 * beside that of each text. Whoever encodes parts by himself keeps that order. One thread.
 */
public final class RecordEncoder {
    private static final int LONGEST_NUMBER = 10;

    /** User to path, headers, a body's three fields, response: each a zero. */
    private static final int EMPTY_OF_MESSAGE = 5 + 1 + 3 + 1;

    private byte[] bytes = new byte[1024];
    private int length;

    /** What was gathered: the first {@link #length} bytes. Good until the next record. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Takes back what was gathered behind this. */
    public void cutTo(int shorter) {
        length = shorter;
    }

    /** A whole record. */
    public void write(RequestRecord record) {
        number(record.offsetNanos());
        tail(record);
    }

    /** A record whose fields behind the offset were encoded before. */
    void write(long offsetNanos, byte[] tail, int from, int to) {
        number(offsetNanos);
        encoded(tail, from, to);
    }

    /**
     * A message whose client and connection somebody else encodes, in this order; all of the record, its last field
     * included.
     */
    void write(PackedMessage message, Consumer<RecordEncoder> peer) {
        number(message.offsetNanos());
        peer.accept(this);
        for (int i = 0; i < EMPTY_OF_MESSAGE; i++) number(0);
        number(1);
        flag(message.from() == Side.CLIENT);
        number(message.opcode().number());
        number(message.bytes());
        number(message.closeCode().isPresent() ? 1 : 0);
        if (message.closeCode().isPresent()) number(message.closeCode().get());
        number(message.tookNanos());
    }

    /** What ends a request: it is no message. */
    void noMessage() {
        number(0);
    }

    private void flag(boolean value) {
        room(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    /** All fields but the offset. */
    void tail(RequestRecord record) {
        text(record.client());
        text(record.connection());
        text(record.user());
        text(record.scheme());
        text(record.method());
        text(record.authority());
        text(record.path());
        headers(record.headers());
        body(record.body());
        response(record.response());
    }

    /** An array: blocks of items, each led by their number; a block of none ends it. */
    private void headers(List<RequestRecord.Header> headers) {
        if (!headers.isEmpty()) {
            number(headers.size());
            for (int i = 0; i < headers.size(); i++) {
                text(headers.get(i).name());
                text(headers.get(i).value());
            }
        }
        number(0);
    }

    public void body(RequestRecord.Body body) {
        content(body.bytes(), 0, body.bytes().length);
        number(body.size());
        text(body.sha256());
    }

    /** A union: which of its branches, 0 being null. */
    public void response(Optional<RequestRecord.Response> response) {
        number(response.isPresent() ? 1 : 0);
        if (response.isEmpty()) return;
        number(response.get().status());
        optional(response.get().bytes());
        optional(response.get().latencyNanos());
    }

    private void optional(Optional<Long> value) {
        number(value.isPresent() ? 1 : 0);
        if (value.isPresent()) number(value.get());
    }

    /** A text: its length and its UTF-8. */
    public void text(String text) {
        if (text.isEmpty()) {
            number(0);
            return;
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        content(content, 0, content.length);
    }

    /** Bytes, or a text in UTF-8, behind their length. */
    public void content(byte[] content, int from, int to) {
        number(to - from);
        encoded(content, from, to);
    }

    /** Something that is encoded already. */
    public void encoded(byte[] content, int from, int to) {
        int count = to - from;
        room(count);
        System.arraycopy(content, from, bytes, length, count);
        length += count;
    }

    /** Zigzag, then seven bits a byte, the lowest first. */
    public void number(long value) {
        room(LONGEST_NUMBER);
        long bits = value << 1 ^ value >> 63;
        for (; (bits & ~0x7fL) != 0; bits >>>= 7) bytes[length++] = (byte) (bits & 0x7f | 0x80);
        bytes[length++] = (byte) bits;
    }

    private void room(int more) {
        if (bytes.length - length < more) bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
}

package io.tierdrill.model.trace;

import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.util.Arrays;
import java.util.Optional;

/**
 * A {@link MessageRecord} on its way to a trace. Whose it is stands in an array that all messages of a WebSocket share, so
 * that a message is one small object.
 *
 * @param peer client and connection, as {@link #peer} makes it; not to be changed
 */
public record PackedMessage(
        long offsetNanos,
        long tookNanos,
        byte[] peer,
        Side from,
        Opcode opcode,
        long bytes,
        Optional<Integer> closeCode) {

    public PackedMessage {
        MessageRecord.check(offsetNanos, tookNanos, opcode, bytes, closeCode);
    }

    /** For all messages of a connection. */
    public static byte[] peer(String client, String connection) {
        if (client.isEmpty()) throw new IllegalArgumentException("client must not be empty");
        if (connection.isEmpty()) throw new IllegalArgumentException("connection must not be empty");
        return RecordTail.texts(client, connection);
    }

    public static PackedMessage of(MessageRecord m) {
        return new PackedMessage(
                m.offsetNanos(),
                m.tookNanos(),
                peer(m.client(), m.connection()),
                m.from(),
                m.opcode(),
                m.bytes(),
                m.closeCode());
    }

    public String client() {
        return PackedRequest.text(peer, 0);
    }

    public String connection() {
        return PackedRequest.text(peer, PackedRequest.end(peer, 0));
    }

    /** The same message at another time. */
    public PackedMessage at(long newOffsetNanos) {
        return newOffsetNanos == offsetNanos
                ? this
                : new PackedMessage(newOffsetNanos, tookNanos, peer, from, opcode, bytes, closeCode);
    }

    /** Records with arrays compare by identity by default; messages are values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PackedMessage m && record().equals(m.record());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(peer) * 31 + Long.hashCode(offsetNanos);
    }

    @Override
    public String toString() {
        return record().toString();
    }

    /** Taken apart. */
    public MessageRecord record() {
        return new MessageRecord(offsetNanos, tookNanos, client(), connection(), from, opcode, bytes, closeCode);
    }
}

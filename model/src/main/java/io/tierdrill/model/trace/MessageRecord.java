package io.tierdrill.model.trace;

import io.tierdrill.model.websocket.CloseCode;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.util.Optional;

/**
 * One message on a WebSocket: when, from whom, of what kind and how large. What was said is never kept. It belongs to the
 * last request before it of the same client and connection that asked for a WebSocket.
 *
 * @param offsetNanos when its last byte had come, from the start of the trace; 0 or more
 * @param tookNanos from its first byte to its last; 0 or more
 * @param client as in the request
 * @param connection as in the request; never empty
 * @param bytes of payload as they were on the wire (compressed, where the two sides agreed to compress), of all frames
 *     of the message together
 * @param closeCode of a {@link Opcode#CLOSE} and of nothing else; {@link CloseCode#NONE} where the frame had none, {@link
 *     CloseCode#ABNORMAL} where the connection ended without such a frame
 */
public record MessageRecord(
        long offsetNanos,
        long tookNanos,
        String client,
        String connection,
        Side from,
        Opcode opcode,
        long bytes,
        Optional<Integer> closeCode)
        implements TraceEntry {

    public MessageRecord {
        check(offsetNanos, tookNanos, opcode, bytes, closeCode);
        if (client.isEmpty()) throw new IllegalArgumentException("client must not be empty");
        if (connection.isEmpty()) throw new IllegalArgumentException("connection must not be empty");
    }

    static void check(long offsetNanos, long tookNanos, Opcode opcode, long bytes, Optional<Integer> closeCode) {
        if (offsetNanos < 0) throw new IllegalArgumentException("offsetNanos must be 0 or more, was " + offsetNanos);
        if (tookNanos < 0) throw new IllegalArgumentException("tookNanos must be 0 or more, was " + tookNanos);
        if (bytes < 0) throw new IllegalArgumentException("bytes must be 0 or more, was " + bytes);
        if (closeCode.isPresent() != (opcode == Opcode.CLOSE))
            throw new IllegalArgumentException("closeCode belongs to CLOSE alone, was " + closeCode + " of " + opcode);
    }

    /** The same message at another time. */
    public MessageRecord at(long newOffsetNanos) {
        return new MessageRecord(newOffsetNanos, tookNanos, client, connection, from, opcode, bytes, closeCode);
    }
}

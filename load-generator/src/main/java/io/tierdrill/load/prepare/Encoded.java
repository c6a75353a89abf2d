package io.tierdrill.load.prepare;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A request in the form it goes on the wire. One object shows one request after another, so it is valid only until the
 * next is asked for; {@link #hold} keeps the bytes longer.
 */
public final class Encoded {
    Chunk chunk;
    int at;

    /** Whose connections it may use. */
    public long lane() {
        return chunk.bytes.getLong(at + Chunk.LANE);
    }

    /** Whether its answer has no body whatever it says. */
    public boolean toHead() {
        return chunk.bytes.getInt(at + Chunk.FLAGS) == Chunk.TO_HEAD;
    }

    /** The memory that holds it; the same one for many requests. */
    public ByteBuffer bytes() {
        return chunk.bytes;
    }

    /** Where in {@link #bytes} it begins. */
    public int from() {
        return at + Chunk.HEADER;
    }

    public int length() {
        return chunk.bytes.getInt(at + Chunk.LENGTH);
    }

    /** Bytes of its body that nobody kept, to be sent as zeros after the others. */
    public long filler() {
        return chunk.bytes.getLong(at + Chunk.FILLER);
    }

    /** Keeps {@link #bytes} as they are until what is returned is run, on the thread that sends. */
    public Optional<Runnable> hold() {
        return chunk.hold();
    }
}

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
        return has(Chunk.TO_HEAD);
    }

    /** Whether it asks for another protocol, so that 101 is an answer. */
    public boolean upgrades() {
        return has(Chunk.UPGRADES);
    }

    /** Whether it waits for those of its user that had ended before. */
    public boolean waits() {
        return has(Chunk.WAITS);
    }

    private boolean has(int flag) {
        return (chunk.bytes.getInt(at + Chunk.FLAGS) & flag) != 0;
    }

    /** When it is due, counted as {@link Upcoming#dueNanos}. */
    public long dueNanos() {
        return chunk.bytes.getLong(at + Chunk.DUE);
    }

    /** Whose it is, as a number. */
    public long user() {
        return chunk.bytes.getLong(at + Chunk.USER);
    }

    /** When it had ended in the recording, counted as {@link Upcoming#dueNanos}. */
    public long endsNanos() {
        return chunk.bytes.getLong(at + Chunk.ENDS);
    }

    /** What is expected of its answer: see {@link io.tierdrill.load.check.Expectations#code}. Zero where nothing is. */
    public long code() {
        return chunk.bytes.getLong(at + Chunk.CODE);
    }

    /** The recorded length of its answer: see {@link io.tierdrill.load.check.Expectations#length}. */
    public long expectedLength() {
        return chunk.bytes.getLong(at + Chunk.EXPECTED);
    }

    /** Its client, as {@link io.tierdrill.load.source.SourceAddresses#number} counts them. Zero where nobody asks. */
    public long client() {
        return chunk.bytes.getLong(at + Chunk.CLIENT);
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

package io.tierdrill.recorder.packets.stream;

import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes held for all connections together. One thread. */
public final class Memory {
    /** Room for most heads of messages. */
    private static final int PAGE_BYTES = 1024;

    private static final int MOST_SPARE = 256;

    private final Deque<byte[]> spare = new ArrayDeque<>();
    private final long limit;
    private long used;

    Memory(long limit) {
        this.limit = limit;
    }

    public void take(long bytes) {
        used += bytes;
    }

    public void give(long bytes) {
        used -= bytes;
    }

    /** A kibibyte, with anything in it, that counts as taken. */
    public byte[] takePage() {
        take(PAGE_BYTES);
        byte[] page = spare.poll();
        return page == null ? new byte[PAGE_BYTES] : page;
    }

    /** Gives back bytes, and keeps them for the next {@link #takePage} where they are of its size: heads are many. */
    public void giveBack(byte[] bytes) {
        give(bytes.length);
        if (bytes.length == PAGE_BYTES && spare.size() < MOST_SPARE) spare.push(bytes);
    }

    public long used() {
        return used;
    }

    boolean isOver() {
        return used > limit;
    }
}

package io.tierdrill.recorder.packets.stream;

/** Bytes held for all connections together. One thread. */
public final class Memory {
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

    public long used() {
        return used;
    }

    boolean isOver() {
        return used > limit;
    }
}

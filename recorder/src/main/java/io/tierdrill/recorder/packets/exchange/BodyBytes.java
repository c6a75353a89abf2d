package io.tierdrill.recorder.packets.exchange;

import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.recorder.packets.stream.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A request's body: its size, and its bytes while they are few enough to keep. One thread. */
public final class BodyBytes {
    private static final byte[] NOTHING = {};

    private final int mostKept;
    private final Memory memory;
    private byte[] kept = NOTHING;
    private boolean keeps;
    private long size;

    public BodyBytes(int mostKept, Memory memory) {
        this.mostKept = mostKept;
        this.memory = memory;
        this.keeps = mostKept > 0;
    }

    public void add(ByteBuffer bytes) {
        int count = bytes.remaining();
        if (keeps && size + count > mostKept) release();
        if (keeps) {
            int from = (int) size;
            if (kept.length < from + count) grow(from + count);
            bytes.get(bytes.position(), kept, from, count);
        }
        size += count;
    }

    public void addUnknown(long bytes) {
        release();
        size += bytes;
    }

    public Body body() {
        return keeps ? Body.of(Arrays.copyOf(kept, (int) size)) : new Body(NOTHING, size, "");
    }

    /** Keeps no bytes from here on. */
    public void release() {
        memory.give(kept.length);
        kept = NOTHING;
        keeps = false;
    }

    private void grow(int needed) {
        int larger = Math.min(mostKept, Math.max(needed, kept.length * 2));
        memory.take(larger - kept.length);
        kept = Arrays.copyOf(kept, larger);
    }
}

package io.tierdrill.recorder.mirror;

import io.netty.buffer.ByteBuf;
import io.tierdrill.model.trace.RequestRecord.Body;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** A body being read, kept while it is short enough and all of them together are. One thread; the budget is shared. */
final class BodyCopy {
    private static final byte[] NONE = {};

    private final int most;
    private final AtomicLong budget;
    private byte[] bytes = NONE;
    private long size;
    private boolean kept = true;

    /**
     * @param most longest that is kept
     * @param budget bytes that all bodies may still take
     */
    BodyCopy(int most, AtomicLong budget) {
        this.most = most;
        this.budget = budget;
    }

    void add(ByteBuf part) {
        int length = part.readableBytes();
        size += length;
        if (length == 0 || !kept) return;
        if (size > most || budget.addAndGet(-length) < 0) {
            budget.addAndGet(size > most ? 0 : length);
            drop();
            return;
        }
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, before + length);
        part.getBytes(part.readerIndex(), bytes, before, length);
    }

    private void drop() {
        budget.addAndGet(bytes.length);
        bytes = NONE;
        kept = false;
    }

    /** The body; gives its bytes back to the budget. */
    Body finish() {
        Body body = kept ? Body.of(bytes) : new Body(NONE, size, "");
        budget.addAndGet(bytes.length);
        bytes = NONE;
        return body;
    }
}

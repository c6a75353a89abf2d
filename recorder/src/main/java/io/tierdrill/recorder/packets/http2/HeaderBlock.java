package io.tierdrill.recorder.packets.http2;

import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.stream.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts a block of headers together from HEADERS or PUSH_PROMISE and CONTINUATION frames (RFC 9113, 4.3), without padding,
 * priority and the promised stream. Holds memory only while a block is under way. One thread.
 */
final class HeaderBlock {
    private static final int FIRST_BYTES = 512;
    private static final byte[] NOTHING = {};

    private static final int END_STREAM = 0x1;
    private static final int PADDED = 0x8;
    private static final int PRIORITY = 0x20;

    private final int mostBytes;
    private final Memory memory;
    private byte[] bytes = NOTHING;
    private int length;
    private boolean open;
    private boolean firstFrame;
    private boolean promise;
    private int stream;
    private int flags;
    private long beginNanos;
    private Place place;

    HeaderBlock(int mostBytes, Memory memory) {
        this.mostBytes = mostBytes;
        this.memory = memory;
    }

    boolean isOpen() {
        return open;
    }

    boolean isOf(int other) {
        return stream == other;
    }

    void begin(boolean isPromise, int ofStream, int withFlags, long nanos, Place at) {
        open = true;
        firstFrame = true;
        promise = isPromise;
        stream = ofStream;
        flags = withFlags;
        beginNanos = nanos;
        place = at;
        length = 0;
    }

    /** False when the block is longer than may be kept. */
    boolean add(ByteBuffer part) {
        int count = part.remaining();
        if (length + count > mostBytes) return false;
        if (length + count > bytes.length) {
            int larger = Math.min(mostBytes, Math.max(Math.max(FIRST_BYTES, length + count), bytes.length * 2));
            memory.take(larger - bytes.length);
            bytes = Arrays.copyOf(bytes, larger);
        }
        part.get(bytes, length, count);
        length += count;
        return true;
    }

    /** Takes off what surrounds the headers in the first frame; false when the lengths contradict each other. */
    boolean endOfFrame() {
        if (!firstFrame) return true;
        firstFrame = false;
        boolean padded = (flags & PADDED) != 0;
        int before = (padded ? 1 : 0) + (promise ? 4 : (flags & PRIORITY) != 0 ? 5 : 0);
        if (before > length) return false;
        int behind = padded ? bytes[0] & 0xff : 0;
        if (before + behind > length) return false;
        length -= before + behind;
        System.arraycopy(bytes, before, bytes, 0, length);
        return true;
    }

    void deliver(FrameSink sink, long endNanos) {
        ByteBuffer block = ByteBuffer.wrap(bytes, 0, length);
        open = false;
        if (promise) sink.pushed(block);
        else sink.headers(new FrameSink.Headers(stream, (flags & END_STREAM) != 0, beginNanos, endNanos, place), block);
        clear();
    }

    void clear() {
        memory.give(bytes.length);
        bytes = NOTHING;
        length = 0;
        open = false;
    }
}

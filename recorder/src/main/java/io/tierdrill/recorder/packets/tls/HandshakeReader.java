package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.stream.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Puts the handshake messages of one direction together, which may be cut anywhere. One thread. */
final class HandshakeReader {
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int END_OF_EARLY_DATA = 5;
    static final int ENCRYPTED_EXTENSIONS = 8;
    static final int FINISHED = 20;
    static final int KEY_UPDATE = 24;

    private static final byte[] NOTHING = {};
    private static final int HEADER_BYTES = 4;
    /** Of messages that are looked into; certificates and the like may be of any length and are passed over. */
    private static final int MOST_KEPT_BYTES = 32 << 10;

    /** Takes messages; of those that are of no use the content is empty. */
    @FunctionalInterface
    interface Messages {
        void message(int type, byte[] content);
    }

    private final Memory memory;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private byte[] kept = NOTHING;
    private int keptBytes;
    private int remaining;
    private boolean within;

    HandshakeReader(Memory memory) {
        this.memory = memory;
    }

    void take(ByteBuffer bytes, Messages messages) {
        while (bytes.hasRemaining()) {
            if (!within) header(bytes);
            else content(bytes);
            if (within && remaining == 0) end(messages);
        }
    }

    private void header(ByteBuffer bytes) {
        while (bytes.hasRemaining() && header.hasRemaining()) header.put(bytes.get());
        if (header.hasRemaining()) return;
        within = true;
        remaining = header.getInt(0) & 0xffffff;
    }

    private void content(ByteBuffer bytes) {
        int count = Math.min(remaining, bytes.remaining());
        if (isKept(header.get(0)) && keptBytes + count <= MOST_KEPT_BYTES) keep(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        remaining -= count;
    }

    private void keep(ByteBuffer part) {
        int needed = keptBytes + part.remaining();
        if (needed > kept.length) {
            int larger = Math.max(needed, Math.min(2 * kept.length, MOST_KEPT_BYTES));
            memory.take(larger - kept.length);
            kept = Arrays.copyOf(kept, larger);
        }
        part.get(kept, keptBytes, part.remaining());
        keptBytes = needed;
    }

    private static boolean isKept(int type) {
        return type == CLIENT_HELLO || type == SERVER_HELLO || type == ENCRYPTED_EXTENSIONS;
    }

    private void end(Messages messages) {
        byte[] content = Arrays.copyOf(kept, keptBytes);
        clear();
        within = false;
        int type = header.get(0);
        header.clear();
        messages.message(type, content);
    }

    void clear() {
        memory.give(kept.length);
        kept = NOTHING;
        keptBytes = 0;
    }
}

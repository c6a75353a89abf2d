package io.tierdrill.load.prepare;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Memory with requests one behind the other.
 *
 * <pre>
 *   | due 8 | lane 8 | filler 8 | user 8 | ends 8 | length 4 | flags 4 | code 8 | expected 8 | client 8 | the request, padded to 8 | ...
 * </pre>
 *
 * Filled by the preparing thread, then handed over; from then on it belongs to the thread that sends, until nobody
 * holds it any more and it goes back.
 */
final class Chunk {
    static final int DUE = 0;
    static final int LANE = 8;
    static final int FILLER = 16;
    static final int USER = 24;
    static final int ENDS = 32;
    static final int LENGTH = 40;
    static final int FLAGS = 44;
    static final int CODE = 48;
    static final int EXPECTED = 56;
    static final int CLIENT = 64;
    static final int HEADER = 72;
    static final int TO_HEAD = 1;
    static final int UPGRADES = 2;
    static final int WAITS = 4;

    final ByteBuffer bytes;
    /** The same memory for the encoder. */
    final ByteBuf view;

    int end;
    private int holders;
    private final Optional<Runnable> release = Optional.of(this::letGo);
    private final Consumer<Chunk> home;

    /** @param home where it goes when nobody holds it any more */
    Chunk(int size, Consumer<Chunk> home) {
        this.bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
        this.view = Unpooled.wrappedBuffer(bytes);
        this.home = home;
    }

    /** Empties it and gives it to whoever reads it. */
    void begin() {
        end = 0;
        holders = 1;
    }

    Optional<Runnable> hold() {
        holders++;
        return release;
    }

    void letGo() {
        if (--holders == 0) home.accept(this);
    }
}

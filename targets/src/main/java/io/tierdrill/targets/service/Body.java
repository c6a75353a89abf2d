package io.tierdrill.targets.service;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * The body of every answer: a short run of bytes, repeated. However large the answer, only one piece of it is in
 * memory, shared by all. Belongs to one thread.
 */
final class Body {
    private static final int PIECE = 64 * 1024;

    private final ByteBuf whole;

    Body(long size) {
        int piece = (int) Math.min(size, PIECE);
        byte[] bytes = new byte[piece];
        for (int i = 0; i < piece; i++) bytes[i] = (byte) (i % 64 == 63 ? '\n' : 'a' + i % 64 % 26);
        ByteBuf first = Unpooled.directBuffer(Math.max(1, piece)).writeBytes(bytes);
        ByteBuf[] pieces = new ByteBuf[Math.max(1, Math.toIntExact((size + PIECE - 1) / PIECE))];
        Arrays.setAll(pieces, i -> i == 0 ? first : first.retainedDuplicate());
        int rest = (int) (size - (long) (pieces.length - 1) * piece);
        pieces[pieces.length - 1] = pieces[pieces.length - 1].slice(0, rest);
        this.whole = Unpooled.wrappedBuffer(pieces.length, pieces);
    }

    /** The bytes for one answer; released by whoever writes them. */
    ByteBuf next() {
        return whole.retainedDuplicate();
    }

    int size() {
        return whole.readableBytes();
    }
}

package io.tierdrill.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.websocket.CloseCode;
import io.tierdrill.model.websocket.Opcode;
import java.util.random.RandomGenerator;

/**
 * Writes frames of a client whose payload is filler of a given length: text is printable ASCII, everything else any bytes,
 * the same in every run. The filler lies ready under the one mask that all frames have, so a message costs its header.
 * One thread.
 */
final class FrameWriter implements AutoCloseable {
    /** What a message is shortened to: more than anybody sends in one, and no gigabytes for a damaged trace. */
    static final long LONGEST = 256L << 20;

    private static final int BLOCK = 64 << 10;
    private static final int MOST_HEADER = 14;
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    private final int mask;
    private final ByteBuf text;
    private final ByteBuf binary;

    FrameWriter() {
        RandomGenerator chance = new Seeds(0).stream("WebSocket filler");
        mask = chance.nextInt();
        text = Unpooled.directBuffer(BLOCK, BLOCK);
        binary = Unpooled.directBuffer(BLOCK, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            text.writeByte(chance.nextInt(' ', '~' + 1) ^ maskAt(i));
            binary.writeByte(chance.nextInt());
        }
    }

    private int maskAt(long position) {
        return mask >>> 24 - 8 * (int) (position & 3) & 0xff;
    }

    /** A message of so many bytes in one frame, not flushed. */
    void message(ChannelHandlerContext to, Opcode opcode, long bytes) {
        write(to, header(to, opcode, bytes));
        filler(to, opcode == Opcode.TEXT ? text : binary, 0, bytes);
    }

    /** A close, not flushed. @param bytes of its payload, the code among them where there is one */
    void close(ChannelHandlerContext to, int code, long bytes) {
        if (code == CloseCode.NONE) {
            write(to, header(to, Opcode.CLOSE, 0));
            return;
        }
        long payload = Math.max(2, bytes);
        ByteBuf head = header(to, Opcode.CLOSE, payload);
        head.writeByte(code >> 8 ^ maskAt(0)).writeByte(code ^ maskAt(1));
        write(to, head);
        filler(to, text, 2, payload - 2);
    }

    private ByteBuf header(ChannelHandlerContext to, Opcode opcode, long bytes) {
        ByteBuf head = to.alloc().directBuffer(MOST_HEADER + 2);
        head.writeByte(FIN | opcode.number());
        if (bytes < TWO_BYTES) head.writeByte(MASKED | (int) bytes);
        else if (bytes <= 0xffff) head.writeByte(MASKED | TWO_BYTES).writeShort((int) bytes);
        else head.writeByte(MASKED | EIGHT_BYTES).writeLong(bytes);
        return head.writeInt(mask);
    }

    /** From there on in each block, which begins where the mask begins anew. */
    private static void filler(ChannelHandlerContext to, ByteBuf block, int from, long bytes) {
        int at = from;
        for (long left = bytes; left > 0; at = 0) {
            int count = (int) Math.min(left, BLOCK - at);
            write(to, block.retainedSlice(at, count));
            left -= count;
        }
    }

    private static void write(ChannelHandlerContext to, ByteBuf bytes) {
        to.write(bytes, to.voidPromise());
    }

    @Override
    public void close() {
        text.release();
        binary.release();
    }
}

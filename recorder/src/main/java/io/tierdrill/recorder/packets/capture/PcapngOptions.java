package io.tierdrill.recorder.packets.capture;

import java.nio.ByteBuffer;

/** The options at the end of a block: {@code code length value}, padded to 4 bytes. Ends early where they are broken. */
final class PcapngOptions {
    private static final int IF_DROP = 5;
    private static final int OS_DROP = 7;

    private final ByteBuffer block;
    private int at;
    private int code;
    private int length;
    private int nextAt;

    PcapngOptions(ByteBuffer block, int from) {
        this.block = block;
        this.nextAt = from;
    }

    /** Frames lost by interface and system, of a block of statistics. */
    static long drops(ByteBuffer content) {
        long drops = 0;
        PcapngOptions options = new PcapngOptions(content, 12);
        while (options.next()) {
            boolean counts = options.code == IF_DROP || options.code == OS_DROP;
            if (counts && options.length >= 8)
                drops += Math.max(0, options.value().getLong(0) & 0xffffffffffffL);
        }
        return drops;
    }

    boolean next() {
        if (nextAt + 4 > block.limit()) return false;
        code = block.getShort(nextAt) & 0xffff;
        length = block.getShort(nextAt + 2) & 0xffff;
        at = nextAt + 4;
        nextAt = at + (length + 3 & ~3);
        return code != 0 && at + length <= block.limit();
    }

    int code() {
        return code;
    }

    int length() {
        return length;
    }

    ByteBuffer value() {
        return block.slice(at, length).order(block.order());
    }
}

package io.tierdrill.recorder.packets.capture;

import java.nio.ByteBuffer;

/**
 * One interface of a section.
 *
 * @param linkType first header of its frames
 * @param snapLength most bytes kept of a frame, 0 without limit
 * @param ticksPerSecond unit of its times
 * @param offsetSeconds added to its times
 */
record PcapngInterface(int linkType, long snapLength, long ticksPerSecond, long offsetSeconds) {
    private static final int RESOLUTION = 9;
    private static final int OFFSET = 14;
    private static final long MICROS = 1_000_000;
    private static final long MOST_SECONDS = Frame.MOST_NANOS / 1_000_000_000L - 1;

    static PcapngInterface read(ByteBuffer content) {
        long ticks = MICROS;
        long offset = 0;
        PcapngOptions options = new PcapngOptions(content, 8);
        while (options.next()) {
            if (options.code() == RESOLUTION && options.length() >= 1)
                ticks = ticksPerSecond(options.value().get(0));
            if (options.code() == OFFSET && options.length() >= 8)
                offset = options.value().getLong(0);
        }
        return new PcapngInterface(content.getShort(0) & 0xffff, content.getInt(4) & 0xffffffffL, ticks, offset);
    }

    /** A power of 10, or of 2 where the highest bit is set; microseconds where it is none that a long can hold. */
    private static long ticksPerSecond(byte resolution) {
        int power = resolution & 0x7f;
        if (resolution < 0) return power > 62 ? MICROS : 1L << power;
        long ticks = 1;
        for (int i = 0; i < power; i++) ticks = ticks > Long.MAX_VALUE / 10 ? MICROS : ticks * 10;
        return power > 18 ? MICROS : ticks;
    }

    /** Since 1970; times that no clock shows become the nearest that one could. */
    long nanos(long ticks) {
        long seconds = Long.divideUnsigned(ticks, ticksPerSecond);
        long rest = Long.remainderUnsigned(ticks, ticksPerSecond);
        // Whole numbers as far as they go: a double holds no nanoseconds since 1970.
        long fraction = ticksPerSecond <= 1L << 32
                ? rest * 1_000_000_000L / ticksPerSecond
                : rest / Math.max(1, ticksPerSecond / 1_000_000_000L);
        long bounded = Math.max(0, Math.min(seconds, MOST_SECONDS));
        long shifted = Math.max(0, Math.min(bounded + clamp(offsetSeconds), MOST_SECONDS));
        return shifted * 1_000_000_000L + Math.min(fraction, 999_999_999L);
    }

    private static long clamp(long seconds) {
        return Math.max(-MOST_SECONDS, Math.min(seconds, MOST_SECONDS));
    }
}

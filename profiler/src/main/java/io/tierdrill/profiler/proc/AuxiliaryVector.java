package io.tierdrill.profiler.proc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** The pairs of words a Linux kernel hands every new process, see {@code getauxval(3)}; our JVMs are 64 bits wide. */
record AuxiliaryVector(long pageBytes, long ticksPerSecond) {
    private static final long AT_PAGESZ = 6;
    private static final long AT_CLKTCK = 17;

    static AuxiliaryVector parse(byte[] auxv) {
        ByteBuffer words = ByteBuffer.wrap(auxv).order(ByteOrder.nativeOrder());
        Map<Long, Long> pairs = new HashMap<>();
        while (words.remaining() >= 2 * Long.BYTES) pairs.put(words.getLong(), words.getLong());
        return new AuxiliaryVector(value(pairs, AT_PAGESZ), value(pairs, AT_CLKTCK));
    }

    private static long value(Map<Long, Long> pairs, long key) {
        Long value = pairs.get(key);
        if (value == null) throw new IllegalArgumentException("the auxiliary vector has no entry " + key);
        return value;
    }
}

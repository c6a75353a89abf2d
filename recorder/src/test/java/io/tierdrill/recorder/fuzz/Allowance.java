package io.tierdrill.recorder.fuzz;

/**
 * Bytes of heap that a parser may allocate for one input, garbage included: so it bounds both memory and, roughly, time.
 *
 * @param fixed whatever the input, for buffers
 * @param perByte of the input
 */
record Allowance(long fixed, long perByte) {
    private static final long KIB = 1 << 10;

    static Allowance of(long fixedKib, long perByte) {
        return new Allowance(fixedKib * KIB, perByte);
    }

    long forInput(int bytes) {
        return fixed + perByte * bytes;
    }
}

package io.tierdrill.lb.hash;

/** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): every input bit reaches every output bit. */
final class Mixer {
    private Mixer() {}

    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Folds bytes, eight at a time, into a running hash. */
    static long bytes(long hash, byte[] bytes) {
        long word = 0;
        for (int i = 0; i < bytes.length; i++) {
            word = word << 8 | (bytes[i] & 0xff);
            if ((i & 7) == 7 || i == bytes.length - 1) {
                hash = mix((hash ^ word) + 0x9E3779B97F4A7C15L);
                word = 0;
            }
        }
        return hash;
    }
}

package io.tierdrill.recorder.redact;

/**
 * What became of the texts seen last: a cache of fixed size, two places for each hash, the younger first. One thread.
 */
final class Recent {
    private final String[] texts;
    private final String[] results;
    private final int shift;

    /** @param bits the logarithm of how many it holds */
    Recent(int bits) {
        texts = new String[1 << bits];
        results = new String[1 << bits];
        shift = 33 - bits;
    }

    /** What became of it, or null where that was forgotten. */
    String of(String text, int hash) {
        int at = place(hash);
        if (text.equals(texts[at])) return results[at];
        return text.equals(texts[at + 1]) ? results[at + 1] : null;
    }

    void put(String text, int hash, String result) {
        int at = place(hash);
        texts[at + 1] = texts[at];
        results[at + 1] = results[at];
        texts[at] = text;
        results[at] = result;
    }

    /** Multiplication by the golden ratio spreads poor hashes (Knuth, volume 3, 6.4). */
    private int place(int hash) {
        return hash * 0x9e3779b9 >>> shift << 1;
    }
}

package io.tierdrill.recorder.redact;

import java.util.LinkedHashMap;
import java.util.Map;

/** How much of each kind was masked. One thread. */
final class MaskedCounts {
    private final long[] counts = new long[SecretKind.values().length];

    void add(SecretKind kind) {
        counts[kind.ordinal()]++;
    }

    long[] copy() {
        return counts.clone();
    }

    /** What was added since that copy was made; empty where nothing was. */
    long[] since(long[] copy) {
        long[] more = new long[counts.length];
        boolean any = false;
        for (int i = 0; i < counts.length; i++) any |= (more[i] = counts[i] - copy[i]) > 0;
        return any ? more : new long[0];
    }

    void add(long[] more) {
        for (int i = 0; i < more.length; i++) counts[i] += more[i];
    }

    /** Kinds that occurred, in the order of the kinds. */
    Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (SecretKind kind : SecretKind.values())
            if (counts[kind.ordinal()] > 0) all.put(kind.key(), counts[kind.ordinal()]);
        return all;
    }
}

package io.tierdrill.recorder.redact;

import java.util.LinkedHashMap;
import java.util.Map;

/** How much of each kind was masked. One thread. */
final class MaskedCounts {
    private static final SecretKind[] KINDS = SecretKind.values();
    private static final byte[] NOTHING = {};

    private final long[] counts = new long[KINDS.length];

    void add(SecretKind kind) {
        counts[kind.ordinal()]++;
    }

    /** Adds what {@link #since} told. */
    void add(byte[] kinds, int from, int to) {
        for (int i = from; i < to; i++) counts[kinds[i]]++;
    }

    long[] copy() {
        return counts.clone();
    }

    /** What was added since the copy was made: a kind for each time. */
    byte[] since(long[] before) {
        long added = 0;
        for (int kind = 0; kind < counts.length; kind++) added += counts[kind] - before[kind];
        if (added == 0) return NOTHING;
        byte[] kinds = new byte[Math.toIntExact(added)];
        int at = 0;
        for (int kind = 0; kind < counts.length; kind++)
            for (long i = before[kind]; i < counts[kind]; i++) kinds[at++] = (byte) kind;
        return kinds;
    }

    /** Kinds that occurred, in the order of the kinds. */
    Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (SecretKind kind : KINDS) if (counts[kind.ordinal()] > 0) all.put(kind.key(), counts[kind.ordinal()]);
        return all;
    }
}

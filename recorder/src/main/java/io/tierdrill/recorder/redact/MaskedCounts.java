package io.tierdrill.recorder.redact;

import java.util.LinkedHashMap;
import java.util.Map;

/** How much of each kind was masked. One thread. */
final class MaskedCounts {
    private final long[] counts = new long[SecretKind.values().length];

    void add(SecretKind kind) {
        counts[kind.ordinal()]++;
    }

    /** Kinds that occurred, in the order of the kinds. */
    Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (SecretKind kind : SecretKind.values())
            if (counts[kind.ordinal()] > 0) all.put(kind.key(), counts[kind.ordinal()]);
        return all;
    }
}

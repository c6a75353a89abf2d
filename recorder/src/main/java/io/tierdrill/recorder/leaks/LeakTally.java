package io.tierdrill.recorder.leaks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what was found, by kind, and keeps where the first was. One thread. */
final class LeakTally {
    private static final int MOST_SHOWN = 4;

    private final Map<String, Leak> byKind = new LinkedHashMap<>();
    private long record;

    /** The request that is looked at from now on; 0, the metadata, before the first. */
    void request(long number) {
        record = number;
    }

    void found(String kind, String field, String value) {
        // Of a short one, not even most is shown.
        String shown =
                value.substring(0, Math.min(MOST_SHOWN, value.length() / 2)).replaceAll("\\p{Cntrl}", " ");
        Leak first = byKind.getOrDefault(kind, new Leak(kind, 0, record, field, shown));
        byKind.put(kind, new Leak(kind, first.count() + 1, first.record(), first.field(), first.shown()));
    }

    List<Leak> leaks() {
        return new ArrayList<>(byKind.values());
    }
}

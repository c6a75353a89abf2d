package io.tierdrill.recorder.packets.account;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts by names that come from the wire; of very many the later ones share a count. One thread. */
final class NameCounts {
    private static final int MOST_NAMES = 200;
    private static final String OTHERS = "(others)";

    private final Map<String, Long> counts = new LinkedHashMap<>();

    void add(String name) {
        boolean room = counts.containsKey(name) || counts.size() < MOST_NAMES;
        counts.merge(room ? name : OTHERS, 1L, Long::sum);
    }

    Map<String, Long> counts() {
        return counts;
    }
}

package io.tierdrill.model.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each key came, exactly up to a number of keys, beyond it for frequent keys: when the table is full, the
 * median count is taken off all and what falls to zero is forgotten (Anderson et al., A High-Performance Algorithm for
 * Identifying Frequent Items in Data Streams, IMC 2017). A key that came often enough to stay is then off by at most the
 * sum of what was taken. Also bounded in characters. One thread.
 */
final class KeyCounts {
    static final int MOST_KEYS = 250_000;

    private static final long MOST_CHARACTERS = 32L << 20;
    private static final int LONGEST_KEY = 1000;

    private final int mostKeys;
    private final Map<String, long[]> counts = new HashMap<>();
    private long characters;
    private long total;
    private long takenOff;
    private long distinct;

    KeyCounts(int mostKeys) {
        if (mostKeys < 2) throw new IllegalArgumentException("mostKeys must be 2 or more, was " + mostKeys);
        this.mostKeys = mostKeys;
    }

    void add(String key) {
        total++;
        String kept = key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) : key;
        long[] count = counts.get(kept);
        if (count != null) count[0]++;
        else insert(kept);
    }

    /** Keys seen; at least so many when not {@link #exact}. */
    long distinct() {
        return distinct;
    }

    boolean exact() {
        return takenOff == 0;
    }

    /** All keys that were added, whether their counts are known or not. */
    long total() {
        return total;
    }

    /** The most frequent keys, ties by name. */
    List<Map.Entry<String, Long>> top(int most) {
        return counts.entrySet().stream()
                .map(e -> Map.entry(e.getKey(), e.getValue()[0] + takenOff))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .toList();
    }

    /** Every key known, most frequent first. */
    Map<String, Long> descending() {
        Map<String, Long> all = new LinkedHashMap<>();
        top(Integer.MAX_VALUE).forEach(e -> all.put(e.getKey(), e.getValue()));
        return all;
    }

    /** The counts known, largest first. */
    long[] sortedCounts() {
        long[] sorted = counts.values().stream()
                .mapToLong(c -> -c[0] - takenOff)
                .sorted()
                .toArray();
        for (int i = 0; i < sorted.length; i++) sorted[i] = -sorted[i];
        return sorted;
    }

    private void insert(String key) {
        if (counts.size() >= mostKeys || characters + key.length() > MOST_CHARACTERS) takeOffMedian();
        counts.put(key, new long[] {1});
        characters += key.length();
        distinct = Math.max(distinct, counts.size());
    }

    private void takeOffMedian() {
        long[] sorted = counts.values().stream().mapToLong(c -> c[0]).toArray();
        Arrays.sort(sorted);
        long median = sorted[sorted.length / 2];
        takenOff += median;
        counts.values().forEach(c -> c[0] -= median);
        counts.values().removeIf(c -> c[0] <= 0);
        characters = counts.keySet().stream().mapToLong(String::length).sum();
    }
}

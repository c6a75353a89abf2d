package io.tierdrill.load.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One user's values under one rule. A recorded value that is sent for the first time meets the newest value that none
 * has met yet, and keeps it: whoever makes two orders and pays for both, pays for both. Bounded: of values nobody sends
 * the oldest are forgotten, of pairs those made first.
 */
final class Pairing {
    private static final int MOST_UNMET = 16;
    private static final int MOST_PAIRS = 32;

    private final Deque<String> unmet = new ArrayDeque<>();
    private final Map<String, String> pairs = new LinkedHashMap<>();
    private Optional<String> newest = Optional.empty();

    /** A value was taken from an answer. */
    void take(String value) {
        newest = Optional.of(value);
        if (unmet.contains(value) || pairs.containsValue(value)) return;
        unmet.addLast(value);
        if (unmet.size() > MOST_UNMET) unmet.removeFirst();
    }

    Optional<String> newest() {
        return newest;
    }

    /** What to send instead of the recorded value; nothing while no value was taken. */
    Optional<String> instead(String recorded) {
        String met = pairs.get(recorded);
        if (met != null) return Optional.of(met);
        if (newest.isEmpty()) return Optional.empty();
        String value = unmet.isEmpty() ? newest.get() : unmet.removeLast();
        pairs.put(recorded, value);
        if (pairs.size() > MOST_PAIRS) pairs.remove(pairs.keySet().iterator().next());
        return Optional.of(value);
    }

    /** Characters it holds, for the account of memory. */
    long characters() {
        long sum = newest.map(String::length).orElse(0);
        for (String value : unmet) sum += value.length();
        for (Map.Entry<String, String> pair : pairs.entrySet())
            sum += pair.getKey().length() + pair.getValue().length();
        return sum;
    }
}

package io.tierdrill.load.replay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Users who send so much that they can be no person: a crowd behind one address, a monitor, or a source that tells no
 * clients at all. Taking or leaving one of them whole would make a rate jump, so they are sampled by request. Found are
 * all who send more than an eighth, and nobody who sends less than a tenth; constant memory (Misra and Gries, Finding
 * repeated elements, 1982). One thread.
 */
final class HeavyUsers {
    private static final double SHARE = 0.125;
    /** An estimate is low by at most one in this many of all. */
    private static final int COUNTERS = 40;

    private final Map<String, long[]> counts = new HashMap<>();
    private long total;

    void add(String user) {
        total++;
        long[] count = counts.get(user);
        if (count != null) count[0]++;
        else if (counts.size() < COUNTERS) counts.put(user, new long[] {1});
        else counts.values().removeIf(c -> --c[0] == 0);
    }

    Set<String> found() {
        Set<String> found = new HashSet<>();
        counts.forEach((user, count) -> {
            if (count[0] > (SHARE - 1.0 / COUNTERS) * total) found.add(user);
        });
        return found;
    }
}

package io.tierdrill.scenarios.evaluate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the rest will take: what it should, times how much longer what is done took than it should have. Belongs to
 * one thread.
 */
final class Pace {
    /** A stack goes up and comes down, and the verdict is asked: on a calm machine with two processors. */
    private static final double AROUND_SECONDS = 6;

    private final Map<String, Double> open = new LinkedHashMap<>();
    private double shouldHave;
    private double took;

    /**
     * @param work a name for it; the same work is planned once
     * @param sending for how long requests are sent in it
     */
    void plan(String work, Duration sending) {
        open.put(work, AROUND_SECONDS + sending.toNanos() / 1e9);
    }

    /** These were done in that time, together. What is not planned is not counted. */
    void did(List<String> works, double seconds) {
        double planned = 0;
        for (String work : works) {
            Double one = open.remove(work);
            if (one != null) planned += one;
        }
        if (planned == 0) return;
        shouldHave += planned;
        took += seconds;
    }

    Duration left() {
        double planned = open.values().stream().mapToDouble(s -> s).sum();
        double slower = shouldHave == 0 ? 1 : took / shouldHave;
        return Duration.ofMillis(Math.round(1e3 * planned * slower));
    }
}

package io.tierdrill.lb.net;

import io.tierdrill.model.config.ConfigNode;
import java.time.Duration;

/** Settings that are durations above zero: timeouts and intervals. */
public final class PositiveDuration {
    private PositiveDuration() {}

    /** Reads it; zero becomes a problem and reads as {@code otherwise}. */
    public static Duration read(ConfigNode node, String key, Duration otherwise) {
        Duration found = node.duration(key, otherwise);
        if (!found.isZero()) return found;
        node.problem(key, "must be above zero", "Write a duration such as 250ms or 1.5s.");
        return otherwise;
    }

    /** For a record that checks itself. */
    public static void check(String name, Duration value) {
        if (value.isZero() || value.isNegative())
            throw new IllegalArgumentException(name + " must be above zero, was " + value);
    }
}

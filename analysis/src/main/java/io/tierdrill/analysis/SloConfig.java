package io.tierdrill.analysis;

import io.tierdrill.analysis.observed.Objective;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the stack must hold, as written under {@code slo:} in a scenario.
 *
 * @param p99 the 99th percentile of latency, counted from the due time, must not be above this
 * @param errors the ratio of requests that may fail, 0 to 1
 * @param rate answers a second that must be held; where it is not written, the rate that was offered
 */
public record SloConfig(Duration p99, double errors, Optional<Double> rate) {
    private static final Duration DEFAULT_P99 = Duration.ofMillis(250);
    private static final double DEFAULT_ERRORS = 0.001;

    public SloConfig {
        if (p99.isNegative() || p99.isZero()) throw new IllegalArgumentException("p99 must be above 0, was " + p99);
        if (!(errors >= 0 && errors <= 1))
            throw new IllegalArgumentException("errors must be from 0 to 1, was " + errors);
        rate.ifPresent(r -> {
            if (!(r > 0)) throw new IllegalArgumentException("rate must be above 0, was " + r);
        });
    }

    /** Reads and finishes the node; what is wrong becomes a problem there and reads as its default. */
    public static SloConfig from(ConfigNode node) {
        Duration p99 = node.duration("p99", DEFAULT_P99);
        if (p99.isZero()) {
            node.problem("p99", "must be above 0", "Write the longest p99 you accept, such as 250ms.");
            p99 = DEFAULT_P99;
        }
        SloConfig config = new SloConfig(p99, node.number("errors", DEFAULT_ERRORS, 0, 1), node.rate("rate"));
        node.finish();
        return config;
    }

    /** The settings with their defaults written out; {@link #from} reads them back to the same record. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("p99", DurationText.format(p99));
        map.put("errors", errors);
        rate.ifPresent(r -> map.put("rate", r));
        return map;
    }

    Objective objective() {
        return new Objective(p99.toNanos(), errors, rate);
    }
}

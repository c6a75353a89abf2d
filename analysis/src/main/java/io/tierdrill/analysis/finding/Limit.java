package io.tierdrill.analysis.finding;

import java.util.Optional;

/**
 * A limit with headroom.
 *
 * @param title tier and resource for people, in one phrase
 * @param share how much of it was used, 0 to 1
 * @param atPerSecond the rate at which it would be full by the utilisation law; a forecast, not a measurement, and
 *     absent where it would lie far beyond what was tested
 */
public record Limit(
        String tier,
        String resource,
        String title,
        double share,
        Optional<Double> atPerSecond,
        Optional<String> setting) {}

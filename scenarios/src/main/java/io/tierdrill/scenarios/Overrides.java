package io.tierdrill.scenarios;

import io.tierdrill.load.live.LiveConfig;
import java.time.Duration;
import java.util.Optional;

/** What the command line says over the scenario's head. */
public record Overrides(
        Optional<Double> scale, Optional<Duration> duration, Optional<Long> seed, Optional<LiveConfig> live) {

    /** The scenario as it is written. */
    public static Overrides none() {
        return new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}

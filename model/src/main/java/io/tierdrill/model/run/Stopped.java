package io.tierdrill.model.run;

import java.util.Optional;

/**
 * That a run ended before its schedule did. What was done until then is measured like any run: every request that was
 * sent was waited for.
 *
 * @param atSeconds of the measured time, when sending stopped; zero where it stopped in the warm-up
 * @param ofSeconds the measured time as planned
 * @param rule the rule of {@code abortOn} that was broken; empty where somebody asked the run to end (Ctrl-C, SIGTERM)
 * @param found what broke the rule: when and with which figures; empty without one
 */
public record Stopped(double atSeconds, double ofSeconds, Optional<String> rule, Optional<String> found) {
    public Stopped {
        if (rule.isPresent() != found.isPresent())
            throw new IllegalArgumentException("rule and found must both be there or neither");
    }
}

package io.tierdrill.scenarios.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.analysis.capacity.RateInterval;
import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.Limit;
import io.tierdrill.scenarios.Overrides;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.ScenarioFile;
import io.tierdrill.scenarios.StackSetting;
import io.tierdrill.scenarios.capacity.CapacityReport.Experimented;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The stack is a formula here: what an experiment must conclude of it is then known. */
class LimitExperimentTest {
    private static final double CAPACITY = 400;
    private static final StackSetting CONCURRENCY = new StackSetting("stack.service.concurrency");
    private static final StackSetting POOL = new StackSetting("stack.l7.connectionsPerUpstream");

    @Test
    void confirmsALimitThatTheCapacityFollows() throws Exception {
        Experimented done = experiment(s -> 100 * CONCURRENCY.of(s).orElseThrow());

        assertThat(done.confirmed()).isTrue();
        assertThat(done.suspect().elasticity()).isCloseTo(1, within(0.01));
        assertThat(done.runnerUp().orElseThrow().elasticity()).isZero();
        assertThat(done.sentence())
                .isEqualTo("stack.service.concurrency 4→5 moved capacity +25 %, 4→3 moved capacity −25 % (elasticity"
                        + " 1.00); stack.l7.connectionsPerUpstream 256→320 moved capacity +0 %, 256→204 moved capacity"
                        + " +0 % (elasticity 0.00)");
        assertThat(LimitExperiment.proof(done).capacityChange()).isCloseTo(0.25, within(0.001));
    }

    @Test
    void doesNotConfirmASuspectThatTheCapacityIgnores() throws Exception {
        Experimented done = experiment(s -> CAPACITY * POOL.of(s).orElseThrow() / 256);

        assertThat(done.confirmed()).isFalse();
        assertThat(LimitExperiment.proof(done).confirmed()).isFalse();
    }

    @Test
    void doesNotConfirmWhenBothMatterAlike() throws Exception {
        Experimented done = experiment(s -> CAPACITY
                * Math.min(CONCURRENCY.of(s).orElseThrow() / 4, POOL.of(s).orElseThrow() / 256)
                * Math.sqrt(POOL.of(s).orElseThrow() / 256));

        assertThat(done.confirmed()).isFalse();
    }

    private static Experimented experiment(ToDoubleFunction<Scenario> stack) throws Exception {
        Scenario scenario = ScenarioFile.read(Path.of("plants", "service-concurrency.yaml"), Overrides.none());
        var experiment = new LimitExperiment(scenario, CAPACITY, (moved, name) -> {
            double rate = stack.applyAsDouble(moved);
            return Optional.of(new RateInterval(rate, rate, rate));
        });
        var next = new Limit("l7", "pool", "l7 pool", 0.4, Optional.empty(), Optional.of(POOL.path()));
        return experiment.run(suspect(), Optional.of(next), List.of()).orElseThrow();
    }

    private static Bottleneck suspect() {
        return new Bottleneck(
                "service",
                Optional.empty(),
                "concurrency",
                "concurrency",
                Optional.of(4.0),
                Optional.of(CONCURRENCY.path()),
                Optional.empty(),
                "service concurrency",
                Confidence.SUSPECTED,
                List.of("all 4 taken"),
                "more");
    }
}

package io.tierdrill.profiler.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.ResourceSample;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTextTest {
    private static final InstanceId L7 = new InstanceId("l7", 2);

    private static final String PAGE = """
            # HELP jvm_memory_used_bytes The amount of used memory
            # TYPE jvm_memory_used_bytes gauge
            jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.2345E7
            # TYPE tierdrill_tier_arrivals_total counter
            tierdrill_tier_arrivals_total{instance="l7/2",tier="l7"} 1000012.0
            tierdrill_tier_completions_total{instance="l7/2",tier="l7"} 1.000002E6
            tierdrill_tier_errors_total{instance="l7/2",tier="l7"} 3.0
            tierdrill_tier_in_flight{instance="l7/2",tier="l7"} 10.0
            tierdrill_tier_queued{instance="l7/2",tier="l7"} 4.0
            tierdrill_tier_residence_seconds_total{instance="l7/2",tier="l7"} 12.5
            tierdrill_tier_queue_seconds_total{instance="l7/2",tier="l7"} 2.5
            tierdrill_tier_downstream_seconds_total{instance="l7/2",tier="l7"} 9.25
            # TYPE tierdrill_resource_capacity gauge
            tierdrill_resource_capacity{instance="l7/2",kind="pool",resource="upstream-pool",setting="stack.l7.connectionsPerUpstream",tier="l7"} 32.0
            tierdrill_resource_used{instance="l7/2",kind="pool",resource="upstream-pool",setting="stack.l7.connectionsPerUpstream",tier="l7"} 31.0
            tierdrill_resource_waiters{instance="l7/2",kind="pool",resource="upstream-pool",setting="stack.l7.connectionsPerUpstream",tier="l7"} 4.0
            tierdrill_resource_drops_total{instance="l7/2",kind="pool",resource="upstream-pool",setting="stack.l7.connectionsPerUpstream",tier="l7"} 7.0
            tierdrill_resource_capacity{instance="l7/2",kind="accept-queue",resource="backlog",setting="",tier="l7"} 128
            # EOF
            """;

    @Test
    void readsTheFlowAndTheResourcesOfAnInstance() {
        assertThat(MetricText.samples(L7, 42, PAGE))
                .containsExactly(
                        new TierSample(42, L7, 1_000_012, 1_000_002, 3, 10, 4, 12.5, 2.5, 9.25),
                        new ResourceSample(
                                42,
                                L7,
                                "upstream-pool",
                                ResourceKind.POOL,
                                32,
                                31,
                                4,
                                7,
                                "stack.l7.connectionsPerUpstream"),
                        new ResourceSample(42, L7, "backlog", ResourceKind.ACCEPT_QUEUE, 128, 0, 0, 0, ""));
    }

    @Test
    void readsSignals() {
        String page = "tierdrill_signal_picks_total{tier=\"l7\",instance=\"l7/2\",of=\"127.0.4.1:80\"} 7\n"
                + "tierdrill_l7_retries_total{tier=\"l7\",instance=\"l7/2\"} 3\n"
                + "tierdrill_signal_of_a_later_version{tier=\"l7\",instance=\"l7/2\"} 3\n";

        assertThat(MetricText.samples(L7, 42, page))
                .containsExactly(
                        new SignalSample(42, L7, Signal.PICKS, "127.0.4.1:80", 7),
                        new SignalSample(42, L7, Signal.RETRIES, "", 3));
    }

    @Test
    void skipsSeriesOfOtherInstances() {
        assertThat(MetricText.samples(new InstanceId("l7", 1), 42, PAGE)).isEmpty();
        assertThat(MetricText.samples(new InstanceId("l4", 2), 42, PAGE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "{tier=\"l7\"}", "{tier=\"l7\",instance=\"2\"}", "{instance=\"l7/2\"}"})
    void takesSeriesThatDoNotSayWhoseTheyAreAsThoseOfWhomItAsked(String labels) {
        String page = "tierdrill_tier_arrivals_total%1$s 5\ntierdrill_tier_completions_total%1$s 3".formatted(labels);

        assertThat(MetricText.samples(L7, 1, page)).containsExactly(new TierSample(1, L7, 5, 3, 0, 2, 0, 0, 0, 0));
    }

    @Test
    void makesUpNoFlowWhereATierDoesNotCountBothEnds() {
        assertThat(MetricText.samples(L7, 1, "tierdrill_tier_arrivals_total 5\n"))
                .isEmpty();
        assertThat(MetricText.samples(L7, 1, "tierdrill_tier_completions_total 5\n"))
                .isEmpty();
        assertThat(MetricText.samples(L7, 1, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "+Inf", "many"})
    void yieldsNoResourceWithoutALimit(String capacity) {
        String line = "tierdrill_resource_capacity{resource=\"pool\",kind=\"pool\"} " + capacity + "\n";

        assertThat(MetricText.samples(L7, 1, line)).isEmpty();
    }

    @Test
    void yieldsNoResourceOfAKindOfALaterVersion() {
        assertThat(MetricText.samples(L7, 1, "tierdrill_resource_capacity{resource=\"a\",kind=\"aura\"} 1\n"))
                .isEmpty();
    }

    @Test
    void undoesTheEscapesOfLabels() {
        String line =
                "m{a=\"back\\\\slash\",b=\"a \\\"quote\\\"\",c=\"line\\nfeed\",d=\"} 1 {,=\",e=\"ü\"} 2.5 1700000";

        assertThat(MetricLine.parse(line))
                .contains(new MetricLine(
                        "m",
                        Map.of("a", "back\\slash", "b", "a \"quote\"", "c", "line\nfeed", "d", "} 1 {,=", "e", "ü"),
                        2.5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m 1",
                "m{} 1",
                "m{ } 1.0",
                "m\t1",
                "m 1 1700000000",
                "m{} 1 # {trace_id=\"x\"} 0.5",
                "m{a=\"b\",} 1",
                "m 1\r"
            })
    void readsEveryWayToWriteALine(String line) {
        assertThat(MetricLine.parse(line).orElseThrow().name()).isEqualTo("m");
        assertThat(MetricLine.parse(line).orElseThrow().value()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "m",
                "m ",
                "m{",
                "m{a",
                "m{a=",
                "m{a=\"",
                "m{a=\"b",
                "m{a=\"b\"",
                "m{a=\"b\"}",
                "m x",
                "=",
                "m{a=b} 1"
            })
    void skipsWhatIsNoLineOfMetrics(String line) {
        assertThat(MetricLine.parse(line)).isEmpty();
    }
}

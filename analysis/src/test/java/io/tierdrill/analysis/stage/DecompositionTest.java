package io.tierdrill.analysis.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.Mode;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DecompositionTest {
    private static final Topology STACK = new Topology(
            Mode.EMBEDDED,
            List.of(
                    new Topology.Node("dns", TierKind.DNS, List.of(), false),
                    new Topology.Node("l4", TierKind.L4, List.of(), false),
                    new Topology.Node("edge", TierKind.L7, List.of(), false),
                    new Topology.Node("inner", TierKind.L7, List.of(), false),
                    new Topology.Node("service", TierKind.SERVICE, List.of(), false)),
            Map.of());

    private static long ms(double ms) {
        return Math.round(ms * 1e6);
    }

    /** lateness 1, dns 2, connect 3, path 4, edge queue 5 and own 6, gap 7, inner own 8, gap 9, service 10 and 11. */
    private static RequestSample chain(int i) {
        return request(
                i,
                66,
                Map.of(
                        "edge", ms(56),
                        "edge-queue", ms(5),
                        "edge-downstream", ms(45),
                        "inner", ms(38),
                        "inner-downstream", ms(30),
                        "service", ms(21),
                        "service-queue", ms(10)));
    }

    private static RequestSample request(int i, double latency, Map<String, Long> stages) {
        long due = ms(i);
        return new RequestSample(due, due + ms(1), due + ms(latency), ms(2), ms(3), Outcome.OK, 200, 10, stages);
    }

    @Test
    void whatARequestWasHeldIsAPieceOfItsOwnAndNoPathOfItsWay() {
        StageTable table = of(4000, i -> {
            RequestSample s = request(i, 66, Map.of("edge", ms(40)));
            return new RequestSample(
                    s.dueNanos(),
                    s.sentNanos(),
                    s.doneNanos(),
                    ms(16),
                    s.dnsNanos(),
                    s.connectNanos(),
                    Outcome.OK,
                    200,
                    10,
                    s.stages());
        });

        assertThat(table.rows())
                .extracting(StageTable.Row::stage, StageTable.Row::label, StageTable.Row::medianMicros)
                .startsWith(
                        tuple("lateness", "injector late", 1000.0),
                        tuple("held", "held for its user or a connection", 16000.0),
                        tuple("dns", "DNS lookup", 2000.0),
                        tuple("connect", "connect, through l4", 3000.0),
                        tuple("path", "path to edge, through l4", 4000.0));
    }

    private static StageTable of(int n, IntFunction<RequestSample> each) {
        Requests requests = new Requests();
        for (int i = 0; i < n; i++) requests.add(each.apply(i));
        return Decomposition.of(requests, STACK);
    }

    @Test
    void splitsARequestAlongAnyChainOfTiers() {
        StageTable table = of(4000, DecompositionTest::chain);

        assertThat(table.rows())
                .extracting(StageTable.Row::stage, StageTable.Row::tailMicros)
                .containsExactly(
                        tuple("lateness", 1000.0),
                        tuple("dns", 2000.0),
                        tuple("connect", 3000.0),
                        tuple("path", 4000.0),
                        tuple("edge-queue", 5000.0),
                        tuple("edge-own", 6000.0),
                        tuple("edge-gap", 7000.0),
                        tuple("inner-own", 8000.0),
                        tuple("inner-gap", 9000.0),
                        tuple("service-queue", 10000.0),
                        tuple("service-own", 11000.0),
                        tuple("unattributed", 0.0));
        assertThat(table.faults()).isEmpty();
    }

    @Test
    void addsUpToTheLatencyWhateverTheTiersSay() {
        RandomGenerator chance = new Seeds(3).stream("stages");
        StageTable table = of(5000, i -> {
            double latency = 10 + 500 * chance.nextDouble();
            if (i % 7 == 0) return request(i, latency, Map.of());
            if (i % 11 == 0) return request(i, latency, Map.of("edge", ms(latency / 2), "edge-downstream", ms(3)));
            return request(
                    i,
                    latency,
                    Map.of(
                            "edge",
                            ms(latency / 2),
                            "edge-downstream",
                            ms(latency / 3),
                            "inner",
                            ms(latency * chance.nextDouble())));
        });

        double sum =
                table.rows().stream().mapToDouble(StageTable.Row::tailMicros).sum();
        double shares =
                table.rows().stream().mapToDouble(StageTable.Row::tailShare).sum();
        assertThat(sum).isCloseTo(table.tail().orElseThrow().meanMicros(), Offset.offset(5.0));
        assertThat(shares).isCloseTo(1, Offset.offset(1e-4));
    }

    @Test
    void givesToNobodyWhatNoTierReported() {
        StageTable table = of(4000, i -> request(i, 40, Map.of()));

        StageTable.Row last = table.rows().get(table.rows().size() - 1);
        assertThat(last.stage()).isEqualTo("unattributed");
        assertThat(last.tailMicros()).isEqualTo(34_000);
        assertThat(last.tailShare()).isEqualTo(0.85);
    }

    @Test
    void saysThatAGapBelowZeroIsAFaultOfTheInstruments() {
        StageTable table = of(
                4000,
                i -> request(
                        i,
                        66,
                        Map.of("edge", ms(56), "edge-downstream", ms(30), "inner", ms(i % 10 == 0 ? 32.5 : 20))));

        assertThat(table.faults())
                .containsExactly("instrumentation fault: 'edge to inner, network and sockets' is below zero in 10 %"
                        + " of requests, down to -2.5 ms");
    }

    @Test
    void groupsNoSlowRequestsWhereThereAreTooFewForAP99() {
        assertThat(of(2999, DecompositionTest::chain).tail()).isEmpty();
        assertThat(of(2999, DecompositionTest::chain).median()).isPresent();
        assertThat(of(99, DecompositionTest::chain).median()).isEmpty();
    }

    @Test
    void groupsAroundTheMedianAndAroundTheP99() {
        StageTable table = of(10_000, i -> request(i, 10 + i * 0.01, Map.of()));

        assertThat(table.median().orElseThrow().meanMicros()).isCloseTo(60_000, Offset.offset(50.0));
        assertThat(table.tail().orElseThrow().meanMicros()).isCloseTo(109_000, Offset.offset(50.0));
        assertThat(table.tail().orElseThrow().requests()).isEqualTo(100);
    }
}

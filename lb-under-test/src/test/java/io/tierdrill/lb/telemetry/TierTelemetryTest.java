package io.tierdrill.lb.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.Await;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierTelemetryTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private TierTelemetry telemetry;

    @BeforeEach
    void start() throws IOException {
        telemetry = TierTelemetry.start(new InstanceId("l7", 2), InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() {
        telemetry.close();
    }

    @Test
    void tellsTheFlowUnderTheNamesTheProfilerReads() throws Exception {
        telemetry.arrive();
        telemetry.arrive();
        telemetry.arrive();
        telemetry.enqueue();
        telemetry.enqueue();
        telemetry.dequeue(500_000_000);
        telemetry.downstream(250_000_000);
        telemetry.error();
        telemetry.complete(1_500_000_000);

        assertThat(series("/metrics"))
                .containsExactlyInAnyOrder(
                        "tierdrill_tier_arrivals_total{instance=\"l7/2\",tier=\"l7\"} 3.0",
                        "tierdrill_tier_completions_total{instance=\"l7/2\",tier=\"l7\"} 1.0",
                        "tierdrill_tier_errors_total{instance=\"l7/2\",tier=\"l7\"} 1.0",
                        "tierdrill_tier_in_flight{instance=\"l7/2\",tier=\"l7\"} 2.0",
                        "tierdrill_tier_queued{instance=\"l7/2\",tier=\"l7\"} 1.0",
                        "tierdrill_tier_residence_seconds_total{instance=\"l7/2\",tier=\"l7\"} 1.5",
                        "tierdrill_tier_queue_seconds_total{instance=\"l7/2\",tier=\"l7\"} 0.5",
                        "tierdrill_tier_downstream_seconds_total{instance=\"l7/2\",tier=\"l7\"} 0.25");
    }

    @Test
    void tellsEveryDeclaredLimitWithItsSetting() throws Exception {
        telemetry.resource(
                "pool", ResourceKind.POOL, 100, "stack.l7.connectionsPerUpstream", () -> 7, () -> 3, () -> 2);

        String labels =
                "{instance=\"l7/2\",kind=\"pool\",resource=\"pool\",setting=\"stack.l7.connectionsPerUpstream\",tier=\"l7\"}";
        assertThat(series("/metrics"))
                .contains(
                        "tierdrill_resource_capacity" + labels + " 100.0",
                        "tierdrill_resource_used" + labels + " 7.0",
                        "tierdrill_resource_waiters" + labels + " 3.0",
                        "tierdrill_resource_drops_total" + labels + " 2.0");
    }

    @Test
    void scrapesOnlyTheNamesAskedFor() throws Exception {
        assertThat(series("/metrics?name[]=tierdrill_tier_arrivals_total&name%5B%5D=tierdrill_tier_in_flight"))
                .containsExactlyInAnyOrder(
                        "tierdrill_tier_arrivals_total{instance=\"l7/2\",tier=\"l7\"} 0.0",
                        "tierdrill_tier_in_flight{instance=\"l7/2\",tier=\"l7\"} 0.0");
    }

    @Test
    void hasTheMetricsOfWhatRunsWithinItOnItsPage() throws Exception {
        telemetry.beside(
                () -> "# HELP other_total Of another.\n# TYPE other_total counter\nother_total{a=\"b c\"} 7\n");
        telemetry.beside(() -> "# TYPE third gauge\nthird 1\n");

        assertThat(get("/metrics"))
                .endsWith("\n# HELP other_total Of another.\n# TYPE other_total counter\n"
                        + "other_total{a=\"b c\"} 7\n# TYPE third gauge\nthird 1\n");
        assertThat(get("/metrics?name[]=other_total").lines())
                .containsExactly(
                        "# HELP other_total Of another.", "# TYPE other_total counter", "other_total{a=\"b c\"} 7");
        assertThat(get("/samples")).doesNotContain("other", "third");
    }

    @Test
    void servesTheSameFiguresAsBareLines() throws Exception {
        telemetry.resource("a\"b\\c", ResourceKind.TABLE, 0.125, "", () -> 1e12, () -> -2.5, () -> 4_000_000_000L);
        LongAdder retries = telemetry.counter("tierdrill_l7_retries_total");
        retries.add(41);
        telemetry.arrive();
        telemetry.complete(1_500_000_007);
        Map<String, Double> metrics = figures("/metrics");

        Map<String, Double> samples = figures("/samples");

        assertThat(samples).isEqualTo(metrics).hasSize(8 + 4 + 1);
        retries.add(1);
        assertThat(figures("/samples")).isNotEqualTo(samples).isEqualTo(figures("/metrics"));
    }

    @Test
    void tellsSignalsToWhoeverAsksForThem() throws Exception {
        telemetry.count(Signal.TLS_HANDSHAKES).add(3);
        telemetry.signal(Signal.PICKS, "127.0.4.1:80", () -> 7);
        telemetry.signal(Signal.PICKS, "127.0.4.2:80", () -> 9);

        assertThat(get("/samples")).doesNotContain("picks");
        assertThat(series("/samples?signals"))
                .contains(
                        "tierdrill_signal_tls_handshakes_total{tier=\"l7\",instance=\"l7/2\"} 3",
                        "tierdrill_signal_picks_total{tier=\"l7\",instance=\"l7/2\",of=\"127.0.4.1:80\"} 7")
                .hasSize(8 + 3);
        assertThat(figures("/samples?signals")).isEqualTo(figures("/metrics"));
    }

    @Test
    void hearsOnlyTheLastWhoTellsTheSameSignal() throws Exception {
        telemetry.signal(Signal.PICKS, "127.0.4.1:80", () -> 7);
        figures("/metrics");
        telemetry.signal(Signal.PICKS, "127.0.4.1:80", () -> 1);

        assertThat(figures("/metrics")).hasSize(8 + 1).containsValue(1.0).doesNotContainValue(7.0);
        assertThat(figures("/samples?signals")).isEqualTo(figures("/metrics"));
    }

    @Test
    void tellsWhatTheCollectorOfItsJvmDid() throws Exception {
        telemetry.jvm();
        Await.until("a collection is counted", () -> {
            System.gc();
            return figure("tierdrill_signal_collections_total") > 0;
        });

        assertThat(figure("tierdrill_signal_heap_used")).isBetween(1e5, figure("tierdrill_signal_heap_limit"));
        assertThat(figure("tierdrill_signal_collector_seconds_total")).isGreaterThanOrEqualTo(0);
    }

    @ParameterizedTest
    @CsvSource({
        "Copy,true",
        "MarkSweepCompact,true",
        "G1 Young Generation,true",
        "G1 Concurrent GC,false",
        "ZGC Major Cycles,false",
        "ZGC Major Pauses,true",
        "Shenandoah Pauses,true",
        "Shenandoah Cycles,false"
    })
    void countsOnlyTimeInWhichTheCollectorStopsTheProgram(String collector, boolean stops) {
        assertThat(JvmSignals.stops(collector)).isEqualTo(stops);
    }

    private double figure(String name) {
        try {
            return series("/samples?signals").stream()
                    .filter(line -> line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .findFirst()
                    .orElseThrow();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void refusesWhatItDoesNotServe() throws Exception {
        assertThat(status("/secret", "GET")).isEqualTo(404);
        assertThat(status("/metrics", "DELETE")).isEqualTo(405);
        assertThat(status("/metrics?" + "x".repeat(9000), "GET")).isEqualTo(431);
    }

    @Test
    void saysThatItIsAlive() throws Exception {
        assertThat(get("/healthz")).isEqualTo("ok\n");
    }

    @Test
    void runsOnDaemonThreadsThatEndWithIt() {
        assertThat(threads("l7-2-admin")).allMatch(Thread::isDaemon).hasSize(1);
        telemetry.close();
        Await.until("its thread is gone", () -> threads("l7-2-admin").isEmpty());
    }

    /** The labels of a line in order of their names; Micrometer sorts them, the bare page does not. */
    private Map<String, Double> figures(String path) throws Exception {
        return series(path).stream()
                .collect(Collectors.toMap(
                        line -> line.replaceAll("\\{.*", "")
                                + Stream.of(line.replaceAll("^[^{]*\\{|} [^ ]*$", "")
                                                .split(","))
                                        .sorted()
                                        .toList(),
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))));
    }

    private int status(String path, String method) throws Exception {
        URI uri = URI.create("http:/" + telemetry.admin() + path);
        return client.send(
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static List<Thread> threads(String name) {
        Set<Thread> all = Thread.getAllStackTraces().keySet();
        return all.stream().filter(t -> t.getName().equals(name)).toList();
    }

    private List<String> series(String path) throws Exception {
        return get(path).lines().filter(l -> !l.startsWith("#")).toList();
    }

    private String get(String path) throws Exception {
        String raw = path.replace("[]", "%5B%5D");
        URI uri = URI.create("http:/" + telemetry.admin() + raw);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}

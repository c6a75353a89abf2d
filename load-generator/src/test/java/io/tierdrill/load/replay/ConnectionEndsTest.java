package io.tierdrill.load.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.prepare.Reuse;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.model.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionEndsTest {
    private static final long SECOND = 1_000_000_000;
    private static final Duration LONG = Duration.ofHours(10);

    @TempDir
    Path folder;

    private static RequestRecord on(double second, String client, String connection) {
        return new RequestRecord(
                Math.round(second * SECOND),
                client,
                connection,
                "",
                "http",
                "GET",
                "",
                "/",
                List.of(),
                Body.none(),
                Optional.empty());
    }

    private Path trace(List<RequestRecord> requests) throws IOException {
        Path file = folder.resolve("t.trace");
        try (TraceWriter writer = TraceWriter.create(file, new TraceHeader(Instant.EPOCH, "test", Map.of()))) {
            for (RequestRecord r : requests) writer.write(r);
        }
        return file;
    }

    private List<String> told(ReplayConfig config, Duration length) throws Exception {
        List<String> told = new ArrayList<>();
        try (TraceReplay replay = new TraceReplay(config, length, true, request -> true, new Seeds(4))) {
            while (replay.hasNext()) {
                RequestRecord r = replay.next();
                told.add(r.client() + " " + r.connection() + " " + replay.reuse());
            }
        }
        return told;
    }

    @Test
    void tellsTheLastRequestOfEachConnectionFromThoseBeforeIt() throws Exception {
        Path trace = trace(
                List.of(on(0, "a", "c1"), on(1, "b", "c1"), on(2, "a", "c2"), on(200, "a", "c1"), on(201, "a", "")));
        assertThat(told(ReplayConfig.asRecorded(trace), LONG))
                .containsExactly("a c1 AGAIN", "b c1 NEVER", "a c2 NEVER", "a c1 NEVER", "a  UNKNOWN");
    }

    @Test
    void whatPausesForMoreThanFiveMinutesIsTakenForOver() throws Exception {
        Path trace = trace(List.of(on(0, "a", "c"), on(300, "a", "c"), on(601, "a", "c"), on(601, "b", "d")));
        assertThat(told(ReplayConfig.asRecorded(trace), LONG))
                .containsExactly("a c AGAIN", "a c NEVER", "a c NEVER", "b d NEVER");
    }

    @Test
    void eachRoundOfALoopEndsItsConnectionsAnew() throws Exception {
        Path trace = trace(List.of(on(0, "a", "c"), on(1, "a", "c")));
        ReplayConfig looped = new ReplayConfig(trace, 1, Optional.empty(), 1, true);
        assertThat(told(looped, Duration.ofSeconds(4)))
                .containsExactly("a c AGAIN", "a c NEVER", "a c AGAIN", "a c NEVER");
    }

    @Test
    void copiesKeepTheirConnectionsAndThoseSampledByRequestAreNotPromisedToComeAgain() throws Exception {
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            requests.add(on(10 * i, "client" + i, "c"));
            requests.add(on(10 * i + 1, "client" + i, "c"));
        }
        Path people = trace(requests);
        assertThat(told(new ReplayConfig(people, 1, Optional.empty(), 2, false), LONG))
                .filteredOn(line -> line.contains("~1"))
                .hasSize(100)
                .filteredOn(line -> line.endsWith("AGAIN"))
                .hasSize(50);

        requests.clear();
        for (int i = 0; i < 100; i++) requests.add(on(i, "everybody", "c" + i / 10));
        assertThat(told(new ReplayConfig(trace(requests), 1, Optional.empty(), 0.5, false), LONG))
                .isNotEmpty()
                .filteredOn(line -> line.endsWith("AGAIN"))
                .isEmpty();
    }

    /** Against the obvious way: all of a trace in memory. */
    @Test
    void agreesWithReadingTheTraceBackwards() throws Exception {
        RandomGenerator chance = new Seeds(7).stream("connections");
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 200_000; i++)
            requests.add(on(i / 1_000.0, "client" + chance.nextInt(2_000), "c" + chance.nextInt(5)));
        Map<String, Boolean> seen = new HashMap<>();
        List<Reuse> expected = new ArrayList<>();
        for (int i = requests.size() - 1; i >= 0; i--) {
            String key = requests.get(i).client() + " " + requests.get(i).connection();
            expected.add(seen.put(key, true) == null ? Reuse.NEVER : Reuse.AGAIN);
        }
        Path trace = trace(requests);
        try (TraceReader reader = TraceReader.open(trace);
                ConnectionEnds ends = new ConnectionEnds(trace, TraceSurvey.of(trace, Optional.empty()))) {
            for (int i = requests.size() - 1; i >= 0; i--) {
                Reuse told = ends.of(reader.next());
                if (told != expected.get(i))
                    assertThat(told).as("request %d from the end", i).isEqualTo(expected.get(i));
            }
            assertThat(expected).contains(Reuse.NEVER, Reuse.AGAIN);
        }
    }

    @Test
    void remembersConnectionsOfFiveMinutesAndNotOfTheTrace() throws Exception {
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) requests.add(on(i, "a", "c" + i));
        Path trace = trace(requests);
        try (TraceReader reader = TraceReader.open(trace);
                ConnectionEnds ends = new ConnectionEnds(trace, TraceSurvey.of(trace, Optional.empty()))) {
            while (reader.hasNext()) {
                assertThat(ends.of(reader.next())).isEqualTo(Reuse.NEVER);
                assertThat(ends.remembered()).isLessThan(310);
            }
        }
    }
}

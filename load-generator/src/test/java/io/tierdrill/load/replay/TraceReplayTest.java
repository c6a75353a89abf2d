package io.tierdrill.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.TraceHeader;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceReplayTest {
    private static final long MILLI = 1_000_000;
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path folder;

    private static RequestRecord request(long offset, String client, String path, String scheme) {
        return new RequestRecord(
                offset,
                client,
                "c-" + client,
                "u-" + client,
                scheme,
                "GET",
                "",
                path,
                List.of(),
                Body.none(),
                Optional.empty());
    }

    private Path trace(long... offsets) throws IOException {
        List<RequestRecord> all = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) all.add(request(offsets[i], "client" + i % 7, "/" + i, "http"));
        return trace(all);
    }

    private Path trace(List<RequestRecord> requests) throws IOException {
        Path file = folder.resolve("t.avro");
        try (TraceWriter writer = TraceWriter.create(file, new TraceHeader(Instant.EPOCH, "test", Map.of()))) {
            for (RequestRecord r : requests) writer.write(r);
        }
        return file;
    }

    private static List<RequestRecord> all(ReplayConfig config, Duration length) throws IOException, BadInputException {
        List<RequestRecord> all = new ArrayList<>();
        try (TraceReplay replay = new TraceReplay(config, length, new Seeds(4))) {
            replay.forEachRemaining(all::add);
        }
        return all;
    }

    private static List<Long> dues(ReplayConfig config, Duration length) throws IOException, BadInputException {
        return all(config, length).stream().map(RequestRecord::offsetNanos).toList();
    }

    private static ReplayConfig at(Path trace, double speed, boolean loop) {
        return new ReplayConfig(trace, speed, Optional.empty(), 1, loop);
    }

    @Test
    void keepsRecordedTimesToTheNanosecondFromTheFirstRequest() throws Exception {
        Path trace = trace(5_000_000_007L, 5_000_000_008L, 5_123_456_789L, 9_000_000_000L);
        assertThat(dues(ReplayConfig.asRecorded(trace), LONG)).containsExactly(0L, 1L, 123_456_782L, 3_999_999_993L);
    }

    @Test
    void dividesEachTimeBySpeedSoThatNoRoundingPilesUp() throws Exception {
        long[] offsets = new long[3_000];
        for (int i = 0; i < offsets.length; i++) offsets[i] = i * 1_000_003L;
        List<Long> dues = dues(at(trace(offsets), 3, false), LONG);
        for (int i = 0; i < offsets.length; i++) assertThat(dues.get(i)).isEqualTo(Math.round(i * 1_000_003L / 3.0));
    }

    @Test
    void stretchesToAMeanRate() throws Exception {
        // Four requests in 3 s and a gap of 1 s: one a second. At 10 a second all is ten times as fast.
        Path trace = trace(0, 1000 * MILLI, 1500 * MILLI, 3000 * MILLI);
        var config = new ReplayConfig(trace, 1, Optional.of(10.0), 1, false);
        assertThat(dues(config, LONG)).containsExactly(0L, 100 * MILLI, 150 * MILLI, 300 * MILLI);
        try (TraceReplay replay = new TraceReplay(config, LONG, new Seeds(4))) {
            assertThat(replay.plannedNanos()).isEqualTo(400 * MILLI);
        }
    }

    @Test
    void loopsWithAMeanGapAtTheSeamUntilTheLengthIsFull() throws Exception {
        Path trace = trace(0, 100 * MILLI, 200 * MILLI);
        assertThat(dues(at(trace, 1, true), Duration.ofMillis(750)))
                .containsExactly(
                        0L, 100 * MILLI, 200 * MILLI, 300 * MILLI, 400 * MILLI, 500 * MILLI, 600 * MILLI, 700 * MILLI);
        assertThat(dues(at(trace, 1, false), Duration.ofMillis(750))).hasSize(3);
    }

    @Test
    void clonesUsersWithIdentitiesOfTheirOwnAndPausesWithinTwoPercent() throws Exception {
        Path trace = trace(List.of(
                request(0, "a", "/1", "http"),
                request(300 * MILLI, "a", "/2", "http"),
                request(350 * MILLI, "b", "/3", "http"),
                request(5000 * MILLI, "a", "/4", "http")));
        List<RequestRecord> all = all(new ReplayConfig(trace, 1, Optional.empty(), 3, false), LONG);
        assertThat(all).hasSize(12);
        assertThat(all).extracting(RequestRecord::offsetNanos).isSorted();
        Map<String, List<RequestRecord>> byClient = all.stream().collect(Collectors.groupingBy(RequestRecord::client));
        assertThat(byClient).containsOnlyKeys("a", "a~1", "a~2", "b", "b~1", "b~2");
        for (String a : List.of("a", "a~1", "a~2")) {
            List<RequestRecord> own = byClient.get(a);
            assertThat(own).extracting(RequestRecord::path).containsExactly("/1", "/2", "/4");
            assertThat(own.get(1).offsetNanos() - own.get(0).offsetNanos()).isCloseTo(300 * MILLI, within(6 * MILLI));
            assertThat(own.get(2).offsetNanos() - own.get(1).offsetNanos()).isCloseTo(4700 * MILLI, within(94 * MILLI));
            assertThat(own.get(0).offsetNanos()).isLessThanOrEqualTo(2_000 * MILLI);
        }
        assertThat(byClient.get("a~2").get(0).connection()).isEqualTo("c-a~2");
        assertThat(byClient.get("a~2").get(0).user()).isEqualTo("u-a~2");
    }

    @Test
    void aBrokenScaleClonesThatShareOfTheUsersWhole() throws Exception {
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 8_000; i++) requests.add(request(i * MILLI, "c" + i % 4_000, "/", "http"));
        List<RequestRecord> all = all(new ReplayConfig(trace(requests), 1, Optional.empty(), 1.25, false), LONG);
        Map<String, Integer> perClient = new HashMap<>();
        for (RequestRecord r : all) perClient.merge(r.client(), 1, Integer::sum);
        assertThat(perClient.values()).containsOnly(2);
        // A quarter of 4,000 clients: 1,000, deviation sqrt(4000 * 3/16) = 27; four of them.
        assertThat(perClient.size() - 4_000).isCloseTo(1_000, within(110));
    }

    @Test
    void theSameSeedGivesTheSameScheduleToTheNanosecond() throws Exception {
        long[] offsets = new long[2_000];
        for (int i = 0; i < offsets.length; i++) offsets[i] = i * MILLI + i % 13;
        var config = new ReplayConfig(trace(offsets), 2.7, Optional.empty(), 2.5, true);
        assertThat(all(config, Duration.ofSeconds(4))).isEqualTo(all(config, Duration.ofSeconds(4)));
    }

    @Test
    void refusesAnEmptyTrace() throws Exception {
        Path trace = trace(List.of());
        assertThatThrownBy(() -> all(ReplayConfig.asRecorded(trace), LONG))
                .isInstanceOf(BadInputException.class)
                .hasMessage(trace + ": holds no requests" + System.lineSeparator()
                        + "  Record or import some into it first." + System.lineSeparator()
                        + "1 problem; nothing was started.");
    }

    @Test
    void refusesATraceOutOfOrderAndSaysWhere() throws Exception {
        Path trace = trace(0, 50, 20);
        assertThatThrownBy(() -> all(ReplayConfig.asRecorded(trace), LONG))
                .hasMessage(trace + ": request 3 is 30 ns earlier than the one before it" + System.lineSeparator()
                        + "  Requests must stand in the order of their arrival; import the source again, which sorts"
                        + " it." + System.lineSeparator() + "1 problem; nothing was started.");
    }

    @Test
    void refusesATraceOfDnsQuestions() throws Exception {
        Path trace = trace(List.of(request(0, "a", "shop.example", "dns")));
        assertThatThrownBy(() -> all(ReplayConfig.asRecorded(trace), LONG))
                .hasMessage(trace + ": holds DNS questions alone (1), and no HTTP request" + System.lineSeparator()
                        + "  The injector sends HTTP; its own lookups load the DNS tier." + System.lineSeparator()
                        + "1 problem; nothing was started.");
    }
}

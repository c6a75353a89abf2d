package io.tierdrill.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.statistics.TraceStatistics;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scaling keeps, told by the statistics of inspect before and after; the table is in docs/shapes.md. */
class ScaleLawTest {
    private static final Percentage ONE = Percentage.withPercentage(1);
    private static final Population STEADY = new Population(200, 120, Optional.empty(), false);
    private static final Population RUSH = new Population(10, 120, Optional.of(60.0), true);

    @TempDir
    Path folder;

    private List<RequestRecord> scaled(Population population, double scale) throws Exception {
        Path trace = population.write(folder.resolve("p.trace"), new Seeds(1));
        List<RequestRecord> all = new ArrayList<>();
        var config = new ReplayConfig(trace, 1, Optional.empty(), scale, false);
        try (TraceReplay replay = new TraceReplay(config, Duration.ofHours(1), new Seeds(4))) {
            replay.forEachRemaining(all::add);
        }
        return all;
    }

    private static TraceStatistics statistics(List<RequestRecord> requests) {
        return TraceStatistics.of(requests.iterator());
    }

    private static double index(TraceStatistics s, int window) {
        return s.burstiness().dispersion().get(window).index();
    }

    private static long arrivals(List<RequestRecord> requests, double from, double to) {
        return requests.stream()
                .filter(r -> r.offsetNanos() >= from * 1e9 && r.offsetNanos() < to * 1e9)
                .count();
    }

    @Test
    void tenTimesTheUsersKeepRatePopularityVisitsAndBursts() throws Exception {
        List<RequestRecord> recorded = RUSH.draw(new Seeds(1));
        TraceStatistics before = statistics(recorded);
        TraceStatistics after = statistics(scaled(RUSH, 10));

        assertThat(after.requests()).isEqualTo(10 * before.requests());
        assertThat(after.meanPerSecond()).isCloseTo(10 * before.meanPerSecond(), ONE);
        assertThat(after.clients().distinct()).isEqualTo(10 * before.clients().distinct());
        assertThat(after.visits().users()).isEqualTo(10 * before.visits().users());
        assertThat(after.paths().zipf()).isEqualTo(before.paths().zipf());
        assertThat(after.paths().top1PercentShare()).isEqualTo(before.paths().top1PercentShare(), within(1e-12));
        assertThat(after.paths().top10PercentShare()).isEqualTo(before.paths().top10PercentShare(), within(1e-12));
        assertThat(after.visits().meanRequests()).isEqualTo(before.visits().meanRequests(), within(1e-9));
        assertThat(after.visits().p90Requests()).isEqualTo(before.visits().p90Requests());
        assertThat(after.visits().thinkTime().meanMicros())
                .isCloseTo(before.visits().thinkTime().meanMicros(), ONE);
        assertThat(after.visits().thinkTime().p50Micros())
                .isCloseTo(before.visits().thinkTime().p50Micros(), ONE);
        assertThat(after.visits().thinkTime().p90Micros())
                .isCloseTo(before.visits().thinkTime().p90Micros(), ONE);
        assertThat(after.burstiness().gapCv()).isCloseTo(before.burstiness().gapCv(), Percentage.withPercentage(10));
        assertThat(after.burstiness().peakToMean())
                .isCloseTo(before.burstiness().peakToMean(), ONE);
        assertThat(after.burstiness().peakAtSeconds())
                .isEqualTo(before.burstiness().peakAtSeconds());
        // Ten times the people who do the same: the index grows tenfold where the rush is what varies.
        assertThat(index(after, 2)).isCloseTo(10 * index(before, 2), ONE);
        assertThat(index(after, 3)).isCloseTo(10 * index(before, 3), ONE);
    }

    /** The rush rises within 50 ms; copies that follow a second behind would be seen here. */
    @Test
    void aRushStaysOneToATenthOfASecond() throws Exception {
        List<RequestRecord> recorded = RUSH.draw(new Seeds(1));
        List<RequestRecord> scaled = scaled(RUSH, 10);
        for (double from : new double[] {57, 58, 59, 60.1, 60.6, 61.1, 62, 65})
            assertThat(arrivals(scaled, from, from + 0.5) / 10.0)
                    .as("half a second from %s s", from)
                    .isCloseTo(arrivals(recorded, from, from + 0.5), Percentage.withPercentage(15));
        assertThat((double) arrivals(scaled, 60.1, 61.1) / arrivals(scaled, 58.9, 59.9))
                .isCloseTo(
                        (double) arrivals(recorded, 60.1, 61.1) / arrivals(recorded, 58.9, 59.9),
                        Percentage.withPercentage(10));
    }

    /** Sent at the same moment, copies would make it 10, and the CV of gaps 4.4. */
    @Test
    void peopleUnawareOfEachOtherStaySoWithinTheTimeOfAHundredRequests() throws Exception {
        TraceStatistics before = statistics(STEADY.draw(new Seeds(1)));
        TraceStatistics after = statistics(scaled(STEADY, 10));
        assertThat(index(before, 0)).isCloseTo(1, within(0.05));
        assertThat(before.burstiness().gapCv()).isCloseTo(1, within(0.02));
        assertThat(index(after, 0)).isBetween(0.95, 1.6);
        assertThat(after.burstiness().gapCv()).isCloseTo(1, within(0.06));
    }

    @Test
    void nobodysRequestsChangePlaces() throws Exception {
        Map<String, List<String>> recorded = paths(RUSH.draw(new Seeds(1)));
        Map<String, List<String>> scaled = paths(scaled(RUSH, 3));
        assertThat(scaled).hasSize(3 * recorded.size());
        scaled.forEach((user, paths) -> assertThat(paths)
                .isEqualTo(recorded.get(user.contains("~") ? user.substring(0, user.indexOf('~')) : user)));
    }

    private static Map<String, List<String>> paths(List<RequestRecord> requests) {
        Map<String, List<String>> byUser = new HashMap<>();
        for (RequestRecord r : requests)
            byUser.computeIfAbsent(r.user(), u -> new ArrayList<>()).add(r.path());
        return byUser;
    }

    /** A tenth of 23,860 users: 2,386, deviation sqrt(23860 * 0.09) = 46; four of them. */
    @Test
    void aTenthIsATenthOfTheUsersEachWithAllTheirRequests() throws Exception {
        assertThat((double) statistics(scaled(STEADY, 0.1)).clients().distinct())
                .isCloseTo(2_386, within(185.0));

        Map<String, List<String>> recorded = paths(RUSH.draw(new Seeds(1)));
        Map<String, List<String>> sample = paths(scaled(RUSH, 0.1));
        assertThat(sample.size()).isBetween(150, 275);
        sample.forEach((user, paths) -> assertThat(paths).isEqualTo(recorded.get(user)));
    }

    /** Of 1,000 requests of one client, a quarter: 250, deviation sqrt(1000 * 3/16) = 14; four of them. */
    @Test
    void whoeverSendsMoreThanAPersonIsSampledByRequest() throws Exception {
        List<RequestRecord> requests = new ArrayList<>();
        for (RequestRecord r : STEADY.draw(new Seeds(1)).subList(0, 1_000))
            requests.add(new RequestRecord(
                    r.offsetNanos(), "csv", "", "", "http", "GET", "", "/", List.of(), r.body(), Optional.empty()));
        Path trace = folder.resolve("csv.trace");
        try (TraceWriter writer = TraceWriter.create(trace, new TraceHeader(Instant.EPOCH, "rates", Map.of()))) {
            for (RequestRecord r : requests) writer.write(r);
        }
        for (double scale : new double[] {0.25, 2.25}) {
            var config = new ReplayConfig(trace, 1, Optional.empty(), scale, false);
            try (TraceReplay replay = new TraceReplay(config, Duration.ofHours(1), new Seeds(4))) {
                assertThat((double) TraceStatistics.of(replay).requests()).isCloseTo(1_000 * scale, within(56.0));
            }
        }
    }

    @Test
    void aRateIsMetExactlyAlsoWithASampleOfTheUsers() throws Exception {
        Path trace = RUSH.write(folder.resolve("p.trace"), new Seeds(1));
        var config = new ReplayConfig(trace, 1, Optional.of(500.0), 0.3, false);
        try (TraceReplay replay = new TraceReplay(config, Duration.ofHours(1), new Seeds(4))) {
            double planned = replay.plannedNanos() / 1e9;
            assertThat(TraceStatistics.of(replay).requests() / planned).isCloseTo(500, within(0.01));
        }
    }

    /** A hundred requests are followed by at most nine copies each, and those of the step in which they lie. */
    @Test
    void memoryDoesNotGrowWithTheTrace() throws Exception {
        int shorter = mostAlive(new Population(20, 60, Optional.empty(), true));
        int longer = mostAlive(new Population(20, 600, Optional.empty(), true));
        assertThat(longer).isLessThan(1_500).isLessThan(2 * shorter);
    }

    private int mostAlive(Population population) throws Exception {
        Path trace = population.write(folder.resolve("p.trace"), new Seeds(1));
        int most = 0;
        var config = new ReplayConfig(trace, 1, Optional.empty(), 10, false);
        try (TraceReplay replay = new TraceReplay(config, Duration.ofHours(1), new Seeds(4))) {
            while (replay.hasNext()) {
                replay.next();
                most = Math.max(most, replay.alive());
            }
        }
        return most;
    }
}

package io.tierdrill.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.load.arrival.RateCurve;
import io.tierdrill.load.arrival.RateCurve.Point;
import io.tierdrill.load.shape.Shape;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shapes, windows and mixes of traces, in virtual time: a schedule is a list of numbers. */
class ShapedReplayTest {
    private static final long SECOND = 1_000_000_000;
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private static final String[] GOLDEN = {
        "user-0 0",
        "user-0~2 74443070",
        "user-0~1 151494612",
        "user-1 250000004",
        "user-1~2 369811259",
        "user-1~1 388998294",
        "user-0 500000007",
        "user-0~1 657551373",
        "user-1 750000011",
        "user-1~2 872165251",
        "user-1~1 891729262",
        "user-0 1000000014",
        "user-0~1 1154527548",
        "user-1 1250000018",
        "user-1~2 1367464338",
        "user-1~1 1386275525"
    };

    @TempDir
    Path folder;

    private static List<RequestRecord> all(ReplayConfig config, Duration length, long seed)
            throws IOException, BadInputException {
        List<RequestRecord> all = new ArrayList<>();
        try (TraceReplay replay = new TraceReplay(config, length, new Seeds(seed))) {
            replay.forEachRemaining(all::add);
        }
        return all;
    }

    private static ReplayConfig shaped(Path trace, double speed, boolean loop, Shape shape) {
        return new ReplayConfig(
                List.of(MixPart.whole(trace)), speed, Optional.empty(), 1, loop, Optional.empty(), Optional.of(shape));
    }

    private static long[] perSecond(List<RequestRecord> requests, int seconds) {
        long[] counts = new long[seconds];
        for (RequestRecord r : requests) counts[(int) (r.offsetNanos() / SECOND)]++;
        return counts;
    }

    /**
     * Single requests of a Poisson process are what chance leaves of them: sampled, they are Poisson of the shape's rate.
     * Of 60 seconds none is off by more than 4.5 deviations, and their squares are 1 on average (deviation
     * sqrt(2 / 60) = 0.18; four of them). The trace's own rate is known to 4 % only, which shows where the rate is high.
     */
    private static void follows(Shape shape, long[] counts) {
        RateCurve curve = shape.curve(MINUTE);
        double squares = 0;
        for (int s = 0; s < counts.length; s++) {
            double expected = curve.expectedBy((s + 1) * SECOND) - curve.expectedBy(s * SECOND);
            double deviation = Math.sqrt(expected + 0.04 * 0.04 * expected * expected);
            assertThat((double) counts[s])
                    .as("requests in second %s of %s", s, shape)
                    .isCloseTo(expected, within(4.5 * deviation + 1));
            squares += (counts[s] - expected) * (counts[s] - expected) / (deviation * deviation + 1e-9);
        }
        assertThat(squares / counts.length).as("mean square of %s", shape).isBetween(0.2, 1.7);
    }

    @Test
    void theRateOfEverySecondFollowsTheShapeWithinThePoissonError() throws Exception {
        Path trace = new Population(200, 60, Optional.empty(), false).write(folder.resolve("p.trace"), new Seeds(1));
        Duration ten = Duration.ofSeconds(10);
        for (Shape shape : List.of(
                new Shape.Constant(80),
                new Shape.Ramp(20, 180, Duration.ofSeconds(50)),
                new Shape.Steps(30, 150, 5, ten),
                new Shape.Diurnal(20, 160, Duration.ofSeconds(40), ten),
                new Shape.Spike(40, 170, Duration.ofSeconds(20), Duration.ofSeconds(1), ten, Duration.ofSeconds(5)),
                new Shape.Countdown(5, 15, 150, Duration.ofSeconds(30), Duration.ofSeconds(2), ten)))
            follows(shape, perSecond(all(shaped(trace, 1, false, shape), MINUTE, 4), 60));
    }

    /** Ten copies and more of everybody; each one's 100 neighbours carry their own chance, ten times. */
    @Test
    void theCountdownRisesTenfoldWithinItsSecondsAlsoFarAboveTheTracesOwnRate() throws Exception {
        Path trace = new Population(10, 60, Optional.empty(), true).write(folder.resolve("p.trace"), new Seeds(1));
        Shape shape = new Shape.Countdown(
                200, 400, 4_000, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(10));
        long[] counts = perSecond(all(shaped(trace, 1, false, shape), MINUTE, 4), 60);
        double before = (counts[26] + counts[27] + counts[28] + counts[29]) / 4.0;
        double after = (counts[32] + counts[33] + counts[34] + counts[35]) / 4.0;
        assertThat(after / before).isBetween(6.0, 12.0);
        assertThat((double) counts[29]).isLessThan(800);
        RateCurve curve = shape.curve(MINUTE);
        for (int s = 0; s < 60; s += 10) {
            long sum = 0;
            for (int i = s; i < s + 10; i++) sum += counts[i];
            double expected = curve.expectedBy((s + 10) * SECOND) - curve.expectedBy(s * SECOND);
            // 100 visits of about 20 requests stand behind ten seconds: a deviation of 14 %, half of it evened out.
            assertThat(sum / expected).as("ten seconds from %s", s).isBetween(0.7, 1.35);
        }
    }

    @Test
    void thinkTimesStayAsTheyWereUnderAShape() throws Exception {
        Path trace = new Population(10, 60, Optional.empty(), true).write(folder.resolve("p.trace"), new Seeds(1));
        Map<String, List<RequestRecord>> recorded = new HashMap<>();
        for (RequestRecord r : all(ReplayConfig.asRecorded(trace), MINUTE, 4))
            recorded.computeIfAbsent(r.user(), u -> new ArrayList<>()).add(r);
        Shape shape = new Shape.Ramp(100, 1_000, MINUTE);
        Map<String, List<RequestRecord>> shaped = new HashMap<>();
        for (RequestRecord r : all(shaped(trace, 1, false, shape), MINUTE, 4))
            shaped.computeIfAbsent(r.user(), u -> new ArrayList<>()).add(r);
        int whole = 0;
        for (var user : shaped.entrySet()) {
            List<RequestRecord> original = recorded.get(user.getKey().replaceAll("~.*", ""));
            if (user.getValue().size() != original.size()) continue;
            whole++;
            for (int i = 1; i < original.size(); i++) {
                long was = original.get(i).offsetNanos() - original.get(i - 1).offsetNanos();
                long is = user.getValue().get(i).offsetNanos()
                        - user.getValue().get(i - 1).offsetNanos();
                assertThat((double) is).isCloseTo(was, within(0.02 * was + 2));
            }
        }
        assertThat((double) whole / shaped.size())
                .as("users who were there all the time")
                .isGreaterThan(0.8);
    }

    @Test
    void aShapeGoesOnOverTheRoundsOfALoopAndAtAnySpeed() throws Exception {
        Path trace = new Population(200, 20, Optional.empty(), false).write(folder.resolve("p.trace"), new Seeds(1));
        Shape shape = new Shape.Ramp(20, 180, Duration.ofSeconds(50));
        follows(shape, perSecond(all(shaped(trace, 1, true, shape), MINUTE, 4), 60));
        follows(shape, perSecond(all(shaped(trace, 2.5, true, shape), MINUTE, 4), 60));
    }

    @Test
    void theSameSeedGivesTheSameDueTimesToTheNanosecondAndThesePreciseOnes() throws Exception {
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) requests.add(request(i * 500_000_007L, "user-" + i % 2));
        Path trace = trace("g.trace", requests);
        var config = new ReplayConfig(trace, 2, Optional.empty(), 2.5, false);
        List<RequestRecord> first = all(config, MINUTE, 7);
        assertThat(all(config, MINUTE, 7)).isEqualTo(first);
        assertThat(all(config, MINUTE, 8)).isNotEqualTo(first);
        assertThat(first.stream().map(r -> r.user() + " " + r.offsetNanos()).toList())
                .containsExactly(GOLDEN);

        var shape = new ReplayConfig(
                List.of(new MixPart(trace, Optional.of(0.5), 1), new MixPart(trace, Optional.of(0.5), 1)),
                1,
                Optional.empty(),
                1,
                true,
                Optional.empty(),
                Optional.of(new Shape.Ramp(1, 50, Duration.ofSeconds(30))));
        assertThat(all(shape, MINUTE, 7)).isEqualTo(all(shape, MINUTE, 7)).isNotEqualTo(all(shape, MINUTE, 8));
    }

    @Test
    void aWindowBeginsWhereItSaysAndEndsBeforeItsEnd() throws Exception {
        List<RequestRecord> requests = new ArrayList<>();
        for (int s = 0; s < 20; s++) requests.add(request(s * SECOND, "user-" + s));
        Path trace = trace("w.trace", requests);
        for (Window window : List.of(
                Window.parse("4500ms-8s").orElseThrow(),
                Window.parse("23:59:54.5-23:59:58").orElseThrow())) {
            var config = new ReplayConfig(
                    List.of(MixPart.whole(trace)), 1, Optional.empty(), 1, true, Optional.of(window), Optional.empty());
            assertThat(all(config, Duration.ofSeconds(7), 1))
                    .extracting(RequestRecord::offsetNanos)
                    .containsExactly(SECOND / 2, 3 * SECOND / 2, 5 * SECOND / 2, 4 * SECOND, 5 * SECOND, 6 * SECOND);
        }
    }

    @Test
    void aTimeOfDayBeforeTheStartIsThatOfTheNextDay() {
        Instant start = Instant.parse("2026-12-31T22:00:00Z");
        Window night = Window.parse("23:59:50-00:00:30").orElseThrow();
        assertThat(night.fromNanos(start)).isEqualTo(7_190 * SECOND);
        assertThat(night.toNanos(start)).isEqualTo(7_230 * SECOND);
        Window morning = Window.parse("10:00-10:30").orElseThrow();
        assertThat(morning.fromNanos(start)).isEqualTo(12 * 3_600 * SECOND);
        assertThat(Window.parse("10:00-30s")).isEmpty();
        assertThat(Window.parse("25:00-26:00")).isEmpty();
        assertThat(Window.parse("30s-10s")).isEmpty();
        assertThat(Window.parse("10m")).isEmpty();
    }

    @Test
    void refusesAWindowInWhichNothingCame() throws Exception {
        Path trace = trace("e.trace", List.of(request(0, "a"), request(90 * SECOND, "b")));
        var config = new ReplayConfig(
                List.of(MixPart.whole(trace)),
                1,
                Optional.empty(),
                1,
                false,
                Window.parse("10s-20s"),
                Optional.empty());
        assertThatThrownBy(() -> all(config, MINUTE, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage(trace + ": holds no request in the window 10s-20s" + System.lineSeparator()
                        + "  The trace starts at 2026-12-31T23:59:50Z and its last request is 90s later."
                        + System.lineSeparator() + "1 problem; nothing was started.");
    }

    @Test
    void refusesAShapeThatIsStillZeroWhenTheRunIsOver() throws Exception {
        Path trace = trace("z.trace", List.of(request(0, "a"), request(90 * SECOND, "b")));
        Shape late = new Shape.Curve(List.of(
                new Point(Duration.ZERO, 0),
                new Point(Duration.ofSeconds(100), 0),
                new Point(Duration.ofSeconds(101), 9)));
        assertThatThrownBy(() -> all(shaped(trace, 1, false, late), MINUTE, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("load.shape: asks for no request within the run's 1m");
    }

    @Test
    void refusesASampleThatHoldsNobodyAlsoWhereItWouldLoop() throws Exception {
        Path trace = new Population(1, 10, Optional.empty(), false).write(folder.resolve("p.trace"), new Seeds(1));
        for (boolean loop : new boolean[] {false, true})
            assertThatThrownBy(() ->
                            all(new ReplayConfig(trace, 1, Optional.empty(), 0.0001, loop), Duration.ofDays(365), 1))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith("load.scale: 1.0E-4 of the users are none of them");
    }

    @Test
    void aMixKeepsUsersApartAndSharesTheRate() throws Exception {
        Path one = new Population(200, 60, Optional.empty(), false).write(folder.resolve("a.trace"), new Seeds(1));
        Path two = new Population(50, 60, Optional.empty(), false).write(folder.resolve("b.trace"), new Seeds(2));
        var config = new ReplayConfig(
                List.of(new MixPart(one, Optional.of(0.7), 1), new MixPart(two, Optional.of(0.3), 1)),
                1,
                Optional.empty(),
                1,
                false,
                Optional.empty(),
                Optional.of(new Shape.Constant(300)));
        List<RequestRecord> all = all(config, MINUTE, 4);
        // 12,600 and 5,400; deviations of 1 % and 2 % by chance, and what the traces' own chance leaves.
        long ofTwo = all.stream().filter(r -> r.user().contains("@1")).count();
        assertThat((double) ofTwo).isCloseTo(5_400, within(300.0));
        assertThat((double) all.size() - ofTwo).isCloseTo(12_600, within(500.0));
        assertThat(all).extracting(RequestRecord::offsetNanos).isSorted();

        var scaled = new ReplayConfig(
                List.of(new MixPart(one, Optional.empty(), 1), new MixPart(two, Optional.empty(), 2)),
                1,
                Optional.empty(),
                1,
                false,
                Optional.empty(),
                Optional.empty());
        Map<Boolean, Long> parts = new HashMap<>();
        all(scaled, MINUTE, 4).forEach(r -> parts.merge(r.user().contains("@1"), 1L, Long::sum));
        assertThat(parts.get(false))
                .isEqualTo(all(ReplayConfig.asRecorded(one), MINUTE, 4).size());
        assertThat(parts.get(true))
                .isEqualTo(2 * all(ReplayConfig.asRecorded(two), MINUTE, 4).size());
    }

    @Test
    void leavesOutDnsQuestionsAndSaysHowMany() throws Exception {
        List<RequestRecord> requests = new ArrayList<>();
        requests.add(dns(0));
        requests.add(request(SECOND, "a"));
        requests.add(dns(2 * SECOND));
        requests.add(request(3 * SECOND, "b"));
        Path trace = trace("d.trace", requests);
        try (TraceReplay replay = new TraceReplay(ReplayConfig.asRecorded(trace), MINUTE, new Seeds(1))) {
            assertThat(replay.remarks()).containsExactly("2 DNS questions of " + trace + " are left out");
            assertThat(replay.next().offsetNanos()).isZero();
            assertThat(replay.next().offsetNanos()).isEqualTo(2 * SECOND);
            assertThat(replay.hasNext()).isFalse();
        }
    }

    @Test
    void saysThatAShapeIsLongerThanTheTrace() throws Exception {
        Path trace = trace("s.trace", List.of(request(0, "a"), request(SECOND, "b")));
        Shape ramp = new Shape.Ramp(1, 5, Duration.ofSeconds(30));
        try (TraceReplay replay = new TraceReplay(shaped(trace, 1, false, ramp), MINUTE, new Seeds(1))) {
            assertThat(replay.remarks())
                    .containsExactly("the shape takes 30s, the trace ends after 2.000 s; 'loop' begins it again");
        }
    }

    private static RequestRecord dns(long offset) {
        return new RequestRecord(
                offset, "a", "", "", "dns", "A", "", "shop.example", List.of(), Body.none(), Optional.empty());
    }

    private static RequestRecord request(long offset, String user) {
        return new RequestRecord(
                offset, "10.0.0.1", "", user, "http", "GET", "", "/", List.of(), Body.none(), Optional.empty());
    }

    private Path trace(String name, List<RequestRecord> requests) throws IOException {
        Path file = folder.resolve(name);
        var header = new TraceHeader(Instant.parse("2026-12-31T23:59:50Z"), "test", Map.of());
        try (TraceWriter writer = TraceWriter.create(file, header)) {
            for (RequestRecord r : requests) writer.write(r);
        }
        return file;
    }
}

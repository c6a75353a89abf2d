package io.tierdrill.recorder.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import io.tierdrill.recorder.diff.DiffReport.Measure;
import io.tierdrill.recorder.diff.DiffReport.OrderExample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceDiffTest {
    private static final int REQUESTS = 5_000;
    private static final int USERS = 50;

    @TempDir
    Path folder;

    private final List<RequestRecord> traffic = new ArrayList<>();

    @BeforeEach
    void poisson() {
        RandomGenerator chance = new Seeds(5).stream("traffic");
        long at = 0;
        for (int i = 0; i < REQUESTS; i++) {
            at += (long) (-Math.log(1 - chance.nextDouble()) * 1_000_000);
            traffic.add(request(at, "u" + chance.nextInt(USERS), "/" + chance.nextInt(100)));
        }
    }

    @Test
    void aTraceIsTheSameAsItself() throws Exception {
        DiffReport report = diff(r -> r, 0);
        assertThat(report.same()).isTrue();
        assertThat(report.measures()).allMatch(m -> m.difference() == 0);
        assertThat(report.order().same()).isEqualTo(USERS);
        assertThat(report.movers()).isEmpty();
        assertThat(DiffText.of(report)).startsWith("SAME within 0.00 %" + System.lineSeparator());
    }

    @Test
    void twoRequestsOfAUserInAnotherOrderAreFoundWithTheirPlace() throws Exception {
        List<RequestRecord> swapped = new ArrayList<>(traffic);
        List<Integer> ofUser = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) if (traffic.get(i).user().equals("u7")) ofUser.add(i);
        int third = ofUser.get(2);
        int fourth = ofUser.get(3);
        swapped.set(third, traffic.get(fourth).at(traffic.get(third).offsetNanos()));
        swapped.set(fourth, traffic.get(third).at(traffic.get(fourth).offsetNanos()));

        DiffReport report = diff(swapped, 0);
        assertThat(beyond(report)).containsExactly("users whose order differs");
        assertThat(report.order().differing()).isEqualTo(1);
        assertThat(report.order().examples())
                .containsExactly(new OrderExample(
                        "u7",
                        2,
                        "GET " + traffic.get(third).path(),
                        "GET " + traffic.get(fourth).path()));
        assertThat(diff(swapped, 0.05).same()).isTrue();
    }

    @Test
    void usersUnderOtherNamesAreMatchedByWhatTheyAskedFor() throws Exception {
        DiffReport report = diff(r -> request(r.offsetNanos(), "other-" + r.user(), r.path()), 0);
        assertThat(report.same()).isTrue();
        assertThat(report.order().matchedBy()).isEqualTo("content");
        assertThat(report.order().same()).isEqualTo(USERS);
    }

    @Test
    void aUserWhoIsMissingIsCounted() throws Exception {
        List<RequestRecord> without =
                traffic.stream().filter(r -> !r.user().equals("u7")).toList();
        DiffReport report = diff(without, 0.01);
        assertThat(report.order().onlyInA()).isEqualTo(1);
        assertThat(beyond(report)).contains("requests", "users whose order differs");
    }

    @Test
    void aStretchedReplayDiffersInItsSpanAndItsGapsOnly() throws Exception {
        DiffReport report = diff(r -> r.at(r.offsetNanos() * 13 / 10), 0.01);
        assertThat(beyond(report))
                .containsExactly(
                        "seconds from first to last", "gaps between requests", "gaps between requests of a user");
        Measure gaps = measure(report, "gaps between requests");
        // exp(-x) against exp(-x / 1.3): farthest apart at x = 1.3 ln 1.3 / 0.3, by 0.096.
        assertThat(gaps.difference()).isBetween(0.07, 0.12);
    }

    @Test
    void aPathThatBecameMorePopularIsTheFirstMover() throws Exception {
        DiffReport report =
                diff(r -> request(r.offsetNanos(), r.user(), r.path().endsWith("1") ? "/hot" : r.path()), 0.01);
        DiffReport.Mover hot = report.movers().get(0);
        assertThat(hot.path()).isEqualTo("/hot");
        assertThat(hot.a()).isZero();
        assertThat(measure(report, "popularity of paths").difference())
                .isEqualTo((double) hot.b() / REQUESTS, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void emptyTracesAreTheSameAndAnEmptyOneIsNotAFullOne() throws Exception {
        assertThat(diff(List.of(), 0.5).same()).isFalse();
        traffic.clear();
        assertThat(diff(List.of(), 0).same()).isTrue();
    }

    private static List<String> beyond(DiffReport report) {
        return report.measures().stream()
                .filter(m -> !m.within())
                .map(Measure::name)
                .toList();
    }

    private static Measure measure(DiffReport report, String name) {
        return report.measures().stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private DiffReport diff(UnaryOperator<RequestRecord> change, double tolerance) throws Exception {
        return diff(traffic.stream().map(change).toList(), tolerance);
    }

    private DiffReport diff(List<RequestRecord> other, double tolerance) throws Exception {
        return TraceDiff.of(write("a", traffic), write("b", other), tolerance);
    }

    private Path write(String name, List<RequestRecord> records) throws Exception {
        Path path = folder.resolve(name);
        try (TraceWriter writer = TraceWriter.create(path, new TraceHeader(Instant.EPOCH, "test", Map.of()))) {
            for (RequestRecord record : records) writer.write(record);
        }
        return path;
    }

    private static RequestRecord request(long at, String user, String path) {
        return new RequestRecord(
                at,
                "192.0.2.1",
                "",
                user,
                "http",
                "GET",
                "a.example",
                path,
                List.of(),
                Body.none(),
                Optional.of(new Response(200, Optional.of(10L), Optional.empty())));
    }
}

package io.tierdrill.load.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.load.pattern.PatternConfig.Arrivals;
import io.tierdrill.load.pattern.PatternConfig.PathWeight;
import io.tierdrill.load.pattern.PatternConfig.Popularity;
import io.tierdrill.load.pattern.PatternConfig.Sessions;
import io.tierdrill.load.shape.Shape;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PatternRequestsTest {
    private static final Seeds SEEDS = new Seeds(11);

    private static PatternConfig pattern(Arrivals arrivals, double rate, Sessions sessions) {
        return new PatternConfig(
                new Shape.Constant(rate),
                arrivals,
                4,
                List.of(new PathWeight("/item/{item}", 3, "GET", 0), new PathWeight("/buy", 1, "POST", 1024)),
                new Popularity(100, 1),
                sessions,
                "shop.example");
    }

    private static List<RequestRecord> all(PatternConfig config, Duration length, Seeds seeds) {
        List<RequestRecord> all = new ArrayList<>();
        new PatternRequests(config, length, seeds).forEachRemaining(all::add);
        return all;
    }

    private static Sessions visits(int clients, double requests, Duration think) {
        return new Sessions(clients, requests, think);
    }

    @Test
    void theSameSeedGivesTheSameRequestsToTheNanosecond() {
        for (Arrivals law : Arrivals.values()) {
            PatternConfig config = pattern(law, 500, visits(100, 5, Duration.ofMillis(200)));
            List<RequestRecord> first = all(config, Duration.ofSeconds(5), SEEDS);
            assertThat(all(config, Duration.ofSeconds(5), SEEDS)).isEqualTo(first);
            assertThat(all(config, Duration.ofSeconds(5), new Seeds(12))).isNotEqualTo(first);
        }
    }

    @Test
    void constantArrivalsFillTheLengthExactlyAndEndBeforeIt() {
        List<RequestRecord> all =
                all(pattern(Arrivals.CONSTANT, 300, visits(10, 1, Duration.ZERO)), Duration.ofSeconds(3), SEEDS);
        assertThat(all).hasSize(900);
        for (int i = 0; i < 900; i++) assertThat(all.get(i).offsetNanos()).isEqualTo(Math.round((i + 0.5) * 1e9 / 300));
    }

    @Test
    void anotherMixOfPathsLeavesTheArrivalsWhereTheyWere() {
        PatternConfig one = pattern(Arrivals.POISSON, 500, visits(10, 1, Duration.ZERO));
        PatternConfig other = new PatternConfig(
                one.shape(),
                one.arrivals(),
                4,
                List.of(new PathWeight("/", 1, "GET", 0)),
                one.popularity(),
                one.sessions(),
                "");
        assertThat(all(one, Duration.ofSeconds(2), SEEDS))
                .extracting(RequestRecord::offsetNanos)
                .isEqualTo(all(other, Duration.ofSeconds(2), SEEDS).stream()
                        .map(RequestRecord::offsetNanos)
                        .toList());
    }

    @Test
    void drawsPathsByWeightAndItemsByPopularity() {
        List<RequestRecord> all =
                all(pattern(Arrivals.POISSON, 10_000, visits(10, 1, Duration.ZERO)), Duration.ofSeconds(2), SEEDS);
        double n = all.size();
        double buys = all.stream().filter(r -> r.path().equals("/buy")).count() / n;
        // Share 1/4 of 20,000: standard error 0.003; four of them.
        assertThat(buys).isCloseTo(0.25, within(0.012));
        double firsts = all.stream().filter(r -> r.path().equals("/item/1")).count() / n;
        // 3/4 over the harmonic number H(100) = 5.187: 0.1446, standard error 0.0025.
        assertThat(firsts).isCloseTo(0.1446, within(0.01));
        assertThat(all.stream().filter(r -> r.path().equals("/buy"))).allSatisfy(r -> {
            assertThat(r.method()).isEqualTo("POST");
            assertThat(r.body().size()).isEqualTo(1024);
            assertThat(r.authority()).isEqualTo("shop.example");
        });
    }

    @Test
    void visitsHaveTheirMeanLengthAndNobodyThinksFasterThanDrawnWhileTheTownIsLarge() {
        Duration think = Duration.ofMillis(100);
        List<RequestRecord> all =
                all(pattern(Arrivals.CONSTANT, 1000, visits(100_000, 5, think)), Duration.ofSeconds(60), SEEDS);
        // Little: 1000/s * 0.1 s = 100 busy; visits begin at 1000 / 5 = 200 a second, so 12,000 of 100,000 clients.
        Map<String, Integer> perClient = new HashMap<>();
        Map<String, Long> lastOf = new HashMap<>();
        double gaps = 0;
        long gapCount = 0;
        for (RequestRecord r : all) {
            perClient.merge(r.client(), 1, Integer::sum);
            Long last = lastOf.put(r.client(), r.offsetNanos());
            long gap = last == null ? Long.MAX_VALUE : r.offsetNanos() - last;
            // Longer than ten mean pauses: another visit.
            if (gap > 10 * think.toNanos()) continue;
            gaps += gap;
            gapCount++;
        }
        // Visits per client are rare repeats: 12,000 visits over 100,000 make 11,308 distinct clients on average.
        assertThat(perClient.size()).isCloseTo(11_308, within(500));
        // Mean pause 100 ms, cut at ten means (no effect worth naming), and half a gap of 1 ms to the next arrival.
        assertThat(gaps / gapCount / 1e6).isCloseTo(100.5, within(3.0));
    }

    @Test
    void aSmallTownGoesOnEarlyInsteadOfGrowing() {
        List<RequestRecord> all = all(
                pattern(Arrivals.POISSON, 1000, visits(5, 100, Duration.ofSeconds(10))), Duration.ofSeconds(2), SEEDS);
        Set<String> clients = new HashSet<>();
        for (RequestRecord r : all) clients.add(r.client());
        assertThat(clients).hasSize(5);
    }
}

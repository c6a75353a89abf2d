package io.tierdrill.model.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceStatisticsTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;

    @Test
    void aTraceWithoutRequestsHasNothingToTell() {
        TraceStatistics s = TraceStatistics.of(List.<RequestRecord>of().iterator());

        assertThat(s.requests()).isZero();
        assertThat(s.meanPerSecond()).isNull();
        assertThat(s.rate().requests()).isEmpty();
        assertThat(s.burstiness()).satisfies(b -> {
            assertThat(b.peakRequests()).isZero();
            assertThat(b.peakAtSeconds()).isNull();
            assertThat(b.indexOfDispersion()).isNull();
            assertThat(b.dispersion())
                    .extracting(TraceStatistics.Dispersion::index)
                    .containsOnlyNulls();
        });
        assertThat(s.clients().top1PercentShare()).isNull();
        assertThat(s.responses().p50Bytes()).isNull();
    }

    @Test
    void oneRequestHasNoRate() {
        TraceStatistics s = TraceStatistics.of(List.of(Requests.at(5 * SECOND)).iterator());

        assertThat(s.requests()).isEqualTo(1);
        assertThat(s.spanSeconds()).isZero();
        assertThat(s.meanPerSecond()).isNull();
        assertThat(s.burstiness().gapCv()).isNull();
    }

    @Test
    void evenArrivalsAreNotBursty() {
        TraceStatistics s = every(10 * MILLI, 1000);

        assertThat(s.spanSeconds()).isEqualTo(9.99);
        assertThat(s.meanPerSecond()).isCloseTo(100, within(1e-9));
        assertThat(s.burstiness().peakRequests()).isEqualTo(100);
        assertThat(s.burstiness().peakToMean()).isEqualTo(1);
        assertThat(s.burstiness().gapCv()).isZero();
        assertThat(s.burstiness().indexOfDispersion()).isZero();
    }

    @Test
    void saysWhenTheBusiestSecondIsAlsoWhereItIsTheLast() {
        TraceStatistics middle = TraceStatistics.of(List.of(
                        Requests.at(100 * MILLI),
                        Requests.at(5 * SECOND),
                        Requests.at(5 * SECOND),
                        Requests.at(9 * SECOND))
                .iterator());
        assertThat(middle.burstiness().peakAtSeconds()).isEqualTo(5);
        assertThat(middle.burstiness().peakRequests()).isEqualTo(2);

        TraceStatistics end =
                TraceStatistics.of(List.of(Requests.at(0), Requests.at(7 * SECOND), Requests.at(7 * SECOND))
                        .iterator());
        assertThat(end.burstiness().peakAtSeconds()).isEqualTo(7);
    }

    /** Batches of 10 every 100 ms: even at 100 ms and above; below, nine windows in ten are empty. */
    @Test
    void dispersionDependsOnTheWindow() {
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) requests.add(Requests.at(i / 10 * 100 * MILLI));
        TraceStatistics s = TraceStatistics.of(requests.iterator());

        assertThat(s.burstiness().dispersion())
                .extracting(TraceStatistics.Dispersion::windowSeconds)
                .containsExactly(0.01, 0.1, 1.0, 10.0);
        // Mean 1, variance 0.1 * 10^2 - 1 = 9.
        assertThat(s.burstiness().dispersion().get(0).index()).isCloseTo(9, within(0.02));
        assertThat(s.burstiness().dispersion().get(1).index()).isZero();
        assertThat(s.burstiness().dispersion().get(2).index()).isZero();
    }

    @Test
    void aVisitEndsWithHalfAnHourOfSilenceAndAUserIsMoreThanAnAddress() {
        long minute = 60 * SECOND;
        TraceStatistics s = TraceStatistics.of(List.of(
                        of(0, "a", "zoe"),
                        of(minute, "b", "zoe"),
                        of(2 * minute, "b", ""),
                        of(4 * minute, "a", "zoe"),
                        of(34 * minute, "a", "zoe"))
                .iterator());

        assertThat(s.visits().users()).isEqualTo(2);
        assertThat(s.visits().visits()).isEqualTo(3);
        assertThat(s.visits().maxRequests()).isEqualTo(3);
        assertThat(s.visits().thinkTime().known()).isEqualTo(2);
        assertThat(s.visits().thinkTime().meanMicros()).isEqualTo(120e6);
    }

    /** 20,000 users, 500 followed at most: an estimate from 313 or more is off by 6 %; four times that. */
    @Test
    void ofTooManyUsersAFairSampleIsFollowed() {
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) requests.add(of(i * MILLI, "client " + i % 20_000, ""));
        TraceStatistics.Visits visits =
                TraceStatistics.of(requests.iterator(), 500).visits();

        assertThat(visits.exact()).isFalse();
        assertThat((double) visits.users()).isCloseTo(20_000, within(4_800.0));
        assertThat(visits.meanRequests()).isEqualTo(3);
        assertThat(visits.thinkTime().p50Micros()).isCloseTo(20e6, within(20e3));
    }

    private static RequestRecord of(long offset, String client, String user) {
        return new RequestRecord(
                offset,
                client,
                "",
                user,
                "http",
                "GET",
                "",
                "/",
                List.of(),
                RequestRecord.Body.none(),
                Optional.empty());
    }

    /** 20,000 gaps: the CV's standard error is about 1/sqrt(n) = 0.007; 400 windows: that of the index 0.07. */
    @Test
    void poissonArrivalsHaveBothMeasuresNearOne() {
        var chance = new Seeds(8).stream("poisson");
        List<RequestRecord> requests = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < 20_000; i++) {
            at -= Math.log(1 - chance.nextDouble()) / 50 * SECOND;
            requests.add(Requests.at((long) at));
        }
        TraceStatistics s = TraceStatistics.of(requests.iterator());

        assertThat(s.meanPerSecond()).isCloseTo(50, within(1.5));
        assertThat(s.burstiness().gapCv()).isCloseTo(1, within(0.03));
        assertThat(s.burstiness().indexOfDispersion()).isCloseTo(1, within(0.28));
    }

    @Test
    void oneSecondOfManyInALongQuietIsThePeak() {
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 10; i++) requests.add(Requests.at(i * SECOND));
        for (int i = 0; i < 90; i++) requests.add(Requests.at(10 * SECOND + i));
        requests.add(Requests.at(20 * SECOND));
        TraceStatistics.Burstiness b = TraceStatistics.of(requests.iterator()).burstiness();

        // 100 requests in 20 whole windows: mean 5. Squares: 10 + 90 * 90; variance (8110 - 20 * 25) / 19.
        assertThat(b.peakRequests()).isEqualTo(90);
        assertThat(b.peakToMean()).isEqualTo(90 / 5.0);
        assertThat(b.indexOfDispersion()).isCloseTo(7610 / 19.0 / 5, within(1e-9));
    }

    @Test
    void theRateIsExactHoweverLongTheTraceTurnsOutToBe() {
        for (long gap : new long[] {10_000, MILLI, 7 * MILLI, SECOND, 61 * SECOND, 100_000 * SECOND}) {
            int count = 3_000;
            TraceStatistics.RateOverTime rate = every(gap, count).rate();
            long width = Math.round(rate.bucketSeconds() * SECOND);
            List<Long> expected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int bucket = (int) (i * gap / width);
                while (expected.size() <= bucket) expected.add(0L);
                expected.set(bucket, expected.get(bucket) + 1);
            }
            assertThat(rate.requests()).as("gap " + gap).isEqualTo(expected).hasSizeLessThanOrEqualTo(600);
        }
    }

    @Test
    void widthsOfTheRateAreRound() {
        assertThat(every(MILLI, 600).rate().bucketSeconds()).isEqualTo(0.001);
        assertThat(every(MILLI, 601).rate().bucketSeconds()).isEqualTo(0.002);
        assertThat(every(SECOND, 600).rate().bucketSeconds()).isEqualTo(1);
        assertThat(every(SECOND, 3_600).rate().bucketSeconds()).isEqualTo(10);
        assertThat(every(60 * SECOND, 1_440).rate().bucketSeconds()).isEqualTo(600);
        assertThat(every(3600 * SECOND, 600).rate().bucketSeconds()).isEqualTo(3600);
    }

    @Test
    void clientsPathsMethodsAndStatusesAreCounted() {
        List<RequestRecord> requests = List.of(
                Requests.of("a", "GET", "/x?token=1", 200, 10),
                Requests.of("a", "GET", "/x?token=2", 404, 20),
                Requests.of("b", "POST", "/y", 200, 30),
                Requests.of("a", "GET", "/x", 301, 40),
                Requests.at(0));
        TraceStatistics s = TraceStatistics.of(requests.iterator());

        assertThat(s.methods()).isEqualTo(Map.of("GET", 4L, "POST", 1L));
        assertThat(s.statuses()).isEqualTo(Map.of("none", 1L, "200", 2L, "301", 1L, "404", 1L));
        assertThat(s.clients().distinct()).isEqualTo(3);
        assertThat(s.clients().exact()).isTrue();
        assertThat(s.clients().top().get(0)).isEqualTo(new TraceStatistics.Count("a", 3, 0.6));
        assertThat(s.clients().top1PercentShare()).isEqualTo(0.6);
        assertThat(s.clients().zipf()).isNull();
        assertThat(s.paths().top().get(0)).isEqualTo(new TraceStatistics.Count("/x", 3, 0.6));
        assertThat(s.responses()).isEqualTo(new TraceStatistics.Sizes(4, 1, 25.0, 20L, 40L, null, 40L, 100));
        assertThat(s.latency().known()).isZero();
    }

    @Test
    void noP99OnFewerThanThreeThousandValues() {
        assertThat(sizes(2_999).p99Bytes()).isNull();
        assertThat(sizes(3_000).p99Bytes()).isBetween(2_960L, 2_975L);
    }

    @Test
    void offsetsThatGoBackAreCountedNotHidden() {
        TraceStatistics s = TraceStatistics.of(
                List.of(Requests.at(0), Requests.at(2 * SECOND), Requests.at(SECOND), Requests.at(3 * SECOND))
                        .iterator());

        assertThat(s.outOfOrder()).isEqualTo(1);
        assertThat(s.requests()).isEqualTo(4);
        assertThat(s.spanSeconds()).isEqualTo(3);
    }

    @Test
    void withTooManyKeysFrequentOnesAreStillFound() {
        var chance = new Seeds(12).stream("keys");
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            String path = chance.nextInt(10) < 3 ? "/hot" + chance.nextInt(3) : "/cold/" + i;
            requests.add(Requests.of("c", "GET", path, 200, 1));
        }
        TraceStatistics.Popularity paths =
                TraceStatistics.of(requests.iterator(), 1_000).paths();

        assertThat(paths.exact()).isFalse();
        assertThat(paths.distinct()).isEqualTo(1_000);
        assertThat(paths.top1PercentShare()).isNull();
        // A tenth each, to within what was taken off (at most 1 each time 500 cold keys were forgotten).
        assertThat(paths.top().subList(0, 3))
                .allSatisfy(c -> assertThat(c.key()).startsWith("/hot"))
                .allSatisfy(c -> assertThat(c.requests()).isCloseTo(5_000, within(350L)));
    }

    /** 200,000 draws of a law with known exponent over 1,000 keys; the fit's own error there is below 0.02. */
    @Test
    void theZipfExponentOfAKnownLawIsFound() {
        for (double exponent : new double[] {0.6, 1.0, 1.4}) {
            long[] counts = new long[1_000];
            var chance = new Seeds(13).stream("zipf");
            double[] cumulated = new double[counts.length];
            double sum = 0;
            for (int i = 0; i < counts.length; i++) cumulated[i] = sum += Math.pow(i + 1, -exponent);
            for (int n = 0; n < 200_000; n++) {
                int at = Arrays.binarySearch(cumulated, chance.nextDouble() * sum);
                counts[at < 0 ? -at - 1 : at]++;
            }
            long[] descending =
                    Arrays.stream(counts).map(c -> -c).sorted().map(c -> -c).toArray();

            assertThat(PopularityFit.zipf(descending).exponent()).isCloseTo(exponent, within(0.03));
        }
    }

    private static TraceStatistics.Sizes sizes(int count) {
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) requests.add(Requests.of("c", "GET", "/", 200, i));
        return TraceStatistics.of(requests.iterator()).responses();
    }

    private static TraceStatistics every(long gap, int count) {
        List<RequestRecord> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) requests.add(Requests.at(i * gap));
        return TraceStatistics.of(requests.iterator());
    }

    /** Requests with little in them. */
    static final class Requests {
        private Requests() {}

        static RequestRecord at(long offset) {
            return record(offset, "c", "GET", "/", Optional.empty());
        }

        static RequestRecord of(String client, String method, String path, int status, long bytes) {
            var response = new RequestRecord.Response(status, Optional.of(bytes), Optional.empty());
            return record(0, client, method, path, Optional.of(response));
        }

        private static RequestRecord record(
                long offset, String client, String method, String path, Optional<RequestRecord.Response> response) {
            return new RequestRecord(
                    offset, client, "", "", "http", method, "", path, List.of(), RequestRecord.Body.none(), response);
        }
    }
}

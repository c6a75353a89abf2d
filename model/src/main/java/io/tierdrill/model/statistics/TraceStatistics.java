package io.tierdrill.model.statistics;

import io.tierdrill.model.trace.RequestRecord;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stream of requests is like. Values that too few requests cannot tell are null. Offsets are taken in the order
 * they come; {@code outOfOrder} tells how many went back, in which case burstiness is approximate.
 *
 * @param requests how many
 * @param spanSeconds from the first to the last
 * @param meanPerSecond gaps over span: one request less than there are, over the span
 * @param rate how many when
 * @param burstiness how unevenly
 * @param visits how users come, stay and think
 * @param clients who sends how much
 * @param paths what is asked for how often, query strings left out
 * @param methods requests by method
 * @param statuses responses by status, in order of status; {@code none} where the source told none
 * @param requestBodies sizes of what was sent
 * @param responses sizes of what came back
 * @param latency as the source measured it
 * @param outOfOrder requests with an offset below that of the request before
 */
public record TraceStatistics(
        long requests,
        double spanSeconds,
        Double meanPerSecond,
        RateOverTime rate,
        Burstiness burstiness,
        Visits visits,
        Popularity clients,
        Popularity paths,
        Map<String, Long> methods,
        Map<String, Long> statuses,
        Sizes requestBodies,
        Sizes responses,
        Latency latency,
        long outOfOrder) {

    public TraceStatistics {
        methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
        statuses = Collections.unmodifiableMap(new LinkedHashMap<>(statuses));
    }

    /** Reads all requests once; memory is bounded whatever they hold. */
    public static TraceStatistics of(Iterator<RequestRecord> requests) {
        return of(requests, KeyCounts.MOST_KEYS);
    }

    /**
     * The same with less memory.
     *
     * @param mostKeys distinct clients, and distinct paths, up to which counts are exact
     */
    public static TraceStatistics of(Iterator<RequestRecord> requests, int mostKeys) {
        StatisticsCollector collector = new StatisticsCollector(mostKeys);
        requests.forEachRemaining(collector::add);
        return collector.statistics();
    }

    /**
     * Requests in equal steps of time from offset zero.
     *
     * @param bucketSeconds length of a step: 1, 2, 10, 20 or 100 ms and so on, 1, 2, 10, 20 s, 1, 2, 10, 20 min, hours, so
     *     that there are at most 600
     */
    public record RateOverTime(double bucketSeconds, List<Long> requests) {
        public RateOverTime {
            requests = List.copyOf(requests);
        }
    }

    /**
     * How far from even the arrivals are; a Poisson process has 1 for the last two.
     *
     * @param windowSeconds length of the windows counted, from offset zero on
     * @param peakRequests in the busiest window
     * @param peakAtSeconds when that window begins
     * @param peakToMean its requests over the mean of all windows but the last, which is likely to be cut short
     * @param gapCv standard deviation of the gaps over their mean (coefficient of variation)
     * @param indexOfDispersion variance of the same windows' counts over their mean
     * @param dispersion the same for windows of 10 ms, 100 ms, 1 s and 10 s
     */
    public record Burstiness(
            double windowSeconds,
            long peakRequests,
            Double peakAtSeconds,
            Double peakToMean,
            Double gapCv,
            Double indexOfDispersion,
            List<Dispersion> dispersion) {
        public Burstiness {
            dispersion = List.copyOf(dispersion);
        }
    }

    /** Variance over mean of the counts in windows of this length; null where there are too few whole windows. */
    public record Dispersion(double windowSeconds, Double index) {}

    /**
     * How users behave. A visit is what one user asks for with no pause of half an hour; who has no user key counts as
     * the client's user.
     *
     * @param users different ones; an estimate where {@code exact} is false
     * @param exact false when there were too many users to follow each; the rest is then of a sample of users
     * @param visits of the users followed
     * @param thinkTime pauses within visits, from one request to the user's next
     */
    public record Visits(
            long users,
            boolean exact,
            long visits,
            Double meanRequests,
            Long p50Requests,
            Long p90Requests,
            Long maxRequests,
            Latency thinkTime) {}

    /**
     * How unevenly requests fall on keys.
     *
     * @param distinct keys; at least so many where {@code exact} is false
     * @param exact false when there were too many keys to count each; then counts of rare keys are lost, those of
     *     frequent ones are kept to within a small error, and shares of the top are null
     * @param top the ten most frequent
     * @param top1PercentShare of requests that fall on the most frequent 1 % of keys, at least one key
     * @param top10PercentShare the same for 10 %
     * @param zipf fitted law of rank and frequency, null below 10 keys or 100 requests
     */
    public record Popularity(
            long distinct,
            boolean exact,
            List<Count> top,
            Double top1PercentShare,
            Double top10PercentShare,
            ZipfFit zipf) {
        public Popularity {
            top = List.copyOf(top);
        }
    }

    /** A key, its requests and their share of all. */
    public record Count(String key, long requests, double share) {}

    /**
     * Frequency falls with rank to the power of minus {@code exponent}.
     *
     * @param ranks how many of the most frequent keys were fitted
     * @param method how
     */
    public record ZipfFit(double exponent, int ranks, String method) {}

    /**
     * Sizes; quantiles to three digits. The p99 needs 3,000 values.
     *
     * @param known requests whose source told the size
     * @param unknown the others
     */
    public record Sizes(
            long known,
            long unknown,
            Double meanBytes,
            Long p50Bytes,
            Long p90Bytes,
            Long p99Bytes,
            Long maxBytes,
            long totalBytes) {}

    /** Latency, like {@link Sizes}. */
    public record Latency(
            long known,
            long unknown,
            Double meanMicros,
            Double p50Micros,
            Double p90Micros,
            Double p99Micros,
            Double maxMicros) {}
}

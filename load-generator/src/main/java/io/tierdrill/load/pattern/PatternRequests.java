package io.tierdrill.load.pattern;

import io.tierdrill.load.arrival.ArrivalProcess;
import io.tierdrill.load.arrival.Bursts;
import io.tierdrill.load.arrival.DueTimes;
import io.tierdrill.load.arrival.RateCurve;
import io.tierdrill.load.pattern.PatternConfig.PathWeight;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Requests of a pattern in the order they are due; {@code offsetNanos} is the due time. When, who and what are drawn
 * from streams of their own, so that another mix of paths leaves the arrivals where they were. Not thread-safe.
 */
public final class PatternRequests implements Iterator<RequestRecord> {
    /** Mean length of a burst: long enough to fill queues, short enough for many in a rehearsal. */
    static final double BURST_SECONDS = 0.25;

    private final DueTimes dueTimes;
    private final Visits visits;
    private final List<PathWeight> paths;
    private final double[] cumulative;
    private final RandomGenerator pathStream;
    private final Zipf items;
    private final String authority;
    private final long lengthNanos;
    private long due;

    /** @param length requests due at or after it are left out */
    public PatternRequests(PatternConfig config, Duration length, Seeds seeds) {
        RateCurve curve = config.curve(length);
        lengthNanos = length.toNanos();
        dueTimes = new DueTimes(law(config, curve, lengthNanos, seeds), curve);
        visits = new Visits(config.sessions(), seeds.stream("visits"));
        paths = config.paths();
        cumulative = cumulative(paths);
        pathStream = seeds.stream("paths");
        items = new Zipf(config.popularity().items(), config.popularity().exponent(), seeds.stream("items"));
        authority = config.authority();
        due = dueTimes.nextLong();
    }

    private static ArrivalProcess law(PatternConfig config, RateCurve curve, long lengthNanos, Seeds seeds) {
        RandomGenerator gaps = seeds.stream("arrivals");
        double meanRate = curve.expectedBy(lengthNanos) / (lengthNanos / 1e9);
        return switch (config.arrivals()) {
            case CONSTANT -> ArrivalProcess.constant();
            case POISSON -> ArrivalProcess.poisson(gaps);
            case BURSTY ->
                new Bursts(
                        ArrivalProcess.poisson(gaps),
                        config.burstiness(),
                        BURST_SECONDS * meanRate,
                        seeds.stream("bursts"));
        };
    }

    @Override
    public boolean hasNext() {
        return due < lengthNanos;
    }

    @Override
    public RequestRecord next() {
        if (!hasNext()) throw new NoSuchElementException();
        PathWeight kind = kind();
        String client = visits.clientAt(due);
        var request = new RequestRecord(
                due,
                client,
                "",
                client,
                "http",
                kind.method(),
                authority,
                path(kind),
                List.of(),
                body(kind),
                Optional.empty());
        due = dueTimes.nextLong();
        return request;
    }

    private PathWeight kind() {
        double at = pathStream.nextDouble() * cumulative[cumulative.length - 1];
        int i = 0;
        while (cumulative[i] <= at) i++;
        return paths.get(i);
    }

    private String path(PathWeight kind) {
        return kind.path().contains(PathWeight.ITEM)
                ? kind.path().replace(PathWeight.ITEM, Long.toString(items.next()))
                : kind.path();
    }

    private static Body body(PathWeight kind) {
        return kind.bodyBytes() == 0 ? Body.none() : new Body(new byte[0], kind.bodyBytes(), "");
    }

    private static double[] cumulative(List<PathWeight> paths) {
        double[] sums = new double[paths.size()];
        for (int i = 0; i < sums.length; i++)
            sums[i] = (i == 0 ? 0 : sums[i - 1]) + paths.get(i).weight();
        return sums;
    }
}

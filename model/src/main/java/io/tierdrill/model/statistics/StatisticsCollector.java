package io.tierdrill.model.statistics;

import io.tierdrill.model.trace.RequestRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Adds up requests one by one; {@link #statistics} freezes the sums. One thread. */
public final class StatisticsCollector {
    private static final int MOST_WORDS = 1000;
    private static final int NO_STATUS = Integer.MIN_VALUE;

    private final Arrivals arrivals = new Arrivals();
    private final RateBuckets rate = new RateBuckets();
    private final UserVisits visits;
    private final KeyCounts clients;
    private final KeyCounts paths;
    private final KeyCounts methods = new KeyCounts(MOST_WORDS);
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Quantity requestBodies = new Quantity();
    private final Quantity responses = new Quantity();
    private final Quantity latency = new Quantity();

    /** Exact up to a quarter of a million clients, users and paths. */
    public StatisticsCollector() {
        this(KeyCounts.MOST_KEYS);
    }

    StatisticsCollector(int mostKeys) {
        this.visits = new UserVisits(mostKeys);
        this.clients = new KeyCounts(mostKeys);
        this.paths = new KeyCounts(mostKeys);
    }

    public void add(RequestRecord request) {
        arrivals.add(request.offsetNanos());
        rate.add(request.offsetNanos());
        visits.add(request.user().isEmpty() ? request.client() : request.user(), request.offsetNanos());
        clients.add(request.client());
        paths.add(withoutQuery(request.path()));
        methods.add(request.method());
        requestBodies.add(request.body().size());
        if (request.response().isPresent()) add(request.response().get());
        else missing();
    }

    /** Of what was added until now. */
    public TraceStatistics statistics() {
        return new TraceStatistics(
                arrivals.count(),
                arrivals.spanSeconds(),
                arrivals.meanPerSecond(),
                rate.freeze(),
                arrivals.burstiness(),
                visits.freeze(),
                PopularityFit.of(clients),
                PopularityFit.of(paths),
                methods.descending(),
                statusCounts(),
                requestBodies.sizes(),
                responses.sizes(),
                latency.latency(),
                arrivals.outOfOrder());
    }

    private void add(RequestRecord.Response response) {
        count(response.status());
        responses.add(response.bytes());
        latency.add(response.latencyNanos());
    }

    private void missing() {
        count(NO_STATUS);
        responses.addUnknown();
        latency.addUnknown();
    }

    /** There are few statuses; a trace with thousands is nonsense and must not fill the memory. */
    private void count(int status) {
        if (statuses.size() < MOST_WORDS || statuses.containsKey(status)) statuses.merge(status, 1L, Long::sum);
    }

    private Map<String, Long> statusCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        statuses.forEach((status, count) -> counts.put(status == NO_STATUS ? "none" : Integer.toString(status), count));
        return counts;
    }

    /** Query strings hold what is individual, also what is secret; popularity is a matter of paths. */
    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}

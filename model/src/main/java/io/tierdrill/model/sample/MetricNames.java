package io.tierdrill.model.sample;

/**
 * The names under which every tier process exposes itself at {@code /metrics}, in Prometheus text form. Balancers and
 * services write them, the profiler reads them, the dashboards query them; this is where they meet.
 *
 * <p>Every series carries the labels {@link #TIER} and {@link #INSTANCE}.
 */
public final class MetricNames {
    public static final String TIER = "tier";
    public static final String INSTANCE = "instance";

    /** Counters and gauges of {@link TierSample}, one series each. */
    public static final String ARRIVALS = "tierdrill_tier_arrivals_total";

    public static final String COMPLETIONS = "tierdrill_tier_completions_total";
    public static final String ERRORS = "tierdrill_tier_errors_total";
    public static final String IN_FLIGHT = "tierdrill_tier_in_flight";
    public static final String QUEUED = "tierdrill_tier_queued";
    public static final String RESIDENCE_SECONDS = "tierdrill_tier_residence_seconds_total";
    public static final String QUEUE_SECONDS = "tierdrill_tier_queue_seconds_total";
    public static final String DOWNSTREAM_SECONDS = "tierdrill_tier_downstream_seconds_total";

    /** {@link ResourceSample}: one series per resource, labelled {@link #RESOURCE}, {@link #KIND}, {@link #SETTING}. */
    public static final String RESOURCE_CAPACITY = "tierdrill_resource_capacity";

    public static final String RESOURCE_USED = "tierdrill_resource_used";
    public static final String RESOURCE_WAITERS = "tierdrill_resource_waiters";
    public static final String RESOURCE_DROPS = "tierdrill_resource_drops_total";
    public static final String RESOURCE = "resource";
    public static final String KIND = "kind";
    public static final String SETTING = "setting";

    /** Which of several, on a series of {@link Signal#metric}; not there where there is one. */
    public static final String OF = "of";

    private MetricNames() {}
}

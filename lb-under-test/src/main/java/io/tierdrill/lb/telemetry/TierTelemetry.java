package io.tierdrill.lb.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tierdrill.model.sample.MetricNames;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * The flow through one instance, counted, and its declared limits; served at {@code /metrics} on an admin port.
 *
 * <p>Counting is safe from any thread, takes no lock and makes no garbage. What is exposed is read when it is scraped:
 * there is nothing to keep up to date. JVM metrics are not among it: the profiler reads processes from outside.
 */
public final class TierTelemetry implements AutoCloseable {
    private final LongAdder arrivals = new LongAdder();
    private final LongAdder completions = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder queued = new LongAdder();
    private final LongAdder residenceNanos = new LongAdder();
    private final LongAdder queueNanos = new LongAdder();
    private final LongAdder downstreamNanos = new LongAdder();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Tags labels;
    private final AdminEndpoint admin;

    private TierTelemetry(InstanceId id, InetAddress host) throws IOException {
        labels = Tags.of(MetricNames.TIER, id.tier(), MetricNames.INSTANCE, id.toString());
        counter(MetricNames.ARRIVALS, labels, t -> t.arrivals.sum());
        counter(MetricNames.COMPLETIONS, labels, t -> t.completions.sum());
        counter(MetricNames.ERRORS, labels, t -> t.errors.sum());
        gauge(MetricNames.IN_FLIGHT, labels, this::inFlight);
        gauge(MetricNames.QUEUED, labels, queued::sum);
        counter(MetricNames.RESIDENCE_SECONDS, labels, t -> t.residenceNanos.sum() / 1e9);
        counter(MetricNames.QUEUE_SECONDS, labels, t -> t.queueNanos.sum() / 1e9);
        counter(MetricNames.DOWNSTREAM_SECONDS, labels, t -> t.downstreamNanos.sum() / 1e9);
        admin = AdminEndpoint.open(host, id.tier() + "-" + id.number() + "-admin", registry);
    }

    /**
     * Counters at zero and an admin port open.
     *
     * @param host address of the traffic port; the admin port is on it where it is loopback, else on 127.0.0.1
     */
    public static TierTelemetry start(InstanceId id, InetAddress host) throws IOException {
        return new TierTelemetry(id, host.isLoopbackAddress() ? host : InetAddress.getByName("127.0.0.1"));
    }

    /** Where {@code /metrics} and {@code /healthz} are served. */
    public InetSocketAddress admin() {
        return admin.address();
    }

    /** A request (L7, service), connection (L3, L4) or query (DNS) is here. Pairs with one {@link #complete}. */
    public void arrive() {
        arrivals.increment();
    }

    /** It is done, well or not, this long after it arrived. */
    public void complete(long residence) {
        residenceNanos.add(residence);
        completions.increment();
    }

    /** This instance failed or refused it. Besides {@link #complete}, not instead of it. */
    public void error() {
        errors.increment();
    }

    /** It waits for a limit of this instance. Pairs with one {@link #dequeue}. */
    public void enqueue() {
        queued.increment();
    }

    /** It waits no longer, after this many nanoseconds. */
    public void dequeue(long waited) {
        queued.decrement();
        queueNanos.add(waited);
    }

    /** It waited this long for the tier below. */
    public void downstream(long waited) {
        downstreamNanos.add(waited);
    }

    /**
     * Declares a limit whose size may change.
     *
     * @param name within the tier, such as {@code connection-table}
     * @param capacity the limit, above zero
     * @param setting full path of the setting, such as {@code stack.l4.connections}; empty where nothing sets it
     * @param used how much is taken now
     * @param waiters who wait for it now
     * @param drops refused because of it since the start
     */
    public void resource(
            String name,
            ResourceKind kind,
            DoubleSupplier capacity,
            String setting,
            DoubleSupplier used,
            DoubleSupplier waiters,
            LongSupplier drops) {
        Tags tags = labels.and(MetricNames.RESOURCE, name, MetricNames.KIND, kind.word(), MetricNames.SETTING, setting);
        gauge(MetricNames.RESOURCE_CAPACITY, tags, capacity);
        gauge(MetricNames.RESOURCE_USED, tags, used);
        gauge(MetricNames.RESOURCE_WAITERS, tags, waiters);
        counter(MetricNames.RESOURCE_DROPS, tags, t -> drops.getAsLong());
    }

    /** Declares a limit of fixed size. */
    public void resource(
            String name,
            ResourceKind kind,
            double capacity,
            String setting,
            DoubleSupplier used,
            DoubleSupplier waiters,
            LongSupplier drops) {
        if (!(capacity > 0))
            throw new IllegalArgumentException("capacity of " + name + " must be above 0, was " + capacity);
        resource(name, kind, () -> capacity, setting, used, waiters, drops);
    }

    /** A counter of this tier's own, such as {@code tierdrill_l7_retries_total}. */
    public LongAdder counter(String name) {
        LongAdder count = new LongAdder();
        counter(name, labels, t -> count.sum());
        return count;
    }

    /** Arrived and not completed. Completions are read first, so that it is never below zero. */
    public long inFlight() {
        long done = completions.sum();
        return Math.max(0, arrivals.sum() - done);
    }

    public long arrivals() {
        return arrivals.sum();
    }

    public long completions() {
        return completions.sum();
    }

    public long errors() {
        return errors.sum();
    }

    @Override
    public void close() {
        admin.close();
        registry.close();
    }

    private void counter(String name, Tags tags, ToDoubleFunction<TierTelemetry> value) {
        FunctionCounter.builder(name, this, value).tags(tags).register(registry);
    }

    private void gauge(String name, Tags tags, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).tags(tags).register(registry);
    }
}

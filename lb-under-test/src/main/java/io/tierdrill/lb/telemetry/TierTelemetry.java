package io.tierdrill.lb.telemetry;

import io.tierdrill.model.sample.MetricNames;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The flow through one instance, counted, and its declared limits; served on an admin port: at {@code /metrics} by
 * Micrometer's Prometheus registry, and at {@code /samples} the same series and names as bare lines for the profiler,
 * who asks for {@code /samples?signals} to hear the {@link Signal}s too.
 *
 * <p>Counting is safe from any thread, takes no lock and makes no garbage. What is exposed is read when it is scraped:
 * there is nothing to keep up to date. Of the JVM only its collector is told; the profiler reads processes from outside.
 */
public final class TierTelemetry implements AutoCloseable {
    private final LongAdder arrivals = new LongAdder();
    private final LongAdder completions = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder queued = new LongAdder();
    private final LongAdder residenceNanos = new LongAdder();
    private final LongAdder queueNanos = new LongAdder();
    private final LongAdder downstreamNanos = new LongAdder();
    private final List<Series> series = new ArrayList<>();
    private final SamplePage samples = new SamplePage();
    private final SamplePage signals = new SamplePage();
    private final Map<List<String>, Told> told = new HashMap<>();
    private final List<Supplier<String>> beside = new ArrayList<>();
    private Optional<MetricPage> metrics = Optional.empty();
    private final String[] labels;
    private final AdminEndpoint admin;

    private TierTelemetry(InstanceId id, InetSocketAddress listen) throws IOException {
        labels = new String[] {MetricNames.TIER, id.tier(), MetricNames.INSTANCE, id.toString()};
        add(MetricNames.ARRIVALS, labels, true, arrivals::sum);
        add(MetricNames.COMPLETIONS, labels, true, completions::sum);
        add(MetricNames.ERRORS, labels, true, errors::sum);
        add(MetricNames.IN_FLIGHT, labels, false, this::inFlight);
        add(MetricNames.QUEUED, labels, false, queued::sum);
        add(MetricNames.RESIDENCE_SECONDS, labels, true, () -> residenceNanos.sum() / 1e9);
        add(MetricNames.QUEUE_SECONDS, labels, true, () -> queueNanos.sum() / 1e9);
        add(MetricNames.DOWNSTREAM_SECONDS, labels, true, () -> downstreamNanos.sum() / 1e9);
        admin = AdminEndpoint.open(listen, id.tier() + "-" + id.number() + "-admin", this::page);
    }

    /**
     * Counters at zero and an admin port open.
     *
     * @param host address of the traffic port; the admin port is on it where it is loopback, else on 127.0.0.1
     */
    public static TierTelemetry start(InstanceId id, InetAddress host) throws IOException {
        InetAddress loopback = host.isLoopbackAddress() ? host : InetAddress.getByName("127.0.0.1");
        return start(id, new InetSocketAddress(loopback, 0));
    }

    /** The same with the admin port where somebody wants it, which need not be a loopback one. */
    public static TierTelemetry start(InstanceId id, InetSocketAddress admin) throws IOException {
        return new TierTelemetry(id, admin);
    }

    /** Where {@code /metrics}, {@code /samples} and {@code /healthz} are served. */
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
        String[] own = {MetricNames.RESOURCE, name, MetricNames.KIND, kind.word(), MetricNames.SETTING, setting};
        String[] all = Stream.of(labels, own).flatMap(Stream::of).toArray(String[]::new);
        add(MetricNames.RESOURCE_CAPACITY, all, false, capacity);
        add(MetricNames.RESOURCE_USED, all, false, used);
        add(MetricNames.RESOURCE_WAITERS, all, false, waiters);
        add(MetricNames.RESOURCE_DROPS, all, true, drops::getAsLong);
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
        add(name, labels, true, count::sum);
        return count;
    }

    /** Tells a signal of which there is one. */
    public void signal(Signal signal, DoubleSupplier value) {
        signal(signal, "", value);
    }

    /** Tells a signal of one of several; told again of the same one, whoever told it before is heard no more. */
    public void signal(Signal signal, String of, DoubleSupplier value) {
        synchronized (series) {
            Told before = told.get(List.of(signal.metric(), of));
            if (before != null) {
                before.by(value);
                return;
            }
            Told teller = new Told(value);
            told.put(List.of(signal.metric(), of), teller);
            String[] own = of.isEmpty() ? new String[0] : new String[] {MetricNames.OF, of};
            String[] all = Stream.of(labels, own).flatMap(Stream::of).toArray(String[]::new);
            Series one = new Series(signal.metric(), all, signal.counts(), teller);
            series.add(one);
            signals.add(one);
            metrics.ifPresent(page -> page.add(one));
        }
    }

    /** A signal that counts, to be counted here. */
    public LongAdder count(Signal signal) {
        LongAdder count = new LongAdder();
        signal(signal, count::sum);
        return count;
    }

    /** Tells what the JVM of this process tells of its collector. */
    public void jvm() {
        JvmSignals.tell(this);
    }

    /** A figure of this tier's own that may fall, such as {@code tierdrill_l7_tunnels}. */
    public void gauge(String name, DoubleSupplier value) {
        add(name, labels, false, value);
    }

    /**
     * Puts the metrics of something that runs within this instance onto its page, so that a process has one.
     *
     * @param page families in Prometheus text format 0.0.4, none of them ours; asked at every scrape of {@code /metrics},
     *     and not for {@code /samples}
     */
    public void beside(Supplier<String> page) {
        synchronized (series) {
            beside.add(page);
        }
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
        synchronized (series) {
            metrics.ifPresent(MetricPage::close);
        }
    }

    private void add(String name, String[] tags, boolean counts, DoubleSupplier value) {
        Series one = new Series(name, tags, counts, value);
        synchronized (series) {
            series.add(one);
            samples.add(one);
            metrics.ifPresent(page -> page.add(one));
        }
    }

    /** One at a time: whoever asks is rare, and the pages reuse their memory. */
    private Optional<AdminEndpoint.Page> page(String path, String query) throws IOException {
        synchronized (series) {
            return switch (path) {
                case "/samples" -> {
                    byte[] page = samples.render(query.equals("signals") ? Optional.of(signals) : Optional.empty());
                    yield Optional.of(AdminEndpoint.Page.ok(MetricPage.TYPE, page.clone(), samples.length()));
                }
                case "/metrics" -> {
                    byte[] page = metrics().render(query, beside);
                    yield Optional.of(AdminEndpoint.Page.ok(MetricPage.TYPE, page, page.length));
                }
                case "/healthz" -> Optional.of(AdminEndpoint.Page.ok("text/plain", new byte[] {'o', 'k', '\n'}, 3));
                default -> Optional.empty();
            };
        }
    }

    private MetricPage metrics() {
        if (metrics.isEmpty()) {
            MetricPage page = new MetricPage();
            series.forEach(page::add);
            metrics = Optional.of(page);
        }
        return metrics.get();
    }
}

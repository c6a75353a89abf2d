package io.tierdrill.load.live;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tierdrill.load.record.Second;
import io.tierdrill.load.record.SecondWatcher;
import io.tierdrill.model.config.BadInputException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Watches a run go by: keeps what its last seconds were like, serves it at {@code /metrics}, and ends it where an abort
 * rule is broken. Seconds come on the thread that keeps the histograms; everything else is for any thread. Watches one
 * run.
 */
public final class Live implements SecondWatcher, AutoCloseable {
    /** What is watched. */
    public interface Run {
        /** How it stands; cheap, from any thread. */
        Standing standing();

        /**
         * Ends it because a rule was broken; from any thread.
         *
         * @param rule as written
         * @param found since when, and with which figures
         */
        void abort(String rule, String found);
    }

    private final AbortWatch rules;
    private final Recent latency = new Recent();
    private final Recent lateness = new Recent();
    private final Recent held = new Recent();
    private final RunMetrics metrics = new RunMetrics(this::standing);
    private Optional<MetricsPage> page = Optional.empty();
    private volatile Optional<Run> run = Optional.empty();

    private Live(List<AbortRule> abortOn) {
        rules = new AbortWatch(abortOn);
    }

    /** Knows what the last seconds were like, and nothing else. */
    public static Live quiet() {
        return new Live(List.of());
    }

    /**
     * Opens the endpoint, if one is asked for.
     *
     * @throws BadInputException where it cannot listen there
     */
    public static Live open(LiveConfig config) throws BadInputException {
        Live live = new Live(config.abortOn());
        if (config.metrics().isEmpty()) return live;
        var registry = new PrometheusRegistry();
        registry.register(live.metrics);
        live.page = Optional.of(MetricsPage.open(config.metrics().get(), registry));
        return live;
    }

    /** Where {@code /metrics} is served. */
    public Optional<InetSocketAddress> address() {
        return page.map(MetricsPage::address);
    }

    /** The same as an address for people and browsers. */
    public Optional<String> url() {
        return address().map(a -> "http://" + LiveConfig.text(a) + "/metrics");
    }

    /** The run begins. */
    public void watch(Run watched) {
        run = Optional.of(watched);
    }

    @Override
    public void over(Second second) {
        latency.add(second.latency());
        lateness.add(second.lateness());
        held.add(second.held());
        if (page.isPresent()) metrics.add(second);
        rules.over(second).ifPresent(b -> run.ifPresent(r -> r.abort(b.rule(), b.found())));
    }

    /** p99 in microseconds over the last second, or as many as it takes to have a hundred requests. */
    public Optional<Double> recentLatencyP99Micros() {
        return latency.p99Micros();
    }

    public Optional<Double> recentLatenessP99Micros() {
        return lateness.p99Micros();
    }

    /** Of the requests held only; zero where none was. */
    public Optional<Double> recentHeldP99Micros() {
        return held.p99Micros();
    }

    private Standing standing() {
        return run.map(Run::standing).orElseGet(() -> new Standing(0, 0, 0, 0, 0));
    }

    @Override
    public void close() {
        page.ifPresent(MetricsPage::close);
    }
}

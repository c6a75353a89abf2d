package io.tierdrill.load.live;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tierdrill.load.record.Second;
import io.tierdrill.model.sample.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What {@code /metrics} shows of a running injector. Histograms and counters of requests follow whole seconds of the
 * measured time; the gauges are read when asked for. One thread adds seconds, any thread collects.
 */
final class RunMetrics implements MultiCollector {
    private static final String PREFIX = "tierdrill_injector_";

    private final Supplier<Standing> standing;
    private final NativeBuckets latency = new NativeBuckets();
    private final NativeBuckets service = new NativeBuckets();
    private final NativeBuckets lateness = new NativeBuckets();
    private final NativeBuckets held = new NativeBuckets();
    private final long[] outcomes = new long[Outcome.values().length];
    private long responseBytes;
    private long connectionsOpened;
    private long lastDueNanos;
    private double askedPerSecond;

    /** @param standing how the run stands now; asked on the thread that collects */
    RunMetrics(Supplier<Standing> standing) {
        this.standing = standing;
    }

    synchronized void add(Second second) {
        latency.add(second.latency());
        service.add(second.service());
        lateness.add(second.lateness());
        held.add(second.held());
        for (int i = 0; i < outcomes.length; i++) outcomes[i] += second.outcomes()[i];
        responseBytes += second.responseBytes();
        connectionsOpened = second.connectionsOpened();
        // What the schedule asked for: the requests sent over the time in which they were due, late or not.
        long due = second.lastDueNanos() - lastDueNanos;
        if (due > 0) askedPerSecond = second.sent() * 1e9 / due;
        lastDueNanos = second.lastDueNanos();
    }

    @Override
    public MetricSnapshots collect() {
        Standing now = standing.get();
        List<MetricSnapshot> all = new ArrayList<>();
        synchronized (this) {
            all.add(histogram(
                    "latency_seconds", "From the due time to the end of the answer or the failure.", latency));
            all.add(histogram("service_seconds", "From the send; not corrected for coordinated omission.", service));
            all.add(histogram(
                    "lateness_seconds", "From the due time to the send: the injector's own error.", lateness));
            all.add(histogram("held_seconds", "Waiting for the user's earlier request or a free connection.", held));
            all.add(ended());
            all.add(failed());
            all.add(counter("response_bytes", "Bytes of response bodies.", responseBytes));
            all.add(counter("connections_opened", "Connections opened.", connectionsOpened));
            all.add(gauge("asked_per_second", "Rate that the schedule asked for in the last second.", askedPerSecond));
            all.add(gauge(
                    "schedule_position_seconds",
                    "Due time of the last request sent, from the start of the measured time.",
                    lastDueNanos / 1e9));
        }
        all.add(counter("sent", "Requests acted on, warm-up included.", now.sent()));
        all.add(counter("done", "Requests ended, warm-up included.", now.done()));
        all.add(gauge("in_flight", "Requests acted on and not ended.", now.sent() - now.done()));
        all.add(gauge("achieved_per_second", "Requests ended in the last second.", now.recentPerSecond()));
        all.add(gauge("elapsed_seconds", "Since the first due time, warm-up included.", now.elapsedNanos() / 1e9));
        all.add(gauge("planned_seconds", "Length of the schedule, warm-up included.", now.plannedNanos() / 1e9));
        return new MetricSnapshots(all);
    }

    private CounterSnapshot ended() {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        for (Outcome outcome : Outcome.values())
            points.add(point(outcomes[outcome.ordinal()], Labels.of("outcome", word(outcome))));
        return new CounterSnapshot(metadata("requests", "Requests ended, by outcome."), points);
    }

    private CounterSnapshot failed() {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        for (Outcome outcome : Outcome.values())
            if (outcome.isError()) points.add(point(outcomes[outcome.ordinal()], Labels.of("kind", word(outcome))));
        return new CounterSnapshot(metadata("errors", "Requests failed, by kind."), points);
    }

    private static String word(Outcome outcome) {
        return outcome.word();
    }

    private static HistogramSnapshot histogram(String name, String help, NativeBuckets buckets) {
        return new HistogramSnapshot(metadata(name, help), List.of(buckets.snapshot()));
    }

    private static CounterSnapshot counter(String name, String help, double value) {
        return new CounterSnapshot(metadata(name, help), List.of(point(value, Labels.EMPTY)));
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return new GaugeSnapshot(metadata(name, help), List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
    }

    private static CounterDataPointSnapshot point(double value, Labels labels) {
        return new CounterDataPointSnapshot(value, labels, null, 0);
    }

    private static MetricMetadata metadata(String name, String help) {
        return new MetricMetadata(PREFIX + name, help);
    }
}

package io.tierdrill.profiler.scrape;

import static io.tierdrill.model.sample.MetricNames.ARRIVALS;
import static io.tierdrill.model.sample.MetricNames.COMPLETIONS;
import static io.tierdrill.model.sample.MetricNames.DOWNSTREAM_SECONDS;
import static io.tierdrill.model.sample.MetricNames.ERRORS;
import static io.tierdrill.model.sample.MetricNames.INSTANCE;
import static io.tierdrill.model.sample.MetricNames.IN_FLIGHT;
import static io.tierdrill.model.sample.MetricNames.KIND;
import static io.tierdrill.model.sample.MetricNames.OF;
import static io.tierdrill.model.sample.MetricNames.QUEUED;
import static io.tierdrill.model.sample.MetricNames.QUEUE_SECONDS;
import static io.tierdrill.model.sample.MetricNames.RESIDENCE_SECONDS;
import static io.tierdrill.model.sample.MetricNames.RESOURCE;
import static io.tierdrill.model.sample.MetricNames.RESOURCE_CAPACITY;
import static io.tierdrill.model.sample.MetricNames.RESOURCE_DROPS;
import static io.tierdrill.model.sample.MetricNames.RESOURCE_USED;
import static io.tierdrill.model.sample.MetricNames.RESOURCE_WAITERS;
import static io.tierdrill.model.sample.MetricNames.SETTING;
import static io.tierdrill.model.sample.MetricNames.TIER;

import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.ResourceSample;
import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@link io.tierdrill.model.sample.MetricNames} names out of a page of metrics. Pure.
 *
 * <p>Series of another instance are skipped; series without the labels are taken as the watched instance's, since it was
 * asked. A tier without arrivals and completions yields no {@link TierSample}; a resource without a finite capacity, or
 * of a kind we do not know, no {@link ResourceSample}.
 */
final class MetricText {
    private static final String PREFIX = "tierdrill_";

    private final InstanceId of;
    private final long atNanos;
    private final Map<String, Double> tier = new HashMap<>();
    private final Map<String, Map<String, MetricLine>> resources = new LinkedHashMap<>();
    private final List<Sample> signals = new ArrayList<>();

    private MetricText(InstanceId of, long atNanos) {
        this.of = of;
        this.atNanos = atNanos;
    }

    /** @param atNanos when the page was read, for the samples */
    static List<Sample> samples(InstanceId of, long atNanos, String page) {
        MetricText text = new MetricText(of, atNanos);
        for (int start = 0; start < page.length(); ) {
            int end = page.indexOf('\n', start);
            if (end < 0) end = page.length();
            if (page.startsWith(PREFIX, start))
                MetricLine.parse(page.substring(start, end)).ifPresent(text::take);
            start = end + 1;
        }
        return text.samples();
    }

    private void take(MetricLine line) {
        if (!isOurs(line)) return;
        Optional<Signal> signal = Signal.ofMetric(line.name());
        if (signal.isPresent()) {
            signals.add(new SignalSample(atNanos, of, signal.get(), line.label(OF), line.value()));
            return;
        }
        String resource = line.label(RESOURCE);
        if (resource.isEmpty()) tier.put(line.name(), line.value());
        else resources.computeIfAbsent(resource, r -> new HashMap<>()).put(line.name(), line);
    }

    private boolean isOurs(MetricLine line) {
        String tierName = line.label(TIER);
        String instance = line.label(INSTANCE);
        return (tierName.isEmpty() || tierName.equals(of.tier()))
                && (instance.isEmpty()
                        || instance.equals(of.toString())
                        || instance.equals(Integer.toString(of.number())));
    }

    private List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        if (tier.containsKey(ARRIVALS) && tier.containsKey(COMPLETIONS)) samples.add(flow());
        resources.forEach((name, lines) -> addResource(name, lines, samples));
        samples.addAll(signals);
        return samples;
    }

    private TierSample flow() {
        long arrivals = count(ARRIVALS);
        long completions = count(COMPLETIONS);
        return new TierSample(
                atNanos,
                of,
                arrivals,
                completions,
                count(ERRORS),
                tier.containsKey(IN_FLIGHT) ? count(IN_FLIGHT) : Math.max(0, arrivals - completions),
                count(QUEUED),
                tier.getOrDefault(RESIDENCE_SECONDS, 0.0),
                tier.getOrDefault(QUEUE_SECONDS, 0.0),
                tier.getOrDefault(DOWNSTREAM_SECONDS, 0.0));
    }

    private long count(String name) {
        return tier.getOrDefault(name, 0.0).longValue();
    }

    private void addResource(String name, Map<String, MetricLine> lines, List<Sample> samples) {
        MetricLine capacity = lines.get(RESOURCE_CAPACITY);
        if (capacity == null || !(capacity.value() > 0) || Double.isInfinite(capacity.value())) return;
        ResourceKind kind;
        try {
            kind = ResourceKind.of(capacity.label(KIND));
        } catch (IllegalArgumentException ofALaterVersion) {
            return;
        }
        samples.add(new ResourceSample(
                atNanos,
                of,
                name,
                kind,
                capacity.value(),
                value(lines, RESOURCE_USED),
                value(lines, RESOURCE_WAITERS),
                (long) value(lines, RESOURCE_DROPS),
                capacity.label(SETTING)));
    }

    private static double value(Map<String, MetricLine> lines, String name) {
        MetricLine line = lines.get(name);
        return line == null ? 0 : line.value();
    }
}

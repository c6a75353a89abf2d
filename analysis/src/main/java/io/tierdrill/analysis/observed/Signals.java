package io.tierdrill.analysis.observed;

import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * The signals of one instance, or of the machine. Where there are several of one signal, figures are sums over them
 * unless they are asked for one by one. Filled in order of time by one thread.
 */
public final class Signals {
    private final Map<Signal, SortedMap<String, Counter>> counters = new EnumMap<>(Signal.class);
    private final Map<Signal, SortedMap<String, Gauge>> gauges = new EnumMap<>(Signal.class);

    void see(SignalSample sample) {
        if (sample.signal().counts())
            counters.computeIfAbsent(sample.signal(), s -> new TreeMap<>())
                    .computeIfAbsent(sample.of(), of -> new Counter())
                    .see(sample.atNanos(), sample.value());
        else if (sample.atNanos() >= 0)
            gauges.computeIfAbsent(sample.signal(), s -> new TreeMap<>())
                    .computeIfAbsent(sample.of(), of -> new Gauge())
                    .see(sample.atNanos(), sample.value());
    }

    /** Whether it was ever told. */
    public boolean knows(Signal signal) {
        return counters.containsKey(signal) || gauges.containsKey(signal);
    }

    /** Of which it was told, in alphabetical order. */
    public Set<String> of(Signal signal) {
        return counters.getOrDefault(signal, new TreeMap<>()).keySet();
    }

    /** When a signal that counts was first told, or the end of time. */
    long since(Signal signal) {
        return counters.getOrDefault(signal, new TreeMap<>()).values().stream()
                .mapToLong(Counter::firstNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Growth over a span; zero of what was never told. */
    public double growth(Signal signal, long fromNanos, long toNanos) {
        double sum = 0;
        for (Counter counter : counters.getOrDefault(signal, new TreeMap<>()).values())
            sum += counter.growth(fromNanos, toNanos);
        return sum;
    }

    /** Growth over a span of one of several. */
    public double growth(Signal signal, String of, long fromNanos, long toNanos) {
        Counter counter = counters.getOrDefault(signal, new TreeMap<>()).get(of);
        return counter == null ? 0 : counter.growth(fromNanos, toNanos);
    }

    /** Growth within the windows that are judged. */
    public double growth(Signal signal, Windows windows, LongPredicate judged) {
        double sum = 0;
        for (int i = 0; i < windows.count(); i++)
            if (judged.test(windows.from(i))) sum += growth(signal, windows.from(i), windows.to(i));
        return sum;
    }

    /** The first instant of a span at which one of several grew, or the end of the span. */
    public long firstGrowth(Signal signal, String of, long fromNanos, long toNanos) {
        Counter counter = counters.getOrDefault(signal, new TreeMap<>()).get(of);
        return counter == null ? toNanos : counter.firstGrowth(fromNanos, toNanos);
    }

    /** The highest sighting of a signal that goes up and down. */
    public double max(Signal signal) {
        double max = 0;
        for (Gauge gauge : gauges.getOrDefault(signal, new TreeMap<>()).values()) max = Math.max(max, gauge.max());
        return max;
    }

    /** The highest sighting of one of several. */
    public double max(Signal signal, String of) {
        Gauge gauge = gauges.getOrDefault(signal, new TreeMap<>()).get(of);
        return gauge == null ? 0 : gauge.max();
    }

    /** Its mean over the instants that are judged. */
    public double mean(Signal signal, LongPredicate judged) {
        double sum = 0;
        for (Gauge gauge : gauges.getOrDefault(signal, new TreeMap<>()).values()) sum += gauge.mean(judged);
        return sum;
    }

    /** The part of the judged sightings in which it was at least that much. */
    public double shareAtLeast(Signal signal, double least, LongPredicate judged) {
        double share = 0;
        for (Gauge gauge : gauges.getOrDefault(signal, new TreeMap<>()).values())
            share = Math.max(share, gauge.shareAtLeast(least, judged));
        return share;
    }
}

package io.tierdrill.analysis.observed;

import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.tier.Topology;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run in memory: everything the analysis may know.
 *
 * @param name of the scenario
 * @param requests of the measured time
 * @param samples of the stack, warm-up included
 * @param environment what the folder says of machine and build, by name
 */
public record RunData(
        String name,
        long seed,
        Objective objective,
        Topology topology,
        Injection injection,
        Requests requests,
        List<Sample> samples,
        List<RunEvent> events,
        SortedMap<String, String> environment) {
    public RunData {
        samples = List.copyOf(samples);
        events = List.copyOf(events);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /** The measured time. */
    public long measuredNanos() {
        return Math.round(injection.plannedSeconds() * 1e9);
    }
}

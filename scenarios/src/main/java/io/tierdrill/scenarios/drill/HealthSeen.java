package io.tierdrill.scenarios.drill;

import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.scenarios.drill.DrillReport.Ejection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the tiers themselves told of an instance that was taken away. They are asked for it once a second, so that times
 * are late by up to that.
 *
 * @param ejections who found it ill first comes first; of drained ones nobody does
 * @param connections open to it when it was taken away, where it counts connections (L3, L4)
 * @param allWell whether at the end nobody held anybody for ill
 */
record HealthSeen(List<Ejection> ejections, Optional<Long> connections, boolean allWell) {
    private static final double NANOS = 1e9;

    HealthSeen {
        ejections = List.copyOf(ejections);
    }

    /** @param address of the instance, as those above know it */
    static HealthSeen of(List<Sample> samples, InstanceId instance, String address, long awayNanos, long backNanos) {
        Map<InstanceId, Double> known = new HashMap<>();
        Map<InstanceId, Double> found = new TreeMap<>(Comparator.comparing(InstanceId::toString));
        Map<InstanceId, Double> wired = new HashMap<>();
        Map<InstanceId, Double> well = new HashMap<>();
        Optional<Long> connections = Optional.empty();
        for (Sample sample : samples) {
            if (sample instanceof TierSample tier && tier.instance().equals(instance) && tier.atNanos() < awayNanos)
                connections = countsConnections(instance) ? Optional.of(tier.inFlight()) : Optional.empty();
            if (!(sample instanceof SignalSample signal)) continue;
            if (signal.signal() == Signal.WIRED) wired.put(signal.instance(), signal.value());
            if (signal.signal() == Signal.WELL) well.put(signal.instance(), signal.value());
            if (signal.signal() != Signal.HEALTH_CHANGES || !signal.of().equals(address)) continue;
            if (signal.atNanos() < awayNanos) known.put(signal.instance(), signal.value());
            else if (signal.atNanos() < backNanos && signal.value() > known.getOrDefault(signal.instance(), 0.0))
                found.putIfAbsent(signal.instance(), (signal.atNanos() - awayNanos) / NANOS);
        }
        List<Ejection> ejections = found.entrySet().stream()
                .map(e -> new Ejection(e.getKey().toString(), e.getValue()))
                .sorted(Comparator.comparingDouble(Ejection::seconds))
                .toList();
        return new HealthSeen(ejections, connections, well.equals(wired));
    }

    private static boolean countsConnections(InstanceId instance) {
        return instance.tier().equals("l3") || instance.tier().equals("l4");
    }
}

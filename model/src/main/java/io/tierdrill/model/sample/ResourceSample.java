package io.tierdrill.model.sample;

import io.tierdrill.model.tier.InstanceId;

/**
 * One declared limit of one instance at one instant.
 *
 * @param resource its name within the tier, such as {@code connection-table}
 * @param capacity the limit, above zero
 * @param used how much of it is taken now
 * @param waiters who wait for it now; zero where the limit refuses instead of queueing
 * @param drops refused because of it, counted since the instance started
 * @param setting the path of the setting that sets it ({@code stack.l4.connections}), or empty where nothing does
 */
public record ResourceSample(
        long atNanos,
        InstanceId instance,
        String resource,
        ResourceKind kind,
        double capacity,
        double used,
        double waiters,
        long drops,
        String setting)
        implements Sample {
    public ResourceSample {
        if (!(capacity > 0))
            throw new IllegalArgumentException("capacity of " + resource + " must be above 0, was " + capacity);
    }
}

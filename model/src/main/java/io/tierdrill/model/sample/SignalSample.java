package io.tierdrill.model.sample;

import io.tierdrill.model.tier.InstanceId;

/**
 * One figure at one instant; what it means stands with its {@link Signal}.
 *
 * @param instance whose it is, or {@link #MACHINE}
 * @param of which of several: an upstream, a listener, an interface; empty where there is one
 * @param value cumulative since the process or the machine started where the signal counts, else as of now
 */
public record SignalSample(long atNanos, InstanceId instance, Signal signal, String of, double value)
        implements Sample {
    /** The machine and network namespace the profiler itself runs in. */
    public static final InstanceId MACHINE = new InstanceId("machine", 1);
}

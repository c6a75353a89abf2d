package io.tierdrill.model.sample;

import io.tierdrill.model.tier.InstanceId;

/**
 * What the operating system says of one process. Times are cumulative since the process started.
 *
 * @param cpuSeconds user and system time of all its threads
 * @param busiestThreadCpuSeconds user and system time of the thread that has used most so far among those that carry
 *     traffic; equal to {@code cpuSeconds} where threads cannot be told apart
 * @param runDelaySeconds time its threads were ready to run and had no processor; zero where the system does not say
 * @param rssBytes resident memory
 * @param threads alive now
 * @param descriptors open now; zero where the system does not say
 * @param descriptorLimit the most it may open; zero where the system does not say
 */
public record ProcessSample(
        long atNanos,
        InstanceId instance,
        double cpuSeconds,
        double busiestThreadCpuSeconds,
        double runDelaySeconds,
        long rssBytes,
        int threads,
        int descriptors,
        int descriptorLimit)
        implements Sample {}

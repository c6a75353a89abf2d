package io.tierdrill.model.sample;

/**
 * Something read off the stack or the machine at one instant of a run.
 *
 * <p>{@code atNanos} counts from the start of the run (the zero of the schedule) on the measuring process's monotonic
 * clock; warm-up is negative. Numbers that count are cumulative since the process started, so a lost sample loses
 * resolution and nothing else.
 */
public sealed interface Sample permits TierSample, ResourceSample, ProcessSample, HostSample, SignalSample {
    long atNanos();
}

package io.tierdrill.analysis.finding;

/**
 * Rates of one run at one load. All per second over the measured time.
 *
 * @param neededPerSecond what had to be held
 * @param offeredPerSecond requests due
 * @param goodputPerSecond good answers that arrived within the measured time
 * @param withinSloPerSecond of those due, answered well and within the latency promise, counted from the send
 */
public record Capacity(
        double neededPerSecond, double offeredPerSecond, double goodputPerSecond, double withinSloPerSecond) {}

package io.tierdrill.load.live;

/**
 * How a run stands at an instant, warm-up included.
 *
 * @param elapsedNanos since the first due time; negative before it
 * @param plannedNanos the length of the schedule
 * @param sent requests acted on
 * @param done of those, ended
 * @param recentPerSecond ended in the last whole second
 */
public record Standing(long elapsedNanos, long plannedNanos, long sent, long done, double recentPerSecond) {}

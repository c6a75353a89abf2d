/**
 * What a stream of requests is like: rate over time, burstiness, visits, popularity, sizes.
 * {@link io.tierdrill.model.statistics.TraceStatistics} is the door. It stands here because {@code inspect} asks it of a
 * trace and {@code replay --dry-run} of a schedule, and the two must not answer differently.
 */
package io.tierdrill.model.statistics;

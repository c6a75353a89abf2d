package io.tierdrill.analysis.observed;

import java.util.Optional;

/**
 * What the stack has to hold.
 *
 * @param p99Nanos the most the 99th percentile of latency from the due time may be
 * @param errorRatio the part of all requests that may fail
 * @param ratePerSecond good answers a second to be held; empty: whatever is offered
 */
public record Objective(long p99Nanos, double errorRatio, Optional<Double> ratePerSecond) {}

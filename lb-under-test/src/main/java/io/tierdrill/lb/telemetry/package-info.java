/**
 * What an instance tells of itself: the counters of {@link io.tierdrill.model.sample.MetricNames} and its declared
 * limits, over Micrometer's Prometheus registry. The door is {@link io.tierdrill.lb.telemetry.TierTelemetry}; services
 * use it too.
 */
package io.tierdrill.lb.telemetry;

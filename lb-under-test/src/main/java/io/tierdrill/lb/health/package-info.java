/**
 * Who is well. {@link io.tierdrill.lb.health.HealthCheck} counts rises and falls and is told the time;
 * {@link io.tierdrill.lb.health.HealthChecker} asks, on the event loop, and tells the balancer what changed.
 */
package io.tierdrill.lb.health;

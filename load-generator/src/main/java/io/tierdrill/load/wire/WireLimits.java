package io.tierdrill.load.wire;

/**
 * @param maxConnections open at once at most
 * @param idleNanos a connection that carried nothing for so long is closed
 * @param timeoutNanos from send to the last byte of the answer
 */
public record WireLimits(int maxConnections, long idleNanos, long timeoutNanos) {}

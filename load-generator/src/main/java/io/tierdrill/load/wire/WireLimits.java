package io.tierdrill.load.wire;

import io.tierdrill.load.prepare.Layout;

/**
 * @param layout who shares connections
 * @param maxConnections open at once at most
 * @param idleNanos a connection that carried nothing for so long is closed
 * @param timeoutNanos from send to the last byte of the answer; also from the due time to the send, where a request is
 *     held
 */
public record WireLimits(Layout layout, int maxConnections, long idleNanos, long timeoutNanos) {}

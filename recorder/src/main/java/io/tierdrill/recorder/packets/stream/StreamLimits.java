package io.tierdrill.recorder.packets.stream;

import java.time.Duration;

/**
 * Bounds of what is kept, so that no traffic makes memory grow.
 *
 * @param connections with payload at a time; beyond it the one silent for longest is given up
 * @param quiet connections without payload, or closed, at a time: a flood of half-open ones drives out only these
 * @param bytes held for all connections together
 * @param bytesPerDirection held for one direction that waits for a missing packet; beyond it the packet counts as lost
 * @param idle silence after which a connection counts as over
 */
public record StreamLimits(int connections, int quiet, long bytes, int bytesPerDirection, Duration idle) {
    public StreamLimits {
        if (connections < 1) throw new IllegalArgumentException("connections must be 1 or more, was " + connections);
        if (quiet < 1) throw new IllegalArgumentException("quiet must be 1 or more, was " + quiet);
        if (bytes < 1) throw new IllegalArgumentException("bytes must be 1 or more, was " + bytes);
        if (bytesPerDirection < 1)
            throw new IllegalArgumentException("bytesPerDirection must be 1 or more, was " + bytesPerDirection);
        if (idle.isNegative() || idle.isZero()) throw new IllegalArgumentException("idle must be above 0, was " + idle);
    }

    /** 65,536 connections, 16,384 quiet ones, 64 MiB, 4 MiB for one direction, 2 minutes. */
    public static StreamLimits defaults() {
        return new StreamLimits(65_536, 16_384, 64 << 20, 4 << 20, Duration.ofMinutes(2));
    }
}

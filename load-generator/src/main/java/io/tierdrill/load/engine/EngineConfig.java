package io.tierdrill.load.engine;

import io.tierdrill.load.source.SourceAddresses;

/**
 * What the engine keeps to.
 *
 * @param connections open at once at most; a request that needs one more is refused
 * @param pool connections after which requests wait instead; {@code Integer.MAX_VALUE} where lanes have their own
 * @param descriptors of files that it may use for connections
 * @param ordered whether requests of a user wait for each other
 * @param idleNanos a connection that carried nothing for so long is closed
 * @param timeoutNanos from send to the last byte of the answer
 * @param port of the target
 * @param sources the addresses that connections come from
 */
public record EngineConfig(
        int connections,
        int pool,
        int descriptors,
        boolean ordered,
        long idleNanos,
        long timeoutNanos,
        int port,
        SourceAddresses sources) {
    /** Whether connections are nobody's. */
    boolean isPool() {
        return pool != Integer.MAX_VALUE;
    }
}

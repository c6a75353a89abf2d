package io.tierdrill.model.sample;

import java.util.Locale;

/** The classes of limit a tier can run into. */
public enum ResourceKind {
    CPU,
    CONCURRENCY,
    QUEUE,
    POOL,
    TABLE,
    PORTS,
    DESCRIPTORS,
    MEMORY,
    ACCEPT_QUEUE,
    NETWORK,
    /** A section that one request at a time may be in. */
    LOCK;

    /** As written in metrics and files: {@code accept-queue}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Undoes {@link #word}. */
    public static ResourceKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

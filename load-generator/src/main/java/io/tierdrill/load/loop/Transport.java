package io.tierdrill.load.loop;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What moves the bytes. */
public enum Transport {
    /** The fastest that this machine has and that can do all that was asked for. */
    AUTO,
    /** Our own loop on io_uring: Linux 6.1 or newer, Java 22 or newer. */
    IO_URING,
    /** Our own loop on epoll: Linux 5.11 or newer, Java 22 or newer. */
    EPOLL,
    /** Our own loop on Java's selectors: anywhere. */
    NIO,
    /** Netty: everything but the plainest HTTP/1.1. */
    NETTY;

    /** As written in scenarios: {@code io_uring}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Undoes {@link #word}. */
    public static Transport of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Transport::word).toList();
    }
}

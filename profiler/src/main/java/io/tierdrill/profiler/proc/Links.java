package io.tierdrill.profiler.proc;

import java.util.List;
import java.util.stream.Stream;

/** {@code /proc/net/dev}: network interfaces. */
final class Links {
    private static final int RECEIVED_DROPS = 3;
    private static final int RECEIVED_FIFO = 4;
    private static final int SENT_BYTES = 8;
    private static final int SENT_DROPS = 11;
    private static final int SENT_FIFO = 12;

    private Links() {}

    /** @param dropped packets, in either direction */
    record Link(String name, long sentBytes, long dropped) {}

    /** Those that ever sent anything, without the loopback one, which loses nothing and has no speed. */
    static List<Link> parse(String dev) {
        return dev.lines()
                .filter(line -> line.indexOf(':') > 0)
                .flatMap(line -> link(line).stream())
                .toList();
    }

    private static List<Link> link(String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, colon).strip();
        long[] figures = Stream.of(line.substring(colon + 1).strip().split("\\s+"))
                .mapToLong(Long::parseLong)
                .toArray();
        if (name.equals("lo") || figures.length <= SENT_FIFO || figures[SENT_BYTES] == 0) return List.of();
        long dropped = figures[RECEIVED_DROPS] + figures[RECEIVED_FIFO] + figures[SENT_DROPS] + figures[SENT_FIFO];
        return List.of(new Link(name, figures[SENT_BYTES], dropped));
    }
}

package io.tierdrill.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the injector itself works: options of {@code replay} that are settings of {@code load}. */
final class EngineOptions {
    @Option(
            names = "--transport",
            paramLabel = "T",
            description = "auto, io_uring, epoll, nio or netty. Default: the fastest that this machine has.")
    private Optional<String> transport;

    @Option(
            names = "--loops",
            paramLabel = "N",
            description = "Sending threads: auto, or so many. auto is 1 up to 4 processors.")
    private Optional<String> loops;

    @Option(
            names = "--pacing",
            paramLabel = "P",
            description =
                    "How to wait for the next due time: spin (a whole core, sharpest), hybrid (at most a quarter of one),"
                            + " sleep (cheapest, times to 0.25 ms). Default: hybrid.")
    private Optional<String> pacing;

    @Option(
            names = "--ahead",
            paramLabel = "SIZE",
            description = "Memory for requests prepared ahead, such as 64MiB; it is filled before the first is sent.")
    private Optional<String> ahead;

    @Option(
            names = "--warmup",
            paramLabel = "D",
            description = "The first part of the run is sent and not counted. Default: none.")
    private Optional<Duration> warmup;

    /** As the settings they stand for. */
    void putInto(Map<String, Object> load) {
        transport.ifPresent(word -> load.put("transport", word));
        loops.ifPresent(number -> load.put("loops", number));
        pacing.ifPresent(word -> load.put("pacing", word));
        ahead.ifPresent(size -> load.put("ahead", size));
    }

    long warmupNanos() {
        return warmup.orElse(Duration.ZERO).toNanos();
    }
}

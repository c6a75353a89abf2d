package io.tierdrill.cli;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Traces made up for tests: evenly spaced requests of a few clients. */
final class Traces {
    private static final int CLIENTS = 20;

    private Traces() {}

    static Path even(Path file, int perSecond, int requests) throws IOException {
        return even(file, perSecond, requests, i -> "/item/" + i);
    }

    /** @param path of each request, by its number */
    static Path even(Path file, int perSecond, int requests, IntFunction<String> path) throws IOException {
        try (TraceWriter writer = TraceWriter.create(file, new TraceHeader(Instant.EPOCH, "test", Map.of()))) {
            for (int i = 0; i < requests; i++)
                writer.write(new RequestRecord(
                        i * 1_000_000_000L / perSecond,
                        "192.0.2." + i % CLIENTS,
                        "",
                        "",
                        "http",
                        "GET",
                        "shop.test",
                        path.apply(i),
                        List.of(),
                        RequestRecord.Body.none(),
                        Optional.empty()));
        }
        return file;
    }
}

package io.tierdrill.model.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Small traces for tests. */
final class Traces {
    static final TraceHeader HEADER =
            new TraceHeader(Instant.parse("2026-01-01T00:00:00Z"), "a test", Map.of("rule", "none", "other", "é"));

    private Traces() {}

    /** Records that use every field, among them empty, absent and unusual values. */
    static List<RequestRecord> records(int count, Seeds seeds) {
        RandomGenerator chance = seeds.stream("records");
        List<RequestRecord> records = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < count; i++) {
            offset += chance.nextLong(1_000_000_000_000L);
            records.add(record(offset, i, chance));
        }
        return records;
    }

    private static RequestRecord record(long offset, int i, RandomGenerator chance) {
        return new RequestRecord(
                offset,
                "10.0.0." + chance.nextInt(200),
                i % 3 == 0 ? "" : "c" + i,
                i % 5 == 0 ? "" : "Zoë",
                i % 7 == 0 ? "dns" : i % 2 == 0 ? "https" : "http",
                i % 4 == 0 ? "POST" : "GET",
                i % 6 == 0 ? "" : "shop.example:8443",
                "/items/" + Long.toHexString(chance.nextLong()) + "?q=\u20ac",
                i % 3 == 1 ? List.of() : List.of(new RequestRecord.Header("Accept", "*/*"), header(chance)),
                body(i),
                response(i));
    }

    private static RequestRecord.Header header(RandomGenerator chance) {
        return new RequestRecord.Header("X-Trace", Long.toHexString(chance.nextLong()));
    }

    private static RequestRecord.Body body(int i) {
        return switch (i % 3) {
            case 0 -> RequestRecord.Body.none();
            case 1 -> RequestRecord.Body.of(("body " + i).getBytes(StandardCharsets.UTF_8));
            default -> new RequestRecord.Body(new byte[0], 12_345_678_901L, "ab12");
        };
    }

    private static Optional<RequestRecord.Response> response(int i) {
        return switch (i % 4) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new RequestRecord.Response(200, Optional.of(1L << 40), Optional.of(5L)));
            case 2 -> Optional.of(new RequestRecord.Response(404, Optional.empty(), Optional.of(0L)));
            default -> Optional.of(new RequestRecord.Response(0, Optional.of(0L), Optional.empty()));
        };
    }

    static RequestRecord withBody(RequestRecord r, byte[] body) {
        return new RequestRecord(
                r.offsetNanos(),
                r.client(),
                r.connection(),
                r.user(),
                r.scheme(),
                r.method(),
                r.authority(),
                r.path(),
                r.headers(),
                RequestRecord.Body.of(body),
                r.response());
    }

    static void write(Path path, List<RequestRecord> records) throws IOException {
        try (TraceWriter writer = TraceWriter.create(path, HEADER)) {
            for (RequestRecord record : records) writer.write(record);
        }
    }

    static List<RequestRecord> read(Path path) throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(path)) {
            return rest(reader);
        }
    }

    static List<RequestRecord> rest(Iterator<RequestRecord> reader) {
        List<RequestRecord> records = new ArrayList<>();
        reader.forEachRemaining(records::add);
        return records;
    }

    /** Compares without printing thousands of records. */
    static void assertSame(List<RequestRecord> found, List<RequestRecord> expected) {
        for (int i = 0; i < Math.min(found.size(), expected.size()); i++)
            assertThat(found.get(i)).as("record " + i).isEqualTo(expected.get(i));
        assertThat(found.size()).isEqualTo(expected.size());
    }
}

package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.model.trace.TraceWriter;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Traces, for targets that read or make them. */
final class TraceFiles {
    static final TraceHeader HEADER = new TraceHeader(Instant.EPOCH, "fuzz", Map.of("note", "of a test"));

    private TraceFiles() {}

    /** All requests of a trace that a recorder has just made: it is whole, in order, and fit for replay. */
    static List<RequestRecord> readRecorded(Path trace) throws IOException, BadInputException {
        List<RequestRecord> requests = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            reader.forEachRemaining(requests::add);
            assertThat(reader.damage()).isEmpty();
        }
        long last = 0;
        for (RequestRecord request : requests) {
            assertThat(request.offsetNanos()).isGreaterThanOrEqualTo(last);
            last = request.offsetNanos();
            assertFitForReplay(request);
        }
        return requests;
    }

    /** Nothing in it may break a request apart when it is sent again. */
    static void assertFitForReplay(RequestRecord request) {
        assertThat(isVisible(request.method(), 0x21, 0x7e)).as(request.method()).isTrue();
        assertThat(isVisible(request.path(), 0x21, 0x7e)).as(request.path()).isTrue();
        assertThat(isVisible(request.authority(), 0x21, Character.MAX_VALUE))
                .as(request.authority())
                .isTrue();
        for (RequestRecord.Header header : request.headers()) {
            assertThat(header.name()).isNotEmpty().doesNotContain(":");
            assertThat(isOneLine(header.name()) && isOneLine(header.value()))
                    .as(header.toString())
                    .isTrue();
        }
    }

    private static boolean isOneLine(String text) {
        return text.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0);
    }

    private static boolean isVisible(String text, int least, int most) {
        return text.chars().allMatch(c -> c >= least && c <= most && c != 0x7f);
    }

    static void write(Path trace, TraceHeader header, List<? extends TraceEntry> entries) throws IOException {
        try (TraceWriter writer = TraceWriter.create(trace, header)) {
            for (TraceEntry entry : entries) {
                if (entry instanceof RequestRecord request) writer.write(request);
                else writer.write((MessageRecord) entry);
            }
        }
    }

    /** Requests, and messages of both sides. */
    static List<TraceEntry> entries() {
        List<TraceEntry> entries = new ArrayList<>(examples());
        entries.add(new MessageRecord(
                2_500_000_000L, 7, "10.0.0.1", "c1", Side.CLIENT, Opcode.TEXT, 1L << 33, Optional.empty()));
        entries.add(new MessageRecord(
                2_600_000_000L, 0, "10.0.0.1", "c1", Side.SERVER, Opcode.CLOSE, 2, Optional.of(1000)));
        return entries;
    }

    /** Every field in use. */
    static List<RequestRecord> examples() {
        RequestRecord plain = new RequestRecord(
                0, "10.0.0.1", "", "", "http", "GET", "", "/", List.of(), RequestRecord.Body.none(), Optional.empty());
        RequestRecord full = new RequestRecord(
                1_500_000_000L,
                "2001:db8::1",
                "c1",
                "Zoë",
                "https",
                "POST",
                "shop.example:8443",
                "/a?b=c",
                List.of(new RequestRecord.Header("Accept", "*/*"), new RequestRecord.Header("X-Empty", "")),
                RequestRecord.Body.of(new byte[] {1, 2, 3}),
                Optional.of(new RequestRecord.Response(200, Optional.of(1L << 40), Optional.of(5L))));
        RequestRecord dns = new RequestRecord(
                2_000_000_000L,
                "10.0.0.2",
                "",
                "",
                "dns",
                "AAAA",
                "",
                "example.org",
                List.of(),
                new RequestRecord.Body(new byte[0], 99, "ab12"),
                Optional.of(new RequestRecord.Response(3, Optional.empty(), Optional.empty())));
        return List.of(plain, full, dns);
    }
}

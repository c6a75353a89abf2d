package io.tierdrill.recorder.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.model.trace.TraceWriter;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import io.tierdrill.recorder.diff.DiffReport;
import io.tierdrill.recorder.diff.DiffReport.Measure;
import io.tierdrill.recorder.diff.TraceDiff;
import io.tierdrill.recorder.leaks.LeakReport;
import io.tierdrill.recorder.leaks.LeakScan;
import io.tierdrill.recorder.merge.MergeAccount;
import io.tierdrill.recorder.merge.MergeText;
import io.tierdrill.recorder.merge.TraceMerge;
import io.tierdrill.recorder.redact.Redaction;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages on WebSockets as those see them who look at traces. */
class TracesWithMessagesTest {
    private static final String CONNECTION = "tdpbcdfghjkmnpqrstvbc";

    @TempDir
    Path folder;

    @Test
    void inspectTellsThemApartFromRequests() throws Exception {
        Inspection inspection = Inspection.of(trace("a", 0, chat(0, 5, 100)));
        assertThat(inspection.statistics().requests()).isEqualTo(1);
        StringBuilder text = new StringBuilder();
        InspectText.write(inspection, text);
        assertThat(text.toString())
                .contains("  requests    1 over")
                .contains(String.join(
                        System.lineSeparator(),
                        "Messages      12 on WebSockets",
                        "  of clients  7: close 1, ping 1, text 5; 506 B",
                        "  of servers  5: binary 5; 1,000 B"));
        StringBuilder json = new StringBuilder();
        InspectJson.write(inspection, json);
        assertThat(json.toString().replaceAll("\\s", ""))
                .contains(
                        "\"messages\":{\"fromClients\":{\"messages\":7,\"bytes\":506,\"kinds\":{\"close\":1,\"ping\":1,"
                                + "\"text\":5}},\"fromServers\":{\"messages\":5,\"bytes\":1000,\"kinds\":{\"binary\":5}}}");
    }

    @Test
    void inspectSaysNothingOfThemWhereThereAreNone() throws Exception {
        StringBuilder text = new StringBuilder();
        InspectText.write(Inspection.of(trace("a", 0, chat(0, 0, 0).subList(0, 1))), text);
        assertThat(text).doesNotContain("Messages");
    }

    @Test
    void diffComparesHowManyAndHowMuchInEachDirection() throws Exception {
        Path a = trace("a", 0, chat(0, 50, 100));
        assertThat(differing(TraceDiff.of(a, trace("b", 0, chat(0, 50, 100)), 0)))
                .isEmpty();
        assertThat(differing(TraceDiff.of(a, trace("b", 0, chat(0, 49, 100)), 0)))
                .containsExactlyInAnyOrder(
                        "messages of clients",
                        "bytes of messages of clients",
                        "messages of servers",
                        "bytes of messages of servers");
        assertThat(differing(TraceDiff.of(a, trace("b", 0, chat(0, 50, 101)), 0)))
                .containsExactlyInAnyOrder("bytes of messages of clients", "bytes of messages of servers");
    }

    @Test
    void mergeKeepsEachInItsPlace() throws Exception {
        Path one = trace("one", 0, chat(0, 3, 10));
        Path two = trace("two", 1, chat(0, 3, 20));
        Path merged = folder.resolve("merged.trace");
        MergeAccount account = TraceMerge.run(List.of(two, one), merged, RedactionConfig.defaults(), silently -> {});
        assertThat(account.read()).isEqualTo(2);
        assertThat(MergeText.of(account)).contains("1 requests, 8 messages, from");
        List<TraceEntry> entries = entries(merged);
        assertThat(entries).hasSize(18).isSortedAccordingTo((a, b) -> Long.compare(a.offsetNanos(), b.offsetNanos()));
        assertThat(entries.subList(0, 9)).isEqualTo(chat(0, 3, 10));
        assertThat(entries.get(10)).isEqualTo(((MessageRecord) chat(0, 3, 20).get(1)).at(1_000_000_001L));
    }

    /** Recordings that were not masked are masked in the merge, messages as their requests. */
    @Test
    void mergeMasksTheirConnectionsWhereItMasksThoseOfRequests() throws Exception {
        Path raw = folder.resolve("raw.trace");
        write(raw, new TraceHeader(Instant.EPOCH, "test", Map.of()), chat(0, 3, 10, "192.0.2.7:1234@5"));
        Path merged = folder.resolve("merged.trace");
        TraceMerge.run(List.of(raw, raw), merged, RedactionConfig.defaults(), silently -> {});
        List<TraceEntry> entries = entries(merged);
        String connection = ((RequestRecord) entries.get(0)).connection();
        assertThat(connection).startsWith("tdp");
        assertThat(entries)
                .filteredOn(e -> e instanceof MessageRecord)
                .hasSize(16)
                .allSatisfy(e -> assertThat(((MessageRecord) e).connection()).isEqualTo(connection));
    }

    @Test
    void leaksAreLookedForInThemToo() throws Exception {
        LeakReport clean = LeakScan.of(trace("clean", 0, chat(0, 3, 10)), silently -> {});
        assertThat(clean.clean()).isTrue();
        List<TraceEntry> leaking = new ArrayList<>(chat(0, 3, 10));
        leaking.addAll(chat(100, 1, 1, "192.0.2.7:1234@5").subList(1, 2));
        assertThat(LeakScan.of(trace("leaking", 0, leaking), silently -> {}).clean())
                .isFalse();
    }

    private static List<TraceEntry> chat(long at, int messages, long bytes) {
        return chat(at, messages, bytes, CONNECTION);
    }

    /** A WebSocket with so many text messages of the client, answered twice as large, a ping and a close. */
    private static List<TraceEntry> chat(long at, int messages, long bytes, String connection) {
        List<TraceEntry> entries = new ArrayList<>();
        entries.add(new RequestRecord(
                at,
                "10.0.0.0",
                connection,
                "",
                "http",
                "GET",
                "chat.example",
                "/chat",
                List.of(),
                Body.none(),
                Optional.empty()));
        long now = at;
        for (int i = 0; i < messages; i++) {
            entries.add(message(++now, connection, Side.CLIENT, Opcode.TEXT, bytes));
            entries.add(message(++now, connection, Side.SERVER, Opcode.BINARY, 2 * bytes));
        }
        entries.add(message(++now, connection, Side.CLIENT, Opcode.PING, 4));
        entries.add(message(++now, connection, Side.CLIENT, Opcode.CLOSE, 2));
        return entries;
    }

    private static MessageRecord message(long at, String connection, Side from, Opcode opcode, long bytes) {
        Optional<Integer> code = opcode == Opcode.CLOSE ? Optional.of(1000) : Optional.empty();
        return new MessageRecord(at, 0, "10.0.0.0", connection, from, opcode, bytes, code);
    }

    private Path trace(String name, long startSeconds, List<TraceEntry> entries) throws Exception {
        Map<String, String> masked = Map.of(Redaction.KEY_NOTE, "k");
        Path path = folder.resolve(name + ".trace");
        write(path, new TraceHeader(Instant.ofEpochSecond(startSeconds), "test", masked), entries);
        return path;
    }

    private static void write(Path path, TraceHeader header, List<TraceEntry> entries) throws Exception {
        try (TraceWriter writer = TraceWriter.create(path, header)) {
            for (TraceEntry entry : entries) {
                if (entry instanceof RequestRecord request) writer.write(request);
                else writer.write((MessageRecord) entry);
            }
        }
    }

    private static List<TraceEntry> entries(Path trace) throws Exception {
        try (TraceReader reader = TraceReader.open(trace)) {
            List<TraceEntry> entries = new ArrayList<>();
            while (reader.hasNextEntry()) entries.add(reader.nextEntry());
            return entries;
        }
    }

    private static List<String> differing(DiffReport report) {
        return report.measures().stream()
                .filter(m -> !m.within())
                .map(Measure::name)
                .filter(name -> name.contains("messages"))
                .toList();
    }
}

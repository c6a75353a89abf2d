package io.tierdrill.model.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.websocket.CloseCode;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages on WebSockets, between the requests of a trace. */
class MessagesInTraceTest {
    @TempDir
    Path folder;

    private final List<TraceEntry> entries = entries(400, new Seeds(21));
    private Path trace;

    @BeforeEach
    void path() {
        trace = folder.resolve("some.trace");
    }

    @Test
    void comeBackInOrderAmongTheRequests() throws Exception {
        write(entries);
        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(all(reader)).isEqualTo(entries);
            assertThat(reader.damage()).isEmpty();
        }
    }

    @Test
    void whoeverWantsRequestsGetsNothingElse() throws Exception {
        write(entries);
        Traces.assertSame(Traces.read(trace), requests(entries));
    }

    @Test
    void anHourOfMessagesAloneIsNoRequest() throws Exception {
        write(entries.stream().filter(e -> e instanceof MessageRecord).toList());
        assertThat(Traces.read(trace)).isEmpty();
    }

    @Test
    void requestsAndMessagesAreCountedApartAndGoneOnWith() throws Exception {
        long messages = entries.size() - requests(entries).size();
        write(entries.subList(0, 150));
        try (TraceWriter writer = TraceWriter.append(trace)) {
            assertThat(writer.lastOffset()).isEqualTo(entries.get(149).offsetNanos());
            for (TraceEntry entry : entries.subList(150, 400)) write(writer, entry);
            assertThat(writer.count()).isEqualTo(requests(entries).size());
            assertThat(writer.messages()).isEqualTo(messages);
            assertThat(writer.flushedMessages()).isLessThan(messages);
            writer.flush();
            assertThat(writer.flushed()).isEqualTo(requests(entries).size());
            assertThat(writer.flushedMessages()).isEqualTo(messages);
        }
        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(all(reader)).isEqualTo(entries);
        }
    }

    @Test
    void cutAtAnyByteItGivesTheWholeBlocks() throws Exception {
        List<Integer> ends = new ArrayList<>();
        try (TraceWriter writer = TraceWriter.create(trace, Traces.HEADER)) {
            ends.add((int) Files.size(trace));
            for (int i = 0; i < 12; i++) {
                write(writer, entries.get(i));
                if (i % 4 != 3) continue;
                writer.flush();
                ends.add((int) Files.size(trace));
            }
        }
        byte[] whole = Files.readAllBytes(trace);
        for (int length = ends.get(0); length <= whole.length; length++) {
            int cut = length;
            int blocks = (int) ends.stream().filter(end -> end <= cut).count() - 1;
            Files.write(trace, Arrays.copyOf(whole, length));
            try (TraceReader reader = TraceReader.open(trace)) {
                assertThat(all(reader)).isEqualTo(entries.subList(0, 4 * blocks));
                assertThat(reader.damage().isPresent()).isEqualTo(length != ends.get(blocks));
            }
        }
    }

    @Test
    void avroItselfTellsThemApart() throws Exception {
        write(entries);
        List<String> seen = new ArrayList<>();
        try (var reader = new DataFileReader<GenericRecord>(trace.toFile(), new GenericDatumReader<>())) {
            for (GenericRecord r : reader) {
                GenericRecord m = (GenericRecord) r.get("message");
                seen.add(m == null ? "" + r.get("path") : r.get("connection") + " " + m.get("bytes"));
            }
        }
        assertThat(seen)
                .isEqualTo(entries.stream()
                        .map(e -> e instanceof RequestRecord r
                                ? r.path()
                                : ((MessageRecord) e).connection() + " " + ((MessageRecord) e).bytes())
                        .toList());
    }

    @Test
    void aTraceFromBeforeThereWereAnyIsReadAndGoneOnWithAsItIs() throws Exception {
        try (InputStream old = getClass().getResourceAsStream("before-footers.trace")) {
            Files.copy(old, trace);
        }
        List<RequestRecord> before = Traces.read(trace);
        assertThat(before).isNotEmpty();
        RequestRecord more = before.get(0).at(before.get(before.size() - 1).offsetNanos());
        try (TraceWriter writer = TraceWriter.append(trace)) {
            writer.write(more);
            assertThat(writer.takesMessages()).isFalse();
            assertThatThrownBy(() -> writer.write(message(1, new Seeds(1).stream("m"))))
                    .isInstanceOf(IllegalStateException.class);
        }
        List<RequestRecord> after = new ArrayList<>(before);
        after.add(more);
        Traces.assertSame(Traces.read(trace), after);
    }

    private void write(List<TraceEntry> all) throws IOException {
        try (TraceWriter writer = TraceWriter.create(trace, Traces.HEADER)) {
            for (TraceEntry entry : all) write(writer, entry);
        }
    }

    private static void write(TraceWriter writer, TraceEntry entry) throws IOException {
        if (entry instanceof RequestRecord request) writer.write(request);
        else writer.write((MessageRecord) entry);
    }

    private static List<TraceEntry> all(TraceReader reader) {
        List<TraceEntry> all = new ArrayList<>();
        while (reader.hasNextEntry()) all.add(reader.nextEntry());
        return all;
    }

    private static List<RequestRecord> requests(List<TraceEntry> all) {
        List<RequestRecord> requests = new ArrayList<>();
        for (TraceEntry entry : all) if (entry instanceof RequestRecord request) requests.add(request);
        return requests;
    }

    private static List<TraceEntry> entries(int count, Seeds seeds) {
        RandomGenerator chance = seeds.stream("kinds");
        List<RequestRecord> requests = Traces.records(count, seeds);
        List<TraceEntry> entries = new ArrayList<>();
        for (RequestRecord request : requests)
            entries.add(chance.nextInt(3) == 0 ? request : message(request.offsetNanos(), chance));
        return entries;
    }

    private static MessageRecord message(long offset, RandomGenerator chance) {
        Opcode opcode = Opcode.values()[chance.nextInt(Opcode.values().length)];
        int code = chance.nextBoolean() ? CloseCode.NONE : 1000 + chance.nextInt(4000);
        return new MessageRecord(
                offset,
                chance.nextLong(1L << 40),
                "10.0.0." + chance.nextInt(9),
                "c" + chance.nextInt(9),
                chance.nextBoolean() ? Side.CLIENT : Side.SERVER,
                opcode,
                chance.nextLong(1L << 40),
                opcode == Opcode.CLOSE ? Optional.of(code) : Optional.empty());
    }
}

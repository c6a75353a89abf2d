package io.tierdrill.recorder.live;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceFooter;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Requests, clocks moved by hand, and looking at what was written. */
final class Lab {
    static final Response OK = new Response(200, Optional.of(7L), Optional.of(1_000_000L));
    static final long MILLI = 1_000_000;
    /** The writer rests as long as it need not flush, in real time: not long, with clocks that are moved by hand. */
    static final Pace QUICK = new Pace(Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofMillis(5));

    private Lab() {}

    static RequestRecord request(long nanos, String path) {
        return new RequestRecord(
                nanos,
                "10.0.0.1",
                "c1",
                "",
                "http",
                "POST",
                "shop.example",
                path,
                List.of(new RequestRecord.Header("accept", "text/html,application/xhtml+xml")),
                Body.none(),
                Optional.empty());
    }

    /** Of a size that tells which it is. */
    static PackedMessage message(long nanos, long bytes) {
        byte[] peer = PackedMessage.peer("10.0.0.1", "c1");
        return new PackedMessage(nanos, 0, peer, Side.CLIENT, Opcode.BINARY, bytes, Optional.empty());
    }

    static List<TraceEntry> entries(Path trace) throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(trace)) {
            List<TraceEntry> entries = new ArrayList<>();
            while (reader.hasNextEntry()) entries.add(reader.nextEntry());
            return entries;
        }
    }

    /** The numbers of the messages, as {@link #message} gave them. */
    static List<Long> messages(Path trace) throws IOException, BadInputException {
        List<Long> messages = new ArrayList<>();
        for (TraceEntry entry : entries(trace)) if (entry instanceof MessageRecord m) messages.add(m.bytes());
        return messages;
    }

    static void await(BooleanSupplier condition) {
        NanoClock clock = NanoClock.system();
        long deadline = clock.nanos() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (clock.nanos() > deadline) throw new AssertionError("not within 20 s");
            LockSupport.parkNanos(2 * MILLI);
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(".trace")).sorted().toList();
        }
    }

    static long bytes(Path folder) {
        try {
            long bytes = 0;
            for (Path file : files(folder)) bytes += Files.exists(file) ? Files.size(file) : 0;
            return bytes;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static List<RequestRecord> read(Path trace) throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(trace)) {
            List<RequestRecord> records = new ArrayList<>();
            reader.forEachRemaining(records::add);
            return records;
        }
    }

    static List<String> paths(Path trace) throws IOException, BadInputException {
        return read(trace).stream().map(RequestRecord::path).toList();
    }

    static TraceFooter footer(Path trace) throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(trace)) {
            return reader.footer().orElseThrow();
        }
    }

    static TraceHeader header(Path trace) throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(trace)) {
            return reader.header();
        }
    }

    /** Both clocks, moved by hand. Thread-safe. */
    static final class Hands extends Clock implements NanoClock {
        private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
        private final AtomicLong wallNanos = new AtomicLong();

        @Override
        public long nanos() {
            return nanos.get();
        }

        /** Time passes. */
        void pass(Duration time) {
            wallNanos.addAndGet(time.toNanos());
            nanos.addAndGet(time.toNanos());
        }

        /** Somebody sets the wall clock. */
        void set(Duration step) {
            wallNanos.addAndGet(step.toNanos());
        }

        @Override
        public Instant instant() {
            return Instant.parse("2026-11-23T18:15:00Z").plusNanos(wallNanos.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

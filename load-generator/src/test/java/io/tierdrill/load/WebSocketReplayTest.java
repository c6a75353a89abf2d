package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded on WebSockets is said again: when, as much and of the kind it was. */
@Timeout(60)
class WebSocketReplayTest {
    private static final long MILLI = 1_000_000;

    @TempDir
    private Path folder;

    private final List<TraceEntry> entries = new ArrayList<>();
    private final List<RequestSample> samples = new CopyOnWriteArrayList<>();
    private String settings = "";
    private Duration length = Duration.ofSeconds(20);
    private LongUnaryOperator freezes = LongUnaryOperator.identity();

    @Test
    void saysWhatWasSaidWhenItWasAndAsMuch() throws Exception {
        open(0, "c1");
        said(100, Side.CLIENT, Opcode.TEXT, 5);
        said(110, Side.SERVER, Opcode.TEXT, 700);
        said(200, Side.CLIENT, Opcode.BINARY, 70_000);
        said(250, Side.CLIENT, Opcode.PING, 4);
        said(300, Side.CLIENT, Opcode.TEXT, 0);
        closed(350, Side.CLIENT, 4321, 9);
        try (EchoSocket server = new EchoSocket()) {
            Injection injection = replay(server);
            await(server, "end");
            assertThat(server.words())
                    .containsExactly("TEXT 5", "BINARY 70000", "PING 4", "TEXT 0", "close 4321 9", "end");
            long[] due = {100, 200, 250, 300, 350};
            for (int i = 0; i < due.length; i++)
                assertThat((server.heard().get(i).nanos() - server.connected()) / MILLI)
                        .as(server.heard().get(i).what())
                        .isBetween(due[i] - 30, due[i] + 500);
            assertThat(injection.transport()).contains("messages on WebSockets");
            assertThat(injection.connections())
                    .containsEntry("webSockets", 1L)
                    .containsEntry("messagesPlanned", 3L)
                    .containsEntry("messagesSent", 3L)
                    .containsEntry("messageBytesSent", 70_005L)
                    .containsEntry("messagesAwaited", 1L)
                    .containsKey("messagesLate")
                    .doesNotContainKey("messagesUnsent");
            // It says back what it hears, whatever was recorded; the last comes with its close.
            assertThat(injection.connections().get("messagesReceived")).isBetween(2L, 3L);
        }
    }

    @Test
    void messagesThatGoLateMakeARunInvalid() throws Exception {
        open(0, "c1");
        for (int i = 1; i <= 5; i++) said(50 * i, Side.CLIENT, Opcode.TEXT, 5);
        closed(300, Side.CLIENT, 1000, 2);
        // At 120 ms, when no request is due any more, the machine freezes for 40 ms: the third message is late.
        freezes = now -> now < 120 * MILLI ? now : now + 40 * MILLI;
        try (EchoSocket server = new EchoSocket()) {
            Injection injection = replay(server);
            assertThat(injection.status()).isEqualTo("INVALID");
            assertThat(injection.reasons())
                    .anySatisfy(reason -> assertThat(reason)
                            .contains("The injector sent late: ")
                            .contains(" of 5 messages on WebSockets by more than ")
                            .endsWith("limit 0 (what one in a hundred comes to by chance)."));
        }
    }

    @Test
    void textIsPrintableAndTheSameInEveryRun() throws Exception {
        open(0, "c1");
        said(20, Side.CLIENT, Opcode.TEXT, 40);
        closed(400, Side.CLIENT, 1005, 0);
        byte[][] payloads = new byte[2][];
        for (int i = 0; i < 2; i++) {
            try (EchoSocket server = new EchoSocket()) {
                replay(server);
                await(server, "end");
                assertThat(server.words()).containsExactly("TEXT 40", "close 1005 0", "end");
                payloads[i] = server.payload();
            }
        }
        assertThat(payloads[0]).hasSize(40).isEqualTo(payloads[1]);
        for (byte b : payloads[0]) assertThat(b).isBetween((byte) ' ', (byte) '~');
    }

    @Test
    void timeMovesWithTheSpeed() throws Exception {
        settings = ", speed: 4";
        open(0, "c1");
        said(2_000, Side.CLIENT, Opcode.TEXT, 1);
        closed(2_400, Side.CLIENT, 1000, 2);
        try (EchoSocket server = new EchoSocket()) {
            replay(server);
            await(server, "end");
            assertThat((server.heard().get(0).nanos() - server.connected()) / MILLI)
                    .isBetween(470L, 1_000L);
        }
    }

    @Test
    void whatAnswersIsLeftToTheTargetsReasons() throws Exception {
        open(0, "c1");
        said(20, Side.SERVER, Opcode.PING, 3);
        said(21, Side.CLIENT, Opcode.PONG, 3);
        said(40, Side.CLIENT, Opcode.PONG, 7);
        said(50, Side.CLIENT, Opcode.TEXT, 1);
        closed(60, Side.SERVER, 1001, 2);
        closed(61, Side.CLIENT, 1001, 2);
        settings = ", connections: {idleTimeout: 300ms}";
        try (EchoSocket server = new EchoSocket()) {
            replay(server);
            assertThat(server.words()).startsWith("PONG 7", "TEXT 1").doesNotContain("PONG 3", "close 1001 2");
        }
    }

    @Test
    void hangsUpWhereTheClientDid() throws Exception {
        open(0, "c1");
        said(20, Side.CLIENT, Opcode.TEXT, 1);
        closed(60, Side.CLIENT, 1006, 0);
        try (EchoSocket server = new EchoSocket()) {
            replay(server);
            await(server, "end");
            assertThat(server.words()).containsExactly("TEXT 1", "end");
        }
    }

    @Test
    void isNotIdleWhileThereIsSomethingToSay() throws Exception {
        settings = ", connections: {idleTimeout: 50ms}";
        open(0, "c1");
        said(600, Side.CLIENT, Opcode.TEXT, 1);
        try (EchoSocket server = new EchoSocket()) {
            Injection injection = replay(server);
            assertThat(injection.connections()).containsEntry("messagesSent", 1L);
        }
    }

    @Test
    void leavesOutWhatWouldComeAfterTheRun() throws Exception {
        length = Duration.ofMillis(300);
        open(0, "c1");
        said(100, Side.CLIENT, Opcode.TEXT, 1);
        said(400, Side.CLIENT, Opcode.TEXT, 2);
        try (EchoSocket server = new EchoSocket()) {
            assertThat(replay(server).connections())
                    .containsEntry("messagesPlanned", 1L)
                    .containsEntry("messagesSent", 1L);
            assertThat(server.words()).doesNotContain("TEXT 2");
        }
    }

    @Test
    void countsWhatCouldNotBeSaid() throws Exception {
        open(0, "c1");
        said(50, Side.CLIENT, Opcode.TEXT, 1);
        said(300, Side.CLIENT, Opcode.TEXT, 2);
        said(301, Side.SERVER, Opcode.TEXT, 2);
        said(400, Side.CLIENT, Opcode.TEXT, 3);
        try (EchoSocket server = new EchoSocket().refusing()) {
            assertThat(replay(server).connections())
                    .containsEntry("messagesPlanned", 3L)
                    .containsEntry("messagesSent", 0L)
                    .containsEntry("messagesUnsent", 3L)
                    .containsEntry("messagesAwaited", 1L);
        }
        try (EchoSocket server = new EchoSocket().endingAfterOneMessage()) {
            assertThat(replay(server).connections())
                    .containsEntry("messagesPlanned", 3L)
                    .containsEntry("messagesSent", 1L)
                    .containsEntry("messagesUnsent", 2L)
                    .containsEntry("messagesAwaited", 1L);
        }
    }

    /** Nothing piles up in memory, and the wait is not the injector's. */
    @Test
    void waitsForATargetThatTakesNothing() throws Exception {
        open(0, "c1");
        for (int i = 0; i < 40; i++) said(50 + i, Side.CLIENT, Opcode.BINARY, 1 << 20);
        closed(100, Side.CLIENT, 1000, 2);
        try (EchoSocket server = new EchoSocket()) {
            CountDownLatch hears = server.deaf();
            Thread later = new Thread(() -> {
                NanoClock clock = NanoClock.system();
                long until = clock.nanos() + 700 * MILLI;
                while (clock.nanos() < until) LockSupport.parkNanos(MILLI);
                hears.countDown();
            });
            later.start();
            Injection injection = replay(server);
            await(server, "end");
            later.join();
            assertThat(server.words()).hasSize(42).contains("close 1000 2");
            assertThat(injection.connections()).containsEntry("messagesSent", 40L);
        }
    }

    @Test
    void givesUpOnATargetThatNeverTakesAnything() throws Exception {
        settings = ", timeout: 400ms";
        open(0, "c1");
        for (int i = 0; i < 40; i++) said(50 + i, Side.CLIENT, Opcode.BINARY, 1 << 20);
        try (EchoSocket server = new EchoSocket()) {
            server.deaf();
            Map<String, Long> events = replay(server).connections();
            assertThat(events.get("messagesSent")).isLessThan(40);
            assertThat(events.get("messagesSent") + events.get("messagesUnsent"))
                    .isEqualTo(40);
        }
    }

    private void open(long millis, String connection) {
        entries.add(new RequestRecord(
                millis * MILLI,
                "10.0.0.1",
                connection,
                "",
                "http",
                "GET",
                "chat.example",
                "/chat",
                List.of(
                        new Header("Upgrade", "websocket"),
                        new Header("Connection", "Upgrade"),
                        new Header("Sec-WebSocket-Key", "somebody else's")),
                Body.none(),
                Optional.of(new Response(101, Optional.of(0L), Optional.of(MILLI)))));
    }

    private void said(long millis, Side from, Opcode opcode, long bytes) {
        entries.add(new MessageRecord(millis * MILLI, 0, "10.0.0.1", "c1", from, opcode, bytes, Optional.empty()));
    }

    private void closed(long millis, Side from, int code, long bytes) {
        entries.add(
                new MessageRecord(millis * MILLI, 0, "10.0.0.1", "c1", from, Opcode.CLOSE, bytes, Optional.of(code)));
    }

    private Injection replay(EchoSocket server) throws IOException, BadInputException, InterruptedException {
        Path trace = folder.resolve("chat.trace");
        entries.sort(Comparator.comparingLong(TraceEntry::offsetNanos));
        TraceHeader header = new TraceHeader(Instant.EPOCH, "a test", Map.of());
        try (TraceWriter writer = TraceWriter.create(trace, header)) {
            for (TraceEntry entry : entries) {
                if (entry instanceof RequestRecord request) writer.write(request);
                else writer.write((MessageRecord) entry);
            }
        }
        Problems problems = new Problems();
        LoadConfig config =
                LoadConfig.from(ConfigFile.parse("s.yaml", "{trace: chat.trace" + settings + "}", problems), folder);
        problems.throwIfAny();
        NanoClock system = NanoClock.system();
        NanoClock clock = system.since(system.nanos() + 300 * MILLI);
        Injector injector = new Injector(config.injector(), () -> freezes.applyAsLong(clock.nanos()), samples::add);
        return injector.run(Schedules.of(config, length, new Seeds(1)), server.target(), 0, Optional.empty());
    }

    private static void await(EchoSocket server, String word) {
        NanoClock clock = NanoClock.system();
        long deadline = clock.nanos() + Duration.ofSeconds(20).toNanos();
        while (!server.words().contains(word)) {
            if (clock.nanos() > deadline) throw new AssertionError(word + " not within 20 s: " + server.words());
            LockSupport.parkNanos(2 * MILLI);
        }
    }
}

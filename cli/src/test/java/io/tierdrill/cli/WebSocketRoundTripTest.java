package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.Balancers;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.model.trace.TraceWriter;
import io.tierdrill.model.websocket.FrameReader;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import io.tierdrill.recorder.diff.DiffReport;
import io.tierdrill.recorder.diff.DiffReport.Measure;
import io.tierdrill.recorder.diff.DiffText;
import io.tierdrill.recorder.diff.TraceDiff;
import io.tierdrill.recorder.live.LiveAccount;
import io.tierdrill.recorder.live.LiveConfig;
import io.tierdrill.recorder.live.LiveRecording;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recording of a replay has the messages of the trace that was replayed. */
@Timeout(120)
class WebSocketRoundTripTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int SOCKETS = 10;
    private static final int EACH = 20;
    private static final long MILLI = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void aTapRecordsTheMessagesOfAReplayAsThoseOfTheTrace() throws Exception {
        Path trace = chats(folder.resolve("a.trace"));
        Path recorded = folder.resolve("b.trace");
        Path again = folder.resolve("c.trace");

        LiveAccount account = tapped(trace, recorded);
        assertThat(account.messages().unreadable()).isZero();
        assertThat(account.messages().recorded())
                .isEqualTo(account.messages().seen())
                .isGreaterThanOrEqualTo(2L * SOCKETS * EACH);
        assertSameMessages(trace, recorded);
        // What was recorded is as good a trace as any.
        tapped(recorded, again);
        assertSameMessages(recorded, again);
        for (MessageRecord close : closes(again))
            assertThat(close.closeCode()).as(close.toString()).hasValue(4000);
        assertThat(Console.tierdrill("inspect", again, "--leaks")).returns(0, Console::status);
        assertThat(Console.tierdrill("inspect", again).out())
                .contains("Messages      ")
                .contains(String.format("text %d", SOCKETS * EACH));
        assertThat(Console.tierdrill("replay", again, "--dry-run", "--target", "http://127.0.0.1:1")
                        .out())
                .contains(String.format("text %d", SOCKETS * EACH));
    }

    private static void assertSameMessages(Path a, Path b) throws Exception {
        DiffReport diff = TraceDiff.of(a, b, 0);
        List<Measure> messages = diff.measures().stream()
                .filter(m -> m.name().contains("messages"))
                .toList();
        assertThat(messages).hasSize(4).as(DiffText.of(diff)).allMatch(Measure::within);
    }

    private static List<MessageRecord> closes(Path trace) throws Exception {
        List<MessageRecord> closes = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            while (reader.hasNextEntry())
                if (reader.nextEntry() instanceof MessageRecord m
                        && m.opcode() == Opcode.CLOSE
                        && m.from() == Side.CLIENT) closes.add(m);
        }
        assertThat(closes).hasSize(SOCKETS);
        return closes;
    }

    private LiveAccount tapped(Path trace, Path into) throws Exception {
        NanoClock clock = NanoClock.system();
        String settings = "transparent: true\nhealthCheck: {enabled: false}\n";
        try (LiveRecording live = LiveRecording.start(LiveConfig.file(into, "a round trip"), clock, Clock.systemUTC());
                Echo echo = new Echo();
                TierInstance tap = Balancers.start(
                        TierKind.L7,
                        new InstanceId("tap", 1),
                        ANY,
                        ConfigFile.parse("settings", settings, new Problems()),
                        new Seeds(1),
                        clock,
                        live)) {
            tap.wire(List.of(echo.address()));
            String target = "http://127.0.0.1:" + tap.traffic().getPort();
            Console replay = Console.tierdrill("replay", trace, "--target", target);
            assertThat(replay.status()).as(replay.out() + replay.err()).isIn(0, 3);
            assertThat(replay.out()).contains("200 sent of 200 recorded");
            return live.finish();
        }
    }

    /** Clients that say something every 20 ms, hear as much, and close. */
    private static Path chats(Path path) throws IOException {
        List<TraceEntry> entries = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            long at = i * 30 * MILLI;
            entries.add(opening(at, "10.0.0." + i));
            for (int n = 1; n <= EACH; n++) {
                at += 20 * MILLI;
                entries.add(message(at, i, Side.CLIENT, Opcode.TEXT, n * n * 13, Optional.empty()));
                entries.add(message(at + MILLI, i, Side.SERVER, Opcode.BINARY, n * n * 13, Optional.empty()));
            }
            entries.add(message(at + 300 * MILLI, i, Side.CLIENT, Opcode.CLOSE, 2, Optional.of(4000)));
        }
        entries.sort(Comparator.comparingLong(TraceEntry::offsetNanos));
        try (TraceWriter writer = TraceWriter.create(path, new TraceHeader(Instant.EPOCH, "chats", Map.of()))) {
            for (TraceEntry entry : entries) {
                if (entry instanceof RequestRecord request) writer.write(request);
                else writer.write((MessageRecord) entry);
            }
        }
        return path;
    }

    private static RequestRecord opening(long at, String client) {
        return new RequestRecord(
                at,
                client,
                "c",
                "",
                "http",
                "GET",
                "chat.example",
                "/chat",
                List.of(
                        new Header("Connection", "Upgrade"),
                        new Header("Upgrade", "websocket"),
                        new Header("Sec-WebSocket-Version", "13")),
                Body.none(),
                Optional.of(new Response(101, Optional.of(0L), Optional.of(MILLI))));
    }

    private static MessageRecord message(
            long at, int client, Side from, Opcode opcode, long bytes, Optional<Integer> code) {
        return new MessageRecord(at, 0, "10.0.0." + client, "c", from, opcode, bytes, code);
    }

    /** Agrees to every WebSocket, and answers each message with as many bytes. */
    private static final class Echo implements AutoCloseable {
        private static final String AGREED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

        private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

        Echo() throws IOException {
            daemon(() -> {
                while (true) {
                    Socket socket = listener.accept();
                    daemon(() -> serve(socket));
                }
            });
        }

        InetSocketAddress address() {
            return (InetSocketAddress) listener.getLocalSocketAddress();
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void daemon(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException over) {
                    // The test is over, or the client has gone.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private static void serve(Socket socket) throws IOException {
            try (socket) {
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream();
                StringBuilder head = new StringBuilder();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    head.append((char) b);
                    if (head.toString().endsWith("\r\n\r\n")) break;
                }
                if (!head.toString().contains("websocket")) return;
                out.write(AGREED.getBytes(StandardCharsets.US_ASCII));
                Answers answers = new Answers(out);
                FrameReader reader = new FrameReader(answers);
                byte[] bytes = new byte[1 << 14];
                for (int n = in.read(bytes); n >= 0 && !reader.isOver(); n = reader.isOver() ? -1 : in.read(bytes))
                    reader.read(i -> bytes[i], 0, n, 0);
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private record Answers(OutputStream out) implements FrameReader.Messages {
        @Override
        public void message(Opcode opcode, long bytes, long firstNanos, long lastNanos) {
            if (!opcode.isControl()) say(0x82, (int) bytes);
        }

        @Override
        public void close(int code, long bytes, long firstNanos, long lastNanos) {
            say(0x88, 0);
        }

        private void say(int first, int length) {
            try {
                byte[] head = length < 126
                        ? new byte[] {(byte) first, (byte) length}
                        : new byte[] {(byte) first, 126, (byte) (length >> 8), (byte) length};
                byte[] frame = Arrays.copyOf(head, head.length + length);
                out.write(frame);
            } catch (IOException gone) {
                // The client has left.
            }
        }

        @Override
        public void unreadable() {
            throw new AssertionError("not a WebSocket");
        }
    }
}

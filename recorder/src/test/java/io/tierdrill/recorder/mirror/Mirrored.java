package io.tierdrill.recorder.mirror;

import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.live.LiveAccount;
import io.tierdrill.recorder.live.LiveConfig;
import io.tierdrill.recorder.live.LiveRecording;
import io.tierdrill.recorder.live.Pace;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A mirror that records into one trace. */
final class Mirrored implements AutoCloseable {
    static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** A busy machine may take seconds for what is sorted within milliseconds elsewhere. */
    private static final Pace PATIENT =
            MirrorEndpoint.pace().withWindow(Duration.ofSeconds(20)).withSettle(Duration.ofSeconds(20));

    private final Path trace;
    private final LiveRecording recording;
    private final MirrorEndpoint endpoint;

    Mirrored(Path trace, MirrorConfig config) throws Exception {
        this.trace = trace;
        NanoClock clock = NanoClock.system();
        LiveConfig live = LiveConfig.file(trace, "a test")
                .withPace(PATIENT)
                .withRedaction(RedactionConfig.defaults().off());
        recording = LiveRecording.start(live, clock, Clock.systemUTC());
        endpoint = MirrorEndpoint.start(config, recording, clock);
    }

    int port() {
        return endpoint.address().getPort();
    }

    MirrorAccount account() {
        return endpoint.account();
    }

    LiveAccount finish() {
        return recording.finish();
    }

    /** What was recorded up to now; ends the recording. */
    List<RequestRecord> records() throws Exception {
        recording.finish();
        List<RequestRecord> records = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            reader.forEachRemaining(records::add);
        }
        return records;
    }

    /** Sends bytes, ends its side, and gives back everything that is answered until the other side ends too. */
    static String exchange(InetAddress from, int port, String bytes) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static void await(BooleanSupplier condition) {
        NanoClock clock = NanoClock.system();
        long deadline = clock.nanos() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (clock.nanos() > deadline) throw new AssertionError("not within 20 s");
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        endpoint.close();
        recording.close();
    }
}

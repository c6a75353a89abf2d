package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.PacketAccount;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.CaptureReader;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key log that is written while the packets are read, as while recording. */
class LateKeysTest {
    @TempDir
    private Path folder;

    private final Tally tally = new Tally();
    private final List<RequestRecord> requests = new ArrayList<>();

    static List<TlsCapture> captures() {
        return TlsCapture.ALL;
    }

    /** @param keysBehind the packet behind which the keys are there */
    private PacketAccount read(TlsCapture capture, long keysBehind) throws IOException, BadInputException {
        Path file = folder.resolve("keys");
        PacketPipeline pipeline = new PacketPipeline(
                CaptureOptions.defaults(), tally, KeyLog.growing(file), r -> requests.add(r.record()));
        try (CaptureReader reader = CaptureReader.read(new ByteArrayInputStream(capture.packets()), "late")) {
            while (reader.next()) {
                pipeline.take(reader.frame());
                if (reader.frames() == keysBehind) Files.write(file, capture.keys());
            }
        }
        pipeline.finish();
        return tally.packets(0);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void waitsForKeysThatComeBehindTheFirstRequest(TlsCapture capture) throws Exception {
        PacketAccount account = read(capture, 9);

        assertThat(TlsCapture.rows(requests)).isEqualTo(capture.rows());
        assertThat(account.of(Fate.Group.OPAQUE)).isZero();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void countsWhatItWaitedForInVain(TlsCapture capture) throws Exception {
        PacketAccount account = read(capture, Long.MAX_VALUE);

        assertThat(requests).isEmpty();
        assertThat(account.of(Fate.TLS_WITHOUT_KEYS)).isPositive();
        assertThat(account.of(Fate.TLS_HANDSHAKE)).isZero();
        assertThat(account.tls().withoutKeys()).containsOnlyKeys("shop.example");
    }
}

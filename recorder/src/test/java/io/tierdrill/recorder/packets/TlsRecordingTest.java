package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx and curl, recorded on loopback while curl's key log grows, against nginx's own log. */
@Timeout(90)
class TlsRecordingTest {
    private static final String SHOP = "https://shop.example";

    @TempDir
    private Path folder;

    @Test
    void recordsWhatNginxServedUnderKeysThatComeMeanwhile() throws Exception {
        TlsNginx.orSkip("nginx", "openssl", "curl", "tcpdump");
        CaptureRecordingTest.needsCapture(folder);
        Path home = Files.createDirectory(folder.resolve("nginx"));
        Path trace = folder.resolve("live.trace");
        CaptureOptions options = CaptureOptions.defaults()
                .withTlsKeys(Optional.of(home.resolve("keys")))
                .withRedaction(RedactionConfig.defaults().off());
        CaptureAccount account;
        List<String> served;
        try (TlsNginx nginx = TlsNginx.start(home);
                CaptureRecording recording = CaptureRecording.start(
                        LiveCapture.of("lo", List.of(nginx.port())), trace, options, Clock.systemUTC())) {
            visit(nginx, "--http1.1", "--tls-max", "1.2");
            visit(nginx, "--http2", "--tls-max", "1.2");
            visit(nginx, "--http1.1", "--tlsv1.3");
            visit(nginx, "--http2", "--tlsv1.3");
            nginx.curl("--http2", "-Z", "--parallel-max", "20", SHOP + "/items/[1-40]");
            account = recording.finish();
            served = nginx.rows();
        }
        List<RequestRecord> requests = Imported.read(trace);

        // Streams side by side end in another order than they begin, which is the order of the trace.
        assertThat(TlsCapture.rows(requests)).containsExactlyInAnyOrderElementsOf(served);
        assertThat(TlsCapture.rows(requests).subList(0, 16)).isEqualTo(served.subList(0, 16));
        assertThat(account.rejected()).isEmpty();
        assertThat(account.packets().of(Fate.Group.OPAQUE)).isZero();
        assertThat(account.packets().of(Observation.TLS_DECRYPTED)).isGreaterThanOrEqualTo(5);
        assertThat(account.packets().of(Observation.TLS_OPAQUE)).isZero();
        assertThat(account.packets().kernelDrops()).isZero();
    }

    private static void visit(TlsNginx nginx, String... how) throws Exception {
        nginx.curl(with(how, SHOP + "/page?x=1", "-o", "/dev/null"));
        nginx.curl(with(how, SHOP + "/cart", "--data-binary", "y".repeat(700), "-o", "/dev/null"));
        nginx.curl(with(how, SHOP + "/missing", SHOP + "/page", "-I"));
    }

    private static String[] with(String[] how, String... more) {
        String[] all = Arrays.copyOf(how, how.length + more.length);
        System.arraycopy(more, 0, all, how.length, more.length);
        return all;
    }
}

package io.tierdrill.recorder.live;

import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RequestPacker;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.output.TraceOutput;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Takes made-up requests the way that live ones take onto the disk, into a trace that is deleted: for training runs, from
 * which the JVM keeps what it has learned. Stateless.
 */
public final class LivePractice {
    private static final int EACH_FLUSH = 500;
    private static final int USERS = 2_000;

    private LivePractice() {}

    /**
     * Returns when the time is over.
     *
     * @return requests that went through
     */
    public static long run(RedactionConfig redaction, Duration length, NanoClock clock) throws IOException {
        long end = clock.nanos() + length.toNanos();
        Path folder = Files.createTempDirectory("tierdrill-practice");
        Path trace = folder.resolve("practice.trace");
        RequestPacker packer = new RequestPacker();
        int count = 0;
        try (TraceOutput output =
                TraceOutput.create(trace, new TraceHeader(Instant.EPOCH, "practice", Map.of()), redaction)) {
            while (clock.nanos() < end) {
                for (int i = 0; i < EACH_FLUSH; i++) output.write(request(packer, count++));
                output.flush();
            }
        } finally {
            Files.deleteIfExists(trace);
            Files.deleteIfExists(folder);
        }
        return count;
    }

    private static PackedRequest request(RequestPacker packer, int n) {
        int user = (int) (n * 2_654_435_761L % USERS);
        packer.header("Host", "practice.example");
        packer.header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:" + n % 7 + ") Gecko/20100101 Firefox/128.0");
        packer.header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        packer.header("Accept-Encoding", "gzip, deflate, br");
        packer.header("Referer", "http://practice.example/list/" + n % 50);
        packer.header("Cookie", "session=" + Integer.toHexString(user * 65_537) + "0123456789abcdef; theme=dark");
        packer.header("Authorization", "Bearer " + Integer.toHexString(user * 40_503) + "fedcba9876543210");
        packer.header("X-Forwarded-For", "192.0.2." + n % 250);
        packer.header("X-Request-Id", Long.toHexString(n * 0x9e3779b97f4a7c15L));
        Response response = new Response(200, Optional.of(1_000L + n % 99), Optional.of(300_000L + n % 70_001));
        String connection = "192.0.2." + n % 250 + ":" + (20_000 + n % 500) + "@" + n % 500;
        return packer.request(
                        n * 1_000L,
                        "192.0.2." + n % 250,
                        connection,
                        "",
                        "http",
                        "GET",
                        "practice.example",
                        "/item/" + n * 7919L % 1_009 + "?page=" + n % 7,
                        packer.headers())
                .with(Body.none(), Optional.of(response));
    }
}

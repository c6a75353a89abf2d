package io.tierdrill.recorder.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx with {@code mirror} in front, as our page tells users to set it up. */
@Timeout(60)
class NginxMirrorTest {
    private static final int REQUESTS = 150;

    @TempDir
    private Path folder;

    @Test
    void findsEveryRequestThatNginxServedWithItsClientTimeAndBody() throws Exception {
        String missing = "no nginx (Debian: apt-get install nginx)";
        if ("true".equals(System.getenv("CI")))
            assertThat(Nginx.isInstalled()).as(missing).isTrue();
        Assumptions.assumeTrue(Nginx.isInstalled(), missing);
        Path trace = folder.resolve("mirror.trace");
        Instant before = Clock.systemUTC().instant().minusMillis(5);
        List<RequestRecord> records;
        try (Mirrored mirror = new Mirrored(trace, MirrorConfig.defaults(Mirrored.ANY));
                Nginx nginx = Nginx.start(Files.createDirectory(folder.resolve("nginx")), mirror.port())) {
            for (int i = 0; i < REQUESTS; i++) {
                InetAddress client = InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (i % 20 + 1)});
                assertThat(Mirrored.exchange(client, nginx.port(), request(i))).startsWith("HTTP/1.1 200 OK\r\n");
            }
            Mirrored.await(() -> mirror.account().copies() == REQUESTS);
            assertThat(mirror.account().incomplete()).isZero();
            assertThat(mirror.finish().dropped()).isEmpty();
            records = mirror.records();
        }
        Instant after = Clock.systemUTC().instant().plusMillis(5);

        assertThat(records).extracting(RequestRecord::path).containsExactlyInAnyOrderElementsOf(paths());
        // By milliseconds, as nginx tells them: two within one may have changed places.
        records.sort(Comparator.comparing(r -> Integer.valueOf(r.path().split("[/?]")[2])));
        for (int i = 0; i < REQUESTS; i++) {
            RequestRecord record = records.get(i);
            assertThat(record.client()).isEqualTo("127.0.1." + (i % 20 + 1));
            assertThat(record.method()).isEqualTo(i % 3 == 0 ? "POST" : "GET");
            assertThat(record.authority()).isEqualTo("shop.example:8443");
            assertThat(record.body().bytes())
                    .isEqualTo(i % 3 == 0 ? body(i).getBytes(StandardCharsets.US_ASCII) : new byte[0]);
            assertThat(record.headers()).contains(new RequestRecord.Header("X-Custom", "kept " + i));
            assertThat(record.connection()).isNotEmpty();
        }
        assertThat(records).extracting(RequestRecord::connection).doesNotHaveDuplicates();
        try (TraceReader reader = TraceReader.open(trace)) {
            Instant start = reader.header().start();
            assertThat(start).isBetween(before, after);
            assertThat(start.plusNanos(records.get(REQUESTS - 1).offsetNanos())).isBetween(start, after);
        }
    }

    private static List<String> paths() {
        return IntStream.range(0, REQUESTS).mapToObj(NginxMirrorTest::path).toList();
    }

    private static String path(int i) {
        return "/items/" + i + "?q=a%20b&page=" + i;
    }

    private static String body(int i) {
        return "{\"item\":" + i + ",\"text\":\"" + "x".repeat(i * 100) + "\"}";
    }

    private static String request(int i) {
        String head = " " + path(i) + " HTTP/1.1\r\nHost: shop.example:8443\r\nConnection: close\r\nX-Custom: kept " + i
                + "\r\n";
        if (i % 3 != 0) return "GET" + head + "\r\n";
        return "POST" + head + "Content-Type: application/json\r\nContent-Length: " + body(i).length() + "\r\n\r\n"
                + body(i);
    }
}

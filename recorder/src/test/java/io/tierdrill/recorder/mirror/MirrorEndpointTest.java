package io.tierdrill.recorder.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.live.LiveConfig;
import io.tierdrill.recorder.live.LiveRecording;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MirrorEndpointTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path folder;

    @Test
    void recordsAndAnswersEachOfSeveralRequestsOnOneConnection() throws Exception {
        try (Mirrored mirror = mirror()) {
            String answers = Mirrored.exchange(
                    LOOPBACK,
                    mirror.port(),
                    "GET /one HTTP/1.1\r\nHost: shop.example-shadow\r\n\r\n"
                            + "POST /two HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
                            + "PUT /three HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
                            + "HEAD /four HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

            assertThat(answers.split("HTTP/1.1 204 No Content\r\n", -1)).hasSize(5);
            List<RequestRecord> records = mirror.records();
            assertThat(records)
                    .extracting(r -> r.method() + " " + r.authority() + r.path() + " "
                            + new String(r.body().bytes(), StandardCharsets.US_ASCII))
                    .containsExactly("GET shop.example/one ", "POST h/two hello", "PUT h/three abcde", "HEAD h/four ");
            assertThat(records)
                    .allMatch(r -> r.response().isEmpty() && r.client().equals("127.0.0.1"));
            assertThat(mirror.account().copies()).isEqualTo(4);
        }
    }

    @Test
    void asksForABodyThatWaitsToBeAskedFor() throws Exception {
        try (Mirrored mirror = mirror();
                Socket socket = new Socket(LOOPBACK, mirror.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
                            .getBytes());
            byte[] asked = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertThat(new String(asked)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write("ok".getBytes());
            assertThat(new String(socket.getInputStream().readNBytes(27))).startsWith("HTTP/1.1 204");
            assertThat(mirror.records()).singleElement().matches(r -> r.body().size() == 2);
        }
    }

    @Test
    void ofALongBodyKeepsOnlyTheSize() throws Exception {
        MirrorConfig config = MirrorConfig.defaults(Mirrored.ANY).withBodyBytes(1_000);
        try (Mirrored mirror = new Mirrored(folder.resolve("t.trace"), config)) {
            for (int size : List.of(1_000, 1_001, 300_000, 10))
                Mirrored.exchange(
                        LOOPBACK,
                        mirror.port(),
                        "POST /" + size + " HTTP/1.1\r\nConnection: close\r\nContent-Length: " + size + "\r\n\r\n"
                                + "x".repeat(size));
            assertThat(mirror.records())
                    .extracting(r -> r.body().size() + " " + r.body().bytes().length)
                    .containsExactly("1000 1000", "1001 0", "300000 0", "10 10");
        }
    }

    @Test
    void countsCopiesThatBreakOffAndBytesThatAreNoHttp() throws Exception {
        try (Mirrored mirror = mirror()) {
            try (Socket socket = new Socket(LOOPBACK, mirror.port())) {
                socket.getOutputStream().write("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf".getBytes());
            }
            String answer = Mirrored.exchange(LOOPBACK, mirror.port(), "\u0016\u0003\u0001 hello\r\n\r\nmore\r\n\r\n");
            Mirrored.await(() -> mirror.account().connections() == 0);

            assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThat(mirror.account()).isEqualTo(new MirrorAccount(0, 1, 1, 0, 0));
            assertThat(mirror.finish().begun()).isZero();
        }
    }

    @Test
    void placesCopiesByTheTimesTheProxyGives() throws Exception {
        Instant now = Clock.systemUTC().instant();
        try (Mirrored mirror = mirror()) {
            for (int ago : List.of(100, 300, 200))
                copyAt(mirror, "/" + ago, now.minusMillis(ago).toEpochMilli());
            copyAt(mirror, "/anHourAgo", now.minusSeconds(3_600).toEpochMilli());

            List<RequestRecord> records = mirror.records();
            assertThat(records).extracting(RequestRecord::path).containsExactly("/300", "/200", "/100", "/anHourAgo");
            assertThat(records.get(1).offsetNanos())
                    .isBetween(
                            Duration.ofMillis(99).toNanos(),
                            Duration.ofMillis(101).toNanos());
            assertThat(mirror.account().timesNotBelieved()).isEqualTo(1);
        }
    }

    @Test
    void recordsCopiesWithTimesBeyondAllReasonAtTheTimeTheyCame() throws Exception {
        try (Mirrored mirror = mirror()) {
            for (String time : List.of("99999999999", "9999999999999999999", "0000000000"))
                Mirrored.exchange(
                        LOOPBACK,
                        mirror.port(),
                        "GET /" + time + " HTTP/1.1\r\nHost: h\r\nX-Request-Start: t=" + time
                                + "\r\nConnection: close\r\n\r\n");

            assertThat(mirror.records())
                    .extracting(RequestRecord::path)
                    .containsExactly("/99999999999", "/9999999999999999999", "/0000000000");
            // The longest is taken for no time at all.
            assertThat(mirror.account().timesNotBelieved()).isEqualTo(2);
        }
    }

    @Test
    void saysThatItCannotListen() throws Exception {
        try (Mirrored mirror = mirror();
                LiveRecording other = LiveRecording.start(
                        LiveConfig.file(folder.resolve("o.trace"), ""), NanoClock.system(), Clock.systemUTC())) {
            MirrorConfig taken = MirrorConfig.defaults(new InetSocketAddress("127.0.0.1", mirror.port()));
            assertThatThrownBy(() -> MirrorEndpoint.start(taken, other, NanoClock.system()))
                    .hasMessageStartingWith("127.0.0.1:" + mirror.port() + ": cannot listen here: ");
        }
    }

    private static void copyAt(Mirrored mirror, String path, long millis) throws Exception {
        Mirrored.exchange(
                LOOPBACK,
                mirror.port(),
                "GET " + path + " HTTP/1.1\r\nX-Request-Start: t=" + millis / 1000 + "."
                        + String.format(java.util.Locale.ROOT, "%03d", millis % 1000)
                        + "\r\nConnection: close\r\n\r\n");
    }

    private Mirrored mirror() throws Exception {
        return new Mirrored(folder.resolve("t.trace"), MirrorConfig.defaults(Mirrored.ANY));
    }
}

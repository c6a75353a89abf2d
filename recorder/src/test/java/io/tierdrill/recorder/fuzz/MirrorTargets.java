package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.mirror.MirroredCopy;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code mirror} takes the bytes of a connection to the mirror. Whatever headers tell of the original request, what is
 * recorded is fit for replay, and its client is no longer than an address.
 */
final class MirrorTargets {
    private static final int LONGEST_ADDRESS = 200;

    private MirrorTargets() {}

    static List<FuzzTarget> all() {
        return List.of(new FuzzTarget("mirror", 2048, Allowance.of(1024, 20_000), seeds(), MirrorTargets::read));
    }

    private static void read(byte[] input) {
        for (MirroredCopy copy : MirroredCopy.read(input)) {
            TraceFiles.assertFitForReplay(copy.request());
            assertThat(copy.request().client()).hasSizeBetween(1, LONGEST_ADDRESS);
            assertThat(copy.request().scheme()).isIn("http", "https");
            copy.time().ifPresent(time -> assertThat(time.getEpochSecond()).isNotNegative());
        }
    }

    private static List<byte[]> seeds() {
        return List.of(
                copy(
                        "X-Real-IP: 198.51.100.7:443",
                        "X-Original-URI: /a?b=c%20d",
                        "X-Original-Method: DELETE",
                        "X-Original-Host: shop.example:8443",
                        "X-Forwarded-Proto: https,http",
                        "X-Original-Connection: 77",
                        "X-Request-Start: t=1795457700.123"),
                copy(
                        "X-Forwarded-For: [2001:db8::1%eth0]:5, 10.0.0.1",
                        "X-Envoy-Original-Path: http://shop.example/x",
                        "X-Forwarded-Host: shop-shadow:80",
                        "X-Queue-Start: 1795457700123456789"),
                copy("X-Envoy-External-Address: ::ffff:10.0.0.1", "X-Request-Start: 1795457700123"));
    }

    private static byte[] copy(String... headers) {
        String text = "POST /copy HTTP/1.1\r\nHost: a-shadow\r\n" + String.join("\r\n", headers)
                + "\r\nContent-Length: 0\r\n\r\n";
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

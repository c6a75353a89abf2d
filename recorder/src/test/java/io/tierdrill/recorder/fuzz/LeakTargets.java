package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.diff.DiffReport;
import io.tierdrill.recorder.diff.DiffText;
import io.tierdrill.recorder.diff.TraceDiff;
import io.tierdrill.recorder.leaks.Leak;
import io.tierdrill.recorder.leaks.LeakReport;
import io.tierdrill.recorder.leaks.LeakScan;
import io.tierdrill.recorder.leaks.LeakText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What looks into traces: {@code leaks} scans a request made of the input, beside which a token is planted that must be
 * found, {@code leaks-blocks} scans blocks that no recorder wrote, and {@code diff} compares such a trace with itself. What
 * is shown of a secret is short, and nothing steers the terminal.
 */
final class LeakTargets {
    private static final String PLANTED = "Bearer hunter2-Zq81-planted-x7";

    private final Path trace;

    private LeakTargets(Path scratch) {
        this.trace = scratch.resolve("leaks.trace");
    }

    static List<FuzzTarget> all(Path scratch) throws IOException {
        LeakTargets targets = new LeakTargets(scratch);
        byte[] empty = TraceTargets.emptyFile(scratch);
        List<byte[]> blocks = TraceTargets.blockSeeds(empty);
        // The first scan loads Avro and its codecs: seconds and 30 MB under instrumentation, and no input's fault.
        targets.scanFile(empty);
        return List.of(
                // Under the fuzzer's hooks every comparison of texts allocates: seventy megabytes for what takes 0.4.
                new FuzzTarget("leaks", 1024, Allowance.of(262_144, 400_000), seeds(), targets::scanRequest),
                new FuzzTarget(
                        "leaks-blocks",
                        2048,
                        Allowance.of(262_144, 400_000),
                        blocks,
                        input -> targets.scanFile(TraceTargets.blocks(empty, input))),
                new FuzzTarget(
                        "diff",
                        4096,
                        Allowance.of(65_536, 100_000),
                        blocks,
                        input -> targets.compare(TraceTargets.blocks(empty, input))));
    }

    private void scanRequest(byte[] input) throws IOException, BadInputException {
        FuzzedBytes choices = new FuzzedBytes(input);
        String path = "/" + new String(choices.bytes(choices.u8()), StandardCharsets.UTF_8);
        String value = new String(choices.bytes(choices.u8()), StandardCharsets.UTF_8);
        RequestRecord request = new RequestRecord(
                0,
                "10.0.0.1",
                "",
                "",
                "http",
                "POST",
                "shop.example",
                path,
                List.of(new Header("X-Any", value), new Header("Authorization", PLANTED)),
                RequestRecord.Body.of(choices.rest()),
                Optional.empty());
        TraceFiles.write(trace, TraceFiles.HEADER, List.of(request));

        LeakReport report = scan();
        assertThat(report.requests()).isEqualTo(1);
        // A kind is shown where it was met first, which may be in the path.
        assertThat(report.leaks()).anyMatch(leak -> leak.field().equals("header Authorization") || leak.count() > 1);
    }

    private void scanFile(byte[] file) throws IOException {
        Files.write(trace, file);
        try {
            scan();
        } catch (BadInputException noTrace) {
            // Said so; nothing was printed.
        }
    }

    private LeakReport scan() throws IOException, BadInputException {
        LeakReport report = LeakScan.of(trace, silently -> {});
        for (Leak leak : report.leaks()) {
            assertThat(leak.shown().codePointCount(0, leak.shown().length())).isLessThanOrEqualTo(4);
            assertThat(leak.count()).isPositive();
            assertThat(leak.record()).isBetween(0L, report.requests());
        }
        assertHarmless(LeakText.of(report));
        return report;
    }

    private void compare(byte[] file) throws IOException {
        Files.write(trace, file);
        try {
            DiffReport report = TraceDiff.of(trace, trace, 0);
            assertThat(report.same()).isTrue();
            assertHarmless(DiffText.of(report));
        } catch (BadInputException noTrace) {
            // Said so.
        }
    }

    private static void assertHarmless(String text) {
        assertThat(text.chars().noneMatch(c -> c < 0x20 && c != '\n' && c != '\r' || c >= 0x7f && c < 0xa0))
                .as(text)
                .isTrue();
    }

    private static List<byte[]> seeds() {
        return List.of(
                seed("a?token=abcdef0123456789&x=%2541", "sid=\"x y\"; a@b.example", "{\"password\":\"x\\u0041\"}"),
                seed("b;jsessionid=12345#x", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln", "user=a%40b.example&pass=1"),
                seed(
                        "4111111111111111/DE89370400440532013000",
                        "Basic YTpi",
                        "YUBiLmV4YW1wbGU= &#64; AKIA0123456789ABCDEF"));
    }

    private static byte[] seed(String path, String value, String body) {
        return Packets.join(part(path), Packets.join(part(value), body.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] part(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Packets.join(new byte[] {(byte) bytes.length}, bytes);
    }
}

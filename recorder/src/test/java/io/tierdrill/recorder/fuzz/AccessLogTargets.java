package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.recorder.imports.ImportAccount;
import io.tierdrill.recorder.imports.ImportOptions;
import io.tierdrill.recorder.imports.TraceImport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Access logs, from file to trace. Every line is accounted for as a slow twin counts them, the trace holds what the account
 * says, and a refused log leaves nothing behind.
 *
 * <p>{@code access-log} takes a plain file, {@code access-log-gzip} damages one that is packed, {@code access-log-lines} has
 * lines longer than any buffer.
 */
final class AccessLogTargets {
    private static final ImportOptions OPTIONS =
            ImportOptions.defaults().withMaxRejects(1).withSortBytes(2048);

    private final Path folder;
    private final Path log;
    private final Path trace;

    private AccessLogTargets(Path folder) {
        this.folder = folder;
        this.log = folder.resolve("access.log");
        this.trace = folder.resolve("log.trace");
    }

    static List<FuzzTarget> all(Path scratch) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("logs"));
        AccessLogTargets targets = new AccessLogTargets(folder);
        return List.of(
                new FuzzTarget("access-log", 8192, Allowance.of(16_384, 1000), SEEDS, targets::takePlain),
                new FuzzTarget("access-log-gzip", 4096, Allowance.of(32_768, 1000), gzipSeeds(), targets::takeGzip),
                new FuzzTarget(
                        "access-log-lines", 256, Allowance.of(16_384, 400_000), lineSeeds(), targets::takeLines));
    }

    private void takePlain(byte[] input) throws IOException, BadInputException {
        // Compressed files have their own target, and lines inside them are not for the twin to count.
        boolean packed = input.length > 1 && (input[0] & 0xff) == 0x1f && (input[1] & 0xff) == 0x8b;
        Optional<ImportAccount> account = take(input);
        if (!packed) account.ifPresent(a -> assertThat(a.read()).isEqualTo(lines(input)));
    }

    /** Four bytes of damage, then what is packed. */
    private void takeGzip(byte[] input) throws IOException, BadInputException {
        FuzzedBytes choices = new FuzzedBytes(input);
        int at = choices.u16();
        int flip = choices.u8();
        int cut = choices.u8();
        byte[] content = choices.rest();
        byte[] packed = gzip(content);
        packed[at % packed.length] ^= (byte) flip;
        byte[] damaged = Arrays.copyOf(packed, packed.length - Math.min(cut, packed.length));
        Optional<ImportAccount> account = take(damaged);
        if (flip == 0 && cut == 0) {
            Optional<ImportAccount> plain = take(content);
            assertThat(account.map(ImportAccount::read)).isEqualTo(plain.map(ImportAccount::read));
            assertThat(account.map(ImportAccount::imported)).isEqualTo(plain.map(ImportAccount::imported));
        }
    }

    /** A log of lines of any length: a good line, stretched or followed by filling. */
    private void takeLines(byte[] input) throws IOException, BadInputException {
        FuzzedBytes choices = new FuzzedBytes(input);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] good = SEEDS.get(0);
        while (!choices.ended()) {
            file.write(good, 0, choices.u8() % good.length);
            byte[] filling = new byte[choices.u16() * (choices.flag() ? 4 : 1)];
            Arrays.fill(filling, (byte) choices.u8());
            file.writeBytes(filling);
            if (choices.flag()) file.write('\r');
            if (choices.flag()) file.write('\n');
        }
        takePlain(file.toByteArray());
    }

    /** The account, or empty where the log was refused. */
    private Optional<ImportAccount> take(byte[] input) throws IOException, BadInputException {
        Files.write(log, input);
        Files.deleteIfExists(trace);
        try {
            ImportAccount account = TraceImport.run(List.of(log), trace, OPTIONS);
            assertThat(TraceFiles.readRecorded(trace)).hasSize((int) account.imported());
            assertThat(Files.size(trace)).isLessThan(8192 + 8L * input.length);
            return Optional.of(account);
        } catch (BadInputException refused) {
            assertThat(refused.problems()).isNotEmpty();
            assertThat(trace).doesNotExist();
            return Optional.empty();
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.filter(f -> !f.equals(log) && !f.equals(trace)))
                        .isEmpty();
            }
        }
    }

    private static long lines(byte[] input) {
        long lines = 0;
        for (byte b : input) if (b == '\n') lines++;
        return input.length > 0 && input[input.length - 1] != '\n' ? lines + 1 : lines;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static final List<byte[]> SEEDS = Stream.of(
                    "10.0.0.1 - frank [17/May/2015:10:05:03 +0000] \"GET /a?b=c HTTP/1.1\" 200 203 \"http://b/\" \"Moz \\\"5\\\"\"\n",
                    "2001:db8::1 - - [29/Feb/2016:23:59:60 -0130] \"POST http://h/x HTTP/1.0\" 304 -\n"
                            + "10.0.0.2 - \"\" [29/Feb/2016:23:59:58 -0130] \"\\x16\\x03\\x01\" 400 0\n\n"
                            + "10.0.0.3 - - [01/Jan/1970:00:00:00 +0000] \"-\" 408 -\r\n",
                    "::1 - - [01/Dec/2199:00:00:00 +1400] \"OPTIONS * HTTP/2.0\" 000 18 \"-\" \"a\\xc3\\xa9\\tb\" extra \"0.1\"\n"
                            + "h - - [01/Dec/2199:00:00:00 +1400] \"GET /%zz\\\\ HTTP/1.1\" 200 5 \"cut")
            .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
            .toList();

    private static List<byte[]> gzipSeeds() {
        return SEEDS.stream().map(seed -> withHead(seed, 0, 0, 0, 0)).toList();
    }

    private static List<byte[]> lineSeeds() {
        return List.of(
                new byte[] {(byte) 255, 0, 0, 0, 'x', 0, 1},
                new byte[] {
                    90, (byte) 255, (byte) 255, 1, 'x', 1, 1, (byte) 120, 0, 0, 0, 0, 0, 1, 50, 1, 0, 0, 10, 0, 1
                },
                new byte[] {(byte) 255, (byte) 255, (byte) 255, 0, '"', 1, 0, 3, (byte) 128, 0, 1, 0, 0, 0});
    }

    private static byte[] withHead(byte[] content, int... head) {
        byte[] whole = new byte[head.length + content.length];
        for (int i = 0; i < head.length; i++) whole[i] = (byte) head[i];
        System.arraycopy(content, 0, whole, head.length, content.length);
        return whole;
    }
}

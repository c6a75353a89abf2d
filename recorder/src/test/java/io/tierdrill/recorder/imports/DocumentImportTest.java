package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Units;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Documents on their way through the import that logs take too. */
class DocumentImportTest {
    private static final String ENTRY = "{\"startedDateTime\":\"2026-01-01T00:00:0%d.500Z\",\"request\":"
            + "{\"method\":\"GET\",\"url\":\"%s\"},\"response\":{\"status\":200}}";
    private static final String VEGETA = "{\"method\":\"GET\",\"url\":\"http://a.example/%d\"}\n";
    private static final String GOR = "1 a%d 176722560%d000000000 -1\nGET /%d HTTP/1.1\r\nHost: a\r\n\r\n\n🐵🙈🙉\n";
    private static final String K6 = "{\"metric\":\"http_reqs\",\"type\":\"Point\",\"data\":{\"time\":"
            + "\"2026-01-01T00:00:0%d.1Z\",\"value\":1,\"tags\":{\"method\":\"GET\",\"url\":\"http://a.example/\"}}}\n";

    @TempDir
    Path folder;

    @Test
    void archivesRecordingsRowsAndLogLinesMeetInOrderOfTime() throws Exception {
        Path har = packed(
                "s.har", har(ENTRY.formatted(3, "http://a.example/har"), ENTRY.formatted(1, "http://a.example/har")));
        Path gor = file("r.gor", GOR.formatted(1, 2, 2));
        Path csv = file("t.csv", "time,path\n2026-01-01T00:00:00.25Z,/csv\n");
        Path log = file("a.log", "10.0.0.1 - - [01/Jan/2026:00:00:09 +0000] \"GET /log HTTP/1.1\" 200 1\n");

        ImportAccount account = run(har, gor, csv, log);

        assertThat(account.inputs())
                .extracting(ImportAccount.Input::format)
                .containsExactly("har", "gor", "csv", "common");
        assertThat(records()).extracting(RequestRecord::path).containsExactly("/csv", "/har", "/2", "/har", "/log");
        assertThat(records().get(1).offsetNanos()).isEqualTo(1_250_000_000);
    }

    @Test
    void targetsWithoutARateAreRefusedAndWithOneTheyComeInTheirOrder() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_000; i++) text.append(VEGETA.formatted(i));
        Path targets = file("targets.json", text.toString());
        assertThatThrownBy(() -> run(targets))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        targets + ": tells no times (format vegeta)",
                        "  Say with --rate how many requests a second it stands for.",
                        "1 problem; nothing was started."));
        TraceImport.run(List.of(targets), output(), ImportOptions.defaults().withRate(100));
        List<RequestRecord> records = records();
        assertThat(records).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) assertThat(records.get(i).path()).isEqualTo("/" + i);
        // Ten seconds; a Poisson process of 1,000 arrivals is within 3.2 % of that once in three times, 10 % never.
        assertThat(records.get(999).offsetNanos()).isBetween(9_000_000_000L, 11_000_000_000L);
    }

    @Test
    void tooManyWrongEntriesRefuseTheImportWithTheirNumberAndPointer() throws Exception {
        Path har = file("s.har", har(ENTRY.formatted(1, "http://a.example/"), ENTRY.formatted(2, "nowhere")));
        assertThatThrownBy(() -> run(har))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        har + ":3:79 (no. 2, /request/url): 50.0 % of the exchanges are no requests, more than the 1 %"
                                + " allowed",
                        "  " + har + ": 2 exchanges, format har (found)",
                        "  read 2 = imported 1 + rejected 1",
                        "    1 bad-url (the URL is not one of http or https with a host), first " + har
                                + ":3:79 (no. 2, /request/url): \"\"nowhere\"},\"response\":{\"status\":200}}\"",
                        "  from 2026-01-01T00:00:01.500Z to 2026-01-01T00:00:01.500Z",
                        "  If that is as it should be, allow more with --max-rejects.",
                        "1 problem; nothing was started."));
        assertThat(output()).doesNotExist();
    }

    @Test
    void whatNoServerWasAskedDoesNotCountAsLoss() throws Exception {
        Path har = file("s.har", har(ENTRY.formatted(1, "http://a.example/"), ENTRY.formatted(2, "data:,x")));
        ImportAccount account = run(har);
        assertThat(account.harmless()).isEqualTo(1);
        assertThat(account.rejectedShare()).isZero();
    }

    /** Every form, with bytes changed, lost and doubled anywhere: nothing throws, nothing hangs, everything ends. */
    @TestFactory
    Stream<DynamicTest> damageOfAnyKindIsCountedAndNeverFatal() {
        StringBuilder gor = new StringBuilder();
        StringBuilder k6 = new StringBuilder();
        StringBuilder vegeta = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        StringBuilder csv = new StringBuilder("time,path,status\n");
        StringBuilder rates = new StringBuilder("second,requests\n");
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            gor.append(GOR.formatted(i, i, i));
            k6.append(K6.formatted(i));
            vegeta.append(VEGETA.formatted(i));
            plain.append("GET http://a.example/")
                    .append(i)
                    .append("\nA: 1\n@b\n")
                    .append(i % 3 == 0 ? "\n# c\n" : "");
            csv.append("1767225600.").append(i).append(",\"/").append(i).append("\",200\n");
            rates.append(i).append(",").append(i % 3).append("\n");
            entries.add(ENTRY.formatted(i, "http://a.example/" + i));
        }
        return Stream.of(
                        new Sample("har", har(entries.toArray(String[]::new)), 9),
                        new Sample("gor", gor.toString(), 9),
                        new Sample("k6", k6.toString(), 9),
                        new Sample("vegeta", vegeta.toString(), 9),
                        new Sample("vegeta-http", plain.toString(), 9),
                        new Sample("targets", "[" + vegeta.toString().strip().replace("\n", ",\n") + "]", 9),
                        new Sample("csv", csv.toString(), 9),
                        new Sample("csv-rates", rates.toString(), 9 + 3))
                .map(sample -> DynamicTest.dynamicTest(sample.format, sample::check));
    }

    private record Sample(String format, String text, int units) {
        void check() throws Exception {
            byte[] whole = text.getBytes(StandardCharsets.UTF_8);
            Format found = Formats.found(new Head("x", whole, true)).orElseThrow();
            assertThat(found.word()).isEqualTo(format);
            assertThat(count(found, whole)).isEqualTo(units);
            RandomGenerator chance = new Seeds(11).stream(format);
            for (int round = 0; round < 200; round++) {
                byte[] damaged = damaged(whole, chance);
                found.judge(new Head("x", damaged, true));
                count(found, damaged);
            }
        }

        private static int count(Format format, byte[] bytes) throws Exception {
            int count = 0;
            try {
                Reading reading = format.open(
                        new Head("x", bytes, true), new ByteArrayInputStream(bytes), new Server("http", ""));
                Units units = reading.units();
                for (; units.next() && count < 1_000; count++) {
                    if (reading.parser().parse(units.bytes(), units.from(), units.to()))
                        reading.parser().request(count);
                    else {
                        assertThat(reading.parser().reason()).isNotNull();
                        assertThat(reading.parser().wrongAt()).isBetween(units.from(), units.to());
                    }
                    assertThat(units.number()).isPositive();
                    assertThat(units.line()).isPositive();
                }
            } catch (BadInputException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
            return count;
        }

        private static byte[] damaged(byte[] whole, RandomGenerator chance) {
            byte[] bytes = whole.clone();
            for (int i = chance.nextInt(4); i >= 0; i--) {
                int at = chance.nextInt(bytes.length);
                switch (chance.nextInt(4)) {
                    case 0 -> bytes[at] = (byte) chance.nextInt(256);
                    case 1 -> bytes[at] = "{}[]\",:\n\\0".getBytes(StandardCharsets.US_ASCII)[chance.nextInt(10)];
                    case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                    default -> System.arraycopy(whole, 0, bytes, at, Math.min(whole.length, bytes.length) - at);
                }
            }
            return bytes;
        }
    }

    private static String har(String... entries) {
        return "{\"log\":{\"version\":\"1.2\",\"entries\":[\n" + String.join(",\n", entries) + "]}}";
    }

    private ImportAccount run(Path... inputs) throws Exception {
        return TraceImport.run(List.of(inputs), output(), ImportOptions.defaults());
    }

    private Path output() {
        return folder.resolve("out.trace");
    }

    private List<RequestRecord> records() throws Exception {
        List<RequestRecord> records = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(output())) {
            reader.forEachRemaining(records::add);
        }
        return records;
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path packed(String name, String text) throws Exception {
        Path path = folder.resolve(name + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return path;
    }
}

package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Source;
import io.tierdrill.recorder.redact.ClientAddresses;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class TraceImportTest {
    private static final String NL = System.lineSeparator();

    /** Every client is masked; of networks, the permutation leaves one address in 256 where it is. */
    private static final RedactionConfig ALL_CLIENTS =
            RedactionConfig.defaults().withClients(ClientAddresses.PSEUDONYM);

    @TempDir
    Path folder;

    private Path log;
    private Path trace;

    @BeforeEach
    void paths() {
        log = folder.resolve("access.log");
        trace = folder.resolve("out.trace");
    }

    @Test
    void everyLineIsEitherARequestOrARejectWithItsReason() throws Exception {
        Files.writeString(
                log,
                String.join(
                        "\n",
                        line(5, "/a"),
                        "",
                        "garbage",
                        line(3, "/b"),
                        line(5, "/c").replace("GET", "\\x16\\x03\\x01"),
                        "   ",
                        line(5, "/d").replace(" 200 ", " 2x0 "),
                        "x".repeat(70_000),
                        "rubbish \u001b[31m again",
                        line(4, "/e")));
        ImportAccount account = TraceImport.run(
                List.of(log),
                trace,
                ImportOptions.defaults().withRedaction(ALL_CLIENTS).withMaxRejects(0.7));

        assertThat(account.read()).isEqualTo(10);
        assertThat(account.imported()).isEqualTo(3);
        assertThat(account.rejected())
                .isEqualTo(Map.of(
                        "blank-line", 2L, "too-long", 1L, "not-this-format", 2L, "tls-bytes", 1L, "bad-status", 1L));
        assertThat(ImportText.of(account).lines())
                .containsExactly(
                        log + ": 10 lines, format common (found)",
                        "read 10 = imported 3 + rejected 7",
                        "  2 blank-line (the line is blank), first " + log + ":2:1: end of line",
                        "  2 not-this-format (the fields are not those of the format), first " + log
                                + ":3:8: end of line",
                        "  1 tls-bytes (the client spoke TLS to a port without), first " + log
                                + ":5:45: \"\\x16\\x03\\x01 /c HTTP/1.1\" 200 7\"",
                        "  1 bad-status (the status is not a number of three digits), first " + log
                                + ":7:62: \"2x0 7\"",
                        "  1 too-long (is longer than may be read), first " + log + ":8:1: \"" + "x".repeat(60)
                                + "\"...",
                        "out of order, sorted: 1",
                        "masked 3 client",
                        "from 2015-05-17T10:05:03Z to 2015-05-17T10:05:05Z; placed within the second with seed 1");
        assertThat(pathsInTrace()).containsExactly("/b", "/e", "/a");
    }

    @Test
    void theTraceSaysWhereItComesFromAndByWhichRule() throws Exception {
        Files.writeString(log, line(3, "/a") + "\n" + line(5, "/b") + "\n");
        TraceImport.run(List.of(log), trace, ImportOptions.defaults().withSeeds(new Seeds(42)));

        try (TraceReader reader = TraceReader.open(trace)) {
            assertThat(reader.header().start()).isEqualTo(Instant.parse("2015-05-17T10:05:03Z"));
            assertThat(reader.header().source()).isEqualTo("import access.log (common)");
            assertThat(reader.header().notes())
                    .containsEntry("seed", "42")
                    .containsEntry(
                            "withinStamp",
                            "Where times are coarser than a millisecond, the n units of one input in one stamp keep"
                                    + " their order and stand at n instants drawn evenly over the stamp's length and"
                                    + " sorted; the draw depends on seed, input and stamp.");
            assertThat(reader.next().offsetNanos()).isBetween(0L, 999_999_999L);
            assertThat(reader.next().offsetNanos()).isBetween(2_000_000_000L, 2_999_999_999L);
        }
    }

    @Test
    void theSameSeedMakesTheSameTraceAndAnotherAnother() throws Exception {
        Files.writeString(log, line(3, "/a") + "\n" + line(3, "/b") + "\n");
        List<byte[]> traces = new ArrayList<>();
        ImportOptions options = ImportOptions.defaults();
        for (long seed : new long[] {1, 1, 2}) {
            TraceImport.run(List.of(log), trace, options.withSeeds(new Seeds(seed)));
            traces.add(Files.readAllBytes(trace));
        }

        assertThat(traces.get(1)).isEqualTo(traces.get(0));
        assertThat(traces.get(2)).isNotEqualTo(traces.get(0));
    }

    @Test
    void severalFilesPlainAndGzipBecomeOneTraceInOrder() throws Exception {
        Path packed = folder.resolve("access.log.1.gz");
        gzip(packed, line(1, "/1") + "\n" + line(4, "/4") + "\n");
        gzip(packed, line(6, "/6") + " \"-\" \"M\"\n"); // gzip files may be joined
        Files.writeString(log, line(5, "/5") + "\n" + line(2, "/2") + "\n");
        ImportAccount account = TraceImport.run(List.of(packed, log), trace, ImportOptions.defaults());

        assertThat(pathsInTrace()).containsExactly("/1", "/2", "/4", "/5", "/6");
        assertThat(account.inputs())
                .containsExactly(
                        new ImportAccount.Input(packed.toString(), "common", true, "line", "1 s", 3, 3),
                        new ImportAccount.Input(log.toString(), "common", true, "line", "1 s", 2, 2));
        assertThat(account.remarks())
                .isEqualTo(Map.of(
                        "extra-fields",
                        new ImportAccount.Counted(1, "with fields behind those of the format, ignored")));
    }

    @Test
    void theAccountIsReadyForJson() throws Exception {
        Files.writeString(log, line(3, "/a") + " \"-\" \"M\"\nrubbish\n");
        ImportAccount account = TraceImport.run(
                List.of(log),
                trace,
                ImportOptions.defaults().withRedaction(ALL_CLIENTS).withMaxRejects(1));

        assertThat(JsonMapper.builder().build().writeValueAsString(account))
                .isEqualTo(
                        "{\"read\":2,\"imported\":1,\"rejected\":{\"not-this-format\":1},\"harmless\":0,"
                                + "\"examples\":{\"not-this-format\":{\"file\":\"" + log
                                + "\",\"line\":2,\"column\":8,\"number\":2,\"field\":\"\",\"found\":\"end of line\","
                                + "\"meaning\":\"the fields are not those of the format\",\"counts\":true}},"
                                + "\"inputs\":[{\"file\":\"" + log
                                + "\",\"format\":\"combined\",\"formatFound\":true,\"unit\":\"line\","
                                + "\"resolution\":\"1 s\",\"read\":2,\"imported\":1}],"
                                + "\"remarks\":{},\"outOfOrder\":0,"
                                + "\"first\":\"2015-05-17T10:05:03Z\",\"last\":\"2015-05-17T10:05:03Z\",\"seed\":1,\"masked\":{\"client\":1}}");
    }

    @Test
    void tooManyRejectsStopTheImportAndLeaveTheOldTraceAlone() throws Exception {
        Files.writeString(trace, "the old one");
        Files.writeString(log, line(3, "/a") + "\nrubbish\n\n" + line(4, "/b") + "\n");

        assertRefused(
                List.of(log),
                ImportOptions.defaults(),
                log + ":2:8: 33.3 % of the lines are no requests, more than the 1 % allowed",
                "  " + log + ": 4 lines, format common (found)",
                "  read 4 = imported 2 + rejected 2",
                "    1 not-this-format (the fields are not those of the format), first " + log + ":2:8: end of line",
                "    1 blank-line (the line is blank), first " + log + ":3:1: end of line",
                "  from 2015-05-17T10:05:03Z to 2015-05-17T10:05:04Z; placed within the second with seed 1",
                "  If that is as it should be, allow more with --max-rejects.");
        assertThat(trace).hasContent("the old one");
    }

    @Test
    void blankLinesDoNotCountAsRejects() throws Exception {
        Files.writeString(log, "\n\n\n" + line(3, "/a") + "\n\n");

        assertThat(TraceImport.run(List.of(log), trace, ImportOptions.defaults().withMaxRejects(0))
                        .read())
                .isEqualTo(5);
    }

    @Test
    void aLogWithoutARequestIsRefused() throws Exception {
        Files.createFile(log);

        assertRefused(
                List.of(log),
                ImportOptions.defaults().withMaxRejects(1),
                log + ": found no request in 0 lines",
                "  " + log + ": 0 lines, format none, it is empty (found)",
                "  read 0 = imported 0 + rejected 0");
    }

    @Test
    void aFileThatIsNoLogIsToldByItsFirstLine() throws Exception {
        Files.writeString(log, "\n<html><body>Hello</body></html>\n");

        assertRefused(
                List.of(log),
                ImportOptions.defaults().withMaxRejects(1),
                log + ":2:1: is in no format that is known; it begins with \"<html><body>Hello</body></html>\"",
                "  Known: " + Formats.words() + ". --format with one of them tells where a line does not fit it.");
    }

    @Test
    void missingFilesFoldersAndTheTraceItselfAreAllToldAtOnce() throws Exception {
        Files.writeString(trace, "old");
        Path missing = folder.resolve("missing.log");

        assertRefused(
                List.of(missing, folder, trace),
                ImportOptions.defaults(),
                missing + ": there is no such file",
                "  Give the path of a log or recording.",
                folder + ": is a directory",
                "  Give the path of a log or recording.",
                trace + ": is both a log to read and the trace to write",
                "  Write to another file.");
    }

    @Test
    void anOutputThatCannotBeWrittenIsToldBeforeAnythingIsRead() throws Exception {
        Files.writeString(log, line(3, "/a") + "\n");
        Path nowhere = folder.resolve("no/such/out.trace");

        assertThatThrownBy(() -> TraceImport.run(List.of(log), nowhere, ImportOptions.defaults()))
                .isInstanceOf(BadInputException.class)
                .hasMessage(nowhere + ": the folder " + nowhere.getParent() + " does not exist" + NL
                        + "  Make it first." + NL + "1 problem; nothing was started.");
        assertThatThrownBy(() -> TraceImport.run(List.of(log), folder, ImportOptions.defaults()))
                .isInstanceOf(BadInputException.class)
                .hasMessage(folder + ": is a directory" + NL + "  Give the path of the trace to write." + NL
                        + "1 problem; nothing was started.");
        assertThatThrownBy(() -> TraceImport.run(List.of(), trace, ImportOptions.defaults()))
                .isInstanceOf(BadInputException.class)
                .hasMessage("import: no log was given" + NL + "  Give one or more log or recordings." + NL
                        + "1 problem; nothing was started.");
    }

    @Test
    void otherCompressionsAreNamed() throws Exception {
        Map<String, byte[]> starts = Map.of(
                "xz", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0},
                "bzip2", new byte[] {'B', 'Z', 'h', '9'},
                "zip", new byte[] {'P', 'K', 3, 4});
        for (Map.Entry<String, byte[]> start : starts.entrySet()) {
            Files.write(log, start.getValue());
            assertRefused(
                    List.of(log),
                    ImportOptions.defaults(),
                    log + ": is compressed with " + start.getKey(),
                    "  Unpack it first. Plain files, gzip and zstd are read.");
        }
    }

    @Test
    void gzipCutAnywhereIsRefusedAndLeavesNothingBehind() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) text.append(line(i, "/" + i * 7919)).append('\n');
        gzip(log, text.toString());
        byte[] whole = Files.readAllBytes(log);
        for (int length = 2; length < whole.length; length++) {
            Files.write(log, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TraceImport.run(
                            List.of(log), trace, ImportOptions.defaults().withSortBytes(100)))
                    .as("cut at " + length)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith(log + ": the packed data is cut off or damaged: ")
                    .hasMessageEndingWith(NL
                            + "  Nothing was imported. Unpack what is left of it with 'gzip -dc' or 'zstd -dc' into a"
                            + " plain file and import that." + NL + "1 problem; nothing was started.");
        }
        assertOnlyLogLeft();
    }

    @Test
    void aFailureWhileWritingLeavesNeitherHalfATraceNorTemporaryFiles() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) text.append(line(i % 60, "/" + i)).append('\n');
        Files.writeString(log, text);

        assertThatThrownBy(() -> TraceImport.run(
                        List.of(Source.file(log)),
                        trace,
                        ImportOptions.defaults().withSortBytes(10_000),
                        progress -> {
                            if (progress.stage() == ImportProgress.Stage.WRITING)
                                throw new IllegalStateException("full");
                        }))
                .hasMessage("full");
        assertOnlyLogLeft();
    }

    @Test
    void progressIsToldInBothStagesAndNeverGoesBack() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40_000; i++) text.append(line(i % 60, "/" + i)).append('\n');
        Files.writeString(log, text);
        List<ImportProgress> told = new ArrayList<>();
        TraceImport.run(List.of(Source.file(log)), trace, ImportOptions.defaults(), told::add);

        for (ImportProgress.Stage stage : ImportProgress.Stage.values()) {
            List<Double> shares = told.stream()
                    .filter(p -> p.stage() == stage)
                    .map(ImportProgress::share)
                    .toList();
            assertThat(shares)
                    .hasSizeGreaterThan(2)
                    .isSorted()
                    .allSatisfy(s -> assertThat(s).isBetween(0.0, 1.0));
        }
    }

    @Test
    void optionsCheckThemselves() {
        assertThatThrownBy(() -> ImportOptions.defaults().withMaxRejects(1.5))
                .hasMessage("maxRejects must be from 0 to 1, was 1.5");
        assertThatThrownBy(() -> new Server("ftp", "")).hasMessage("scheme must be http or https, was 'ftp'");
        assertThatThrownBy(() -> ImportOptions.defaults().withSortBytes(0))
                .hasMessage("sortBytes must be 1 or more, was 0");
    }

    @Test
    void anAccountThatDoesNotAddUpCannotBeMade() {
        assertThatThrownBy(() -> new ImportAccount(
                        3, 1, Map.of("bad-status", 1L), 0, Map.of(), List.of(), Map.of(), 0, null, null, 1, Map.of()))
                .hasMessage("read 3 units but accounts for 2");
    }

    private static String line(int second, String path) {
        return String.format("192.0.2.1 - - [17/May/2015:10:05:%02d +0000] \"GET %s HTTP/1.1\" 200 7", second, path);
    }

    private void assertRefused(List<Path> inputs, ImportOptions options, String... lines) {
        List<String> message = new ArrayList<>(List.of(lines));
        long problems = message.stream().filter(l -> !l.startsWith(" ")).count();
        message.add(problems + (problems == 1 ? " problem" : " problems") + "; nothing was started.");
        assertThatThrownBy(() -> TraceImport.run(inputs, trace, options))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(NL, message));
    }

    private void assertOnlyLogLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(log);
        }
    }

    private List<String> pathsInTrace() throws Exception {
        List<String> paths = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            reader.forEachRemaining((RequestRecord r) -> paths.add(r.path()));
            assertThat(reader.damage()).isEmpty();
        }
        return paths;
    }

    /** Appends a member. */
    private static void gzip(Path path, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(
                Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}

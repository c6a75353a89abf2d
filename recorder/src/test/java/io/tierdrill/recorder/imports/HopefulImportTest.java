package io.tierdrill.recorder.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.recorder.input.Source;
import io.tierdrill.recorder.json.JsonFormat;
import io.tierdrill.recorder.json.Mapping;
import io.tierdrill.recorder.template.TemplateFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file is written to the trace while it is read, a stream is sorted as a whole first: the judge of the former is the
 * latter.
 */
class HopefulImportTest {
    private static final int LINES = 20_000;
    private static final ImportOptions SMALL =
            ImportOptions.defaults().withMaxRejects(1).withSortBytes(300_000);

    @TempDir
    Path folder;

    private Path log;
    private Path trace;
    private final List<ImportProgress> told = new ArrayList<>();
    private boolean wroteWhileReading;

    @BeforeEach
    void paths() {
        log = folder.resolve("a.log");
        trace = folder.resolve("a.trace");
    }

    @Test
    void aLogInOrderIsWrittenWhileItIsRead() throws Exception {
        Files.write(log, lines());

        bothWays(SMALL);
        assertThat(wroteWhileReading).isTrue();
    }

    @Test
    void aLogNearlyInOrderIsToo() throws Exception {
        Files.write(log, nearlyInOrder(lines(), 200));

        assertThat(bothWays(SMALL).outOfOrder()).isGreaterThan(1_000);
        assertThat(wroteWhileReading).isTrue();
    }

    @Test
    void aShuffledLogIsReadAgain() throws Exception {
        Files.write(log, nearlyInOrder(lines(), LINES));

        bothWays(SMALL);
        assertReadTwice();
    }

    @Test
    void aLastLineAnHourTooEarlyIsEnoughAndIsToldOnce() throws Exception {
        List<String> lines = lines();
        lines.add(line(-3600, "/late"));
        Files.write(log, lines);

        ImportAccount account = bothWays(SMALL);
        assertThat(account.read()).isEqualTo(LINES + 1);
        assertThat(account.outOfOrder()).isEqualTo(1);
        assertThat(account.inputs()).hasSize(1);
        assertThat(wroteWhileReading).isTrue();
    }

    @Test
    void spoiltLinesAndPlantedSecretsMakeNoDifference() throws Exception {
        RandomGenerator chance = chance();
        List<String> lines = nearlyInOrder(lines(), 50);
        for (int i = 0; i < lines.size(); i += 1 + chance.nextInt(20)) {
            int at = chance.nextInt(lines.get(i).length());
            String planted =
                    chance.nextBoolean() ? "ann@shop.example" : String.valueOf((char) (' ' + chance.nextInt(90)));
            lines.set(i, lines.get(i).substring(0, at) + planted + lines.get(i).substring(at + chance.nextInt(2)));
        }
        Files.write(log, lines);

        ImportAccount account = bothWays(SMALL);
        assertThat(account.rejected()).hasSizeGreaterThan(2);
        assertThat(account.masked().get("email")).isGreaterThan(50);
    }

    @Test
    void aWindowOfOneSecondOnlyIsSpilled() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) lines.add(line(i < 12_000 ? i / 4_000 : 3, "/" + i % 700));
        Files.write(log, lines);

        bothWays(SMALL);
        bothWays(SMALL.withSortBytes(100));
    }

    @Test
    void aPackedFileIsReadTwiceAsWell() throws Exception {
        List<String> lines = lines();
        lines.add(line(-1, "/late"));
        try (var out = new GZIPOutputStream(Files.newOutputStream(log))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        bothWays(SMALL);
        assertThat(wroteWhileReading).isTrue();
    }

    @Test
    void timesOfMillisecondsKeepTheirPlaces() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++)
            lines.add(String.format(
                    "{\"at\":%d.%03d,\"url\":\"/%d\",\"took\":%d}",
                    1_646_861_401 + i / 1000, i % 1000, i % 900, i % 50));
        Files.write(log, nearlyInOrder(lines, 30));

        bothWays(SMALL.withFormat(JsonFormat.of(Mapping.of("time=at:s,path=url,duration=took:ms,logged=end"))));
        assertThat(wroteWhileReading).isTrue();
    }

    /** Until the first duration, ends might be arrivals. */
    @Test
    void endsInWholeSecondsAreSortedAsAWholeHoweverLateTheFirstDurationIs() throws Exception {
        for (int first : new int[] {0, LINES - 10}) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < LINES; i++)
                lines.add(line(i / 100, "/" + i % 900) + (i < first ? " 0.000" : " 1.2" + i % 10));
            Files.write(log, lines);

            bothWays(SMALL.withFormat(TemplateFormat.of(
                    "$remote_addr - - [$time_local] \"$request\" $status $bytes_sent $request_time")));
        }
    }

    @Test
    void tooManyRejectsAtTheEndLeaveNothing() throws Exception {
        List<String> lines = lines();
        lines.addAll(Collections.nCopies(LINES, "rubbish"));
        Files.write(log, lines);

        assertThatThrownBy(
                        () -> TraceImport.run(List.of(Source.file(log)), trace, SMALL.withMaxRejects(0.1), this::watch))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("50.0 % of the lines are no requests");
        assertThat(wroteWhileReading).isTrue();
        assertOnlyLogLeft();
    }

    @Test
    void aFailureWhileReadingLeavesNothing() throws Exception {
        Files.write(log, lines());

        assertThatThrownBy(() -> TraceImport.run(List.of(Source.file(log)), trace, SMALL, progress -> {
                    watch(progress);
                    if (wroteWhileReading) throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertOnlyLogLeft();
    }

    private ImportAccount bothWays(ImportOptions options) throws Exception {
        wroteWhileReading = false;
        told.clear();
        Path judge = folder.resolve("judge");
        ImportAccount whole;
        try (InputStream in = Files.newInputStream(log)) {
            whole = TraceImport.run(List.of(Source.stream(log.toString(), in)), judge, options, silently -> {});
        }
        ImportAccount hopeful = TraceImport.run(List.of(Source.file(log)), trace, options, this::watch);

        assertThat(hopeful).isEqualTo(whole);
        assertThat(trace).hasSameBinaryContentAs(judge);
        for (ImportProgress.Stage stage : ImportProgress.Stage.values())
            assertThat(told.stream().filter(p -> p.stage() == stage).map(ImportProgress::units))
                    .isSorted();
        Files.delete(trace);
        Files.delete(judge);
        assertOnlyLogLeft();
        return hopeful;
    }

    /** All units are told of while they are written only when none were written before. */
    private void assertReadTwice() {
        assertThat(told.stream().filter(p -> p.stage() == ImportProgress.Stage.WRITING))
                .hasSize(LINES >> 13);
    }

    private void watch(ImportProgress progress) {
        told.add(progress);
        if (progress.stage() != ImportProgress.Stage.READING || wroteWhileReading) return;
        try (Stream<Path> files = Files.list(folder)) {
            wroteWhileReading = files.anyMatch(f -> f.toString().endsWith(".begun"));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void assertOnlyLogLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(log);
        }
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) lines.add(line(i / 70, "/" + i % 900 + "?of=" + i % 31));
        return lines;
    }

    /** Each line at most {@code most} places from its own. */
    private static List<String> nearlyInOrder(List<String> lines, int most) {
        RandomGenerator chance = chance();
        int[][] places = new int[lines.size()][];
        for (int i = 0; i < places.length; i++) places[i] = new int[] {i + chance.nextInt(most), i};
        Arrays.sort(places, (a, b) -> Integer.compare(a[0], b[0]));
        List<String> moved = new ArrayList<>();
        for (int[] place : places) moved.add(lines.get(place[1]));
        return moved;
    }

    private static RandomGenerator chance() {
        return new Seeds(3).stream("lines");
    }

    private static String line(int second, String path) {
        int at = second + 40_000;
        return String.format(
                "192.0.2.%d - - [17/May/2015:%02d:%02d:%02d +0000] \"GET %s HTTP/1.1\" 200 7",
                at % 250, at / 3600, at / 60 % 60, at % 60, path);
    }
}

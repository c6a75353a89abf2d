package io.tierdrill.recorder.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.TraceFooter;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.model.trace.TraceWriter;
import io.tierdrill.recorder.redact.Redaction;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceMergeTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Map<String, String> MASKED = Map.of(Redaction.KEY_NOTE, "k1", "same", "yes", "own", "a");

    @TempDir
    Path folder;

    @Test
    void requestsStandInOrderOfTheTimeOfDayWhateverEachTraceTakesForZero() throws Exception {
        Path late = trace("late", NOON.plusSeconds(1), MASKED, 0, 500, 2_000_000_000);
        Path early = trace("early", NOON, MASKED, 250, 1_000_000_250L, 1_000_000_500L);

        MergeAccount account = merge(late, early);

        assertThat(paths())
                .containsExactly(
                        "0 /early/250",
                        "999999750 /late/0",
                        "1000000000 /early/1000000250",
                        // At the same time, in the order given.
                        "1000000250 /late/500",
                        "1000000250 /early/1000000500",
                        "2999999750 /late/2000000000");
        assertThat(account.read()).isEqualTo(6);
        assertThat(account.first()).isEqualTo(NOON.plusNanos(250));
        assertThat(account.last()).isEqualTo(NOON.plusSeconds(3));
        assertThat(account.inputs()).extracting(MergeAccount.Input::requests).containsExactly(3L, 3L);
        assertThat(MergeText.of(account).lines())
                .containsExactly(
                        late + ": 3 requests, from 2026-01-01T12:00:01Z",
                        early + ": 3 requests, from 2026-01-01T12:00:00Z",
                        "read 6 = imported 6 + rejected 0",
                        "from 2026-01-01T12:00:00.000000250Z to 2026-01-01T12:00:03Z");
    }

    @Test
    void notesTellWhatAllHaveInCommonAndWhoTheyWere() throws Exception {
        Path one = trace("one", NOON, MASKED, 0);
        Path two = trace("two", NOON, Map.of(Redaction.KEY_NOTE, "k2", "same", "yes", "own", "b"), 0);
        merge(one, two);
        try (TraceReader reader = TraceReader.open(output())) {
            assertThat(reader.header().source()).isEqualTo("merge of 2 traces from one");
            assertThat(reader.header().notes())
                    .isEqualTo(Map.of(
                            "same",
                            "yes",
                            Redaction.KEY_NOTE,
                            "k1 k2",
                            "mergedFrom",
                            "2",
                            "merged01",
                            "one, from 2026-01-01T12:00:00Z: test",
                            "merged02",
                            "two, from 2026-01-01T12:00:00Z: test"));
        }
    }

    @Test
    void whatWasMaskedStaysAsItIsAndWhatWasNotIsMaskedNow() throws Exception {
        Path masked = trace("masked", NOON, MASKED, 0);
        Path open = trace("open", NOON, Map.of(), 1);
        assertThat(merge(masked).redacted()).isFalse();
        assertThat(first().headers()).containsExactly(new Header("Cookie", "id=secret"));
        assertThat(merge(masked, open).redacted()).isTrue();
        assertThat(first().headers()).doesNotContain(new Header("Cookie", "id=secret"));
    }

    @Test
    void theDamageOfATraceIsToldAndItsWholeBlocksAreMerged() throws Exception {
        long[] many = new long[20_000];
        for (int i = 0; i < many.length; i++) many[i] = i;
        Path cut = trace("cut", NOON, MASKED, many);
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 10));
        MergeAccount account = merge(cut, trace("whole", NOON, MASKED, 0));
        assertThat(account.inputs().get(0).damage()).isNotEmpty();
        assertThat(account.inputs().get(0).requests()).isBetween(1L, 19_999L);
        assertThat(MergeText.of(account))
                .contains("  damaged: " + account.inputs().get(0).damage());
        assertThat(paths()).hasSize((int) account.imported());
    }

    @Test
    void whatTheRecordersDroppedIsAddedUp() throws Exception {
        Path one = trace("one", NOON, MASKED, 0);
        Path two = trace("two", NOON, MASKED, 0);
        for (Path path : List.of(one, two)) {
            try (TraceWriter writer = TraceWriter.append(path)) {
                writer.footer(new TraceFooter(Map.of("disk", 3L), false));
            }
        }
        merge(one, two);
        try (TraceReader reader = TraceReader.open(output())) {
            assertThat(reader.footer()).contains(new TraceFooter(Map.of("disk", 6L), true));
        }
    }

    @Test
    void emptyTracesMakeAnEmptyTrace() throws Exception {
        MergeAccount account = merge(trace("a", NOON, MASKED), trace("b", NOON, MASKED));
        assertThat(account.read()).isZero();
        assertThat(paths()).isEmpty();
    }

    @Test
    void aTraceOutOfOrderIsRefusedAndNothingIsWritten() throws Exception {
        Path wrong = trace("wrong", NOON, MASKED, 5, 3);
        assertThatThrownBy(() -> merge(trace("right", NOON, MASKED, 0), wrong))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        wrong + ": request 2 is 2 ns earlier than the one before it",
                        "  Requests of a trace stand in order of time. This file was not written by Tierdrill, or was"
                                + " changed.",
                        "1 problem; nothing was started."));
        assertThat(output()).doesNotExist();
        try (var left = Files.list(folder)) {
            assertThat(left).noneMatch(p -> p.toString().endsWith(".part"));
        }
    }

    private MergeAccount merge(Path... inputs) throws Exception {
        return TraceMerge.run(List.of(inputs), output(), RedactionConfig.defaults(), silently -> {});
    }

    private Path output() {
        return folder.resolve("all.trace");
    }

    private RequestRecord first() throws Exception {
        try (TraceReader reader = TraceReader.open(output())) {
            return reader.next();
        }
    }

    private List<String> paths() throws Exception {
        List<String> paths = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(output())) {
            reader.forEachRemaining(r -> paths.add(r.offsetNanos() + " " + r.path()));
            assertThat(reader.damage()).isEmpty();
        }
        return paths;
    }

    private Path trace(String name, Instant start, Map<String, String> notes, long... offsets) throws IOException {
        Path path = folder.resolve(name);
        try (TraceWriter writer = TraceWriter.create(path, new TraceHeader(start, "test", notes))) {
            for (long offset : offsets)
                writer.write(new RequestRecord(
                        offset,
                        "192.0.2.1",
                        "",
                        "",
                        "http",
                        "GET",
                        "a.example",
                        "/" + name + "/" + offset,
                        List.of(new Header("Cookie", "id=secret")),
                        Body.none(),
                        Optional.empty()));
        }
        return path;
    }
}

package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tierdrill.load.replay.ReplayConfig;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {
    private static final Duration LENGTH = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    /** Every so manieth request of the trace names no host. */
    private int hostless = Integer.MAX_VALUE;

    private LoadConfig config(String yaml) throws BadInputException {
        Problems problems = new Problems();
        LoadConfig config = LoadConfig.from(ConfigFile.parse("s.yaml", yaml, problems), folder);
        problems.throwIfAny();
        return config;
    }

    private Path trace(int requests) throws IOException {
        Path file = folder.resolve("t.avro");
        try (TraceWriter writer = TraceWriter.create(file, new TraceHeader(Instant.EPOCH, "test", Map.of()))) {
            for (int i = 0; i < requests; i++)
                writer.write(new RequestRecord(
                        i * 10_000_000L,
                        "c" + i % 20,
                        "",
                        "",
                        "http",
                        "GET",
                        (i + 1) % hostless == 0 ? "" : "shop.test",
                        "/" + i,
                        List.of(),
                        Body.none(),
                        Optional.empty()));
        }
        return file;
    }

    private static List<ScheduledRequest> all(LoadConfig config, long seed) throws IOException, BadInputException {
        List<ScheduledRequest> all = new ArrayList<>();
        try (Schedule schedule = Schedules.of(config, LENGTH, new Seeds(seed))) {
            schedule.forEachRemaining(all::add);
        }
        return all;
    }

    @Test
    void theSameSeedGivesTheSameScheduleToTheNanosecond() throws Exception {
        trace(100);
        for (String yaml : List.of(
                "pattern: {rate: 700/s, arrivals: bursty, paths: [{path: '/i/{item}'}]}",
                "{trace: t.avro, scale: 1.5, loop: true, rate: 400/s}")) {
            LoadConfig config = config(yaml);
            List<ScheduledRequest> first = all(config, 1);
            assertThat(all(config, 1)).isEqualTo(first);
            assertThat(all(config, 2)).isNotEqualTo(first);
            assertThat(first)
                    .extracting(ScheduledRequest::dueNanos)
                    .isSorted()
                    .last()
                    .satisfies(last -> assertThat((long) last).isLessThan(LENGTH.toNanos()));
        }
    }

    @Test
    void plansTheLengthAskedForOrThatOfAShorterTrace() throws Exception {
        trace(100);
        try (Schedule pattern = Schedules.of(config("pattern: {rate: 7}"), LENGTH, new Seeds(1));
                Schedule looped = Schedules.of(config("{trace: t.avro, loop: true}"), LENGTH, new Seeds(1));
                Schedule once = Schedules.of(config("trace: t.avro"), LENGTH, new Seeds(1))) {
            assertThat(pattern.plannedNanos()).isEqualTo(LENGTH.toNanos());
            assertThat(looped.plannedNanos()).isEqualTo(LENGTH.toNanos());
            assertThat(once.plannedNanos()).isEqualTo(1_000_000_000L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'pattern: {rate: 7}', 7",
        "'pattern: {curve: [{at: 0s, rate: 5}, {at: 1s, rate: 90}, {at: 2s, rate: 1}]}', 90",
        "'trace: t.avro', 101",
        "'{trace: t.avro, speed: 2, scale: 3, loop: true}', 606",
        "'{trace: t.avro, rate: 400/s, loop: true}', 400",
        "'{trace: t.avro, shape: {ramp: {from: 1, to: 30, over: 1s}}}', 30"
    })
    void knowsItsBusiestSecond(String yaml, double perSecond) throws Exception {
        trace(100);
        try (Schedule schedule = Schedules.of(config(yaml), LENGTH, new Seeds(1))) {
            assertThat(schedule.busiestPerSecond().orElseThrow()).isCloseTo(perSecond, withinPercentage(2));
        }
    }

    @Test
    void refusesATraceWithoutHostsAndSaysWhatToDo() throws Exception {
        hostless = 1;
        Path trace = trace(100);
        assertThatThrownBy(() -> all(config("trace: t.avro"), 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        trace + ": request 1 names no host, nor does any other",
                        "  Say which it is: '--host NAME', in a scenario 'rewrite: [{host: NAME}]'.",
                        "1 problem; nothing was started."));
        assertThat(all(config("{trace: t.avro, rewrite: [{host: a.test}]}"), 1)).hasSize(100);
        assertThat(all(config("{trace: t.avro, rewrite: [{when: {path: '/*'}, host: a.test}]}"), 1))
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rewrite: [{hosts: {'': a.test}}]",
                "rewrite: [{host: a.test}]",
                "rewrite: [{path: {prefix: /, with: /x}}, {when: {path: '/x*'}, host: a.test}]",
                "rewrite: [{host: a.test, headers: {set: {X-T: '${token}'}}}], login: {path: /in, take: {json: /t}}"
            })
    void takesATraceThatARuleGivesHosts(String rules) throws Exception {
        hostless = 10;
        trace(100);
        assertThat(all(config("{trace: t.avro, " + rules + "}"), 1)).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rewrite: [{hosts: {'b.test': a.test}}]",
                "rewrite: [{when: {path: /never}, host: a.test}]",
                "rewrite: [{path: {prefix: /, with: /x}}]"
            })
    void refusesATraceOfWhichSomeNameNoHostAndNoRuleGivesThemOne(String rules) throws Exception {
        hostless = 10;
        Path trace = trace(100);
        assertThatThrownBy(() -> all(config("{trace: t.avro, " + rules + "}"), 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        trace + ": request 10 names no host (10 of 100 do not)",
                        "  Say which it is, for these alone: 'rewrite: [{hosts: {\"\": NAME}}]' in a file for '--rules', or"
                                + " in a scenario.",
                        "1 problem; nothing was started."));
    }

    @Test
    void refusesAFileThatIsNoTrace() throws Exception {
        Path foreign = folder.resolve("access.log");
        Files.writeString(foreign, "127.0.0.1 - - [01/Jan/2026:00:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n");
        assertThatThrownBy(() -> all(LoadConfig.of(ReplayConfig.asRecorded(foreign)), 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(foreign + ": ");
    }
}

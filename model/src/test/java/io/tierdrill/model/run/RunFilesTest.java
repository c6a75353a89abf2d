package io.tierdrill.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Mode;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
    private static final Topology TOPOLOGY = new Topology(
            Mode.KERNEL_USERNS,
            List.of(new Topology.Node(
                    "l7",
                    TierKind.L7,
                    List.of(new Topology.Process(new InstanceId("l7", 2), 99, "127.0.4.1:80")),
                    false)),
            Map.of("stack.l7.pending", "quickstart.yaml:9", "stack.l4.connections", "quickstart.yaml:5"));

    @TempDir
    Path folder;

    record Perhaps(Optional<String> there, Optional<String> absent, Double unknown) {}

    @Test
    void writesATopologyInTheOrderOfItsFieldsAndItsEnumsAsWords() throws Exception {
        Path file = folder.resolve("topology.json");
        RunFiles.write(file, TOPOLOGY);

        assertThat(Files.readString(file)).isEqualToNormalizingNewlines("""
                {
                  "mode" : "kernel-userns",
                  "tiers" : [ {
                    "name" : "l7",
                    "kind" : "l7",
                    "instances" : [ {
                      "id" : "l7/2",
                      "pid" : 99,
                      "address" : "127.0.4.1:80"
                    } ],
                    "emulated" : false
                  } ],
                  "settings" : {
                    "stack.l4.connections" : "quickstart.yaml:5",
                    "stack.l7.pending" : "quickstart.yaml:9"
                  }
                }
                """);
        assertThat(RunFiles.read(file, Topology.class)).isEqualTo(TOPOLOGY);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatAKillCutIsTakenOutWhenTheNextLineIsAppended() throws Exception {
        Path file = folder.resolve("rows.jsonl");
        RunFiles.append(file, List.of("whole"));
        Files.writeString(file, Files.readString(file) + "[\"cu");

        RunFiles.append(file, List.of("next"));

        assertThat(RunFiles.readLines(file, List.class)).containsExactly(List.of("whole"), List.of("next"));
        Files.writeString(file, "[\"nothing but the beginning of a line");
        RunFiles.append(file, List.of("first"));
        assertThat(RunFiles.readLines(file, List.class)).containsExactly(List.of("first"));
    }

    @Test
    void writesTheKeysOfMapsInTheOrderOfTheAlphabet() {
        Map<String, Long> salted = Map.of("g", 7L, "c", 3L, "a", 1L, "f", 6L, "b", 2L, "e", 5L, "d", 4L, "h", 8L);

        assertThat(RunFiles.text(salted).replaceAll("[^a-z]", "")).isEqualTo("abcdefgh");
    }

    @Test
    void readsBackAnInjectionWithQuantilesThatWereTooFewToGive() throws Exception {
        Injection.Quantiles few = new Injection.Quantiles(12, 3.5, 2.0, 9.0, null, null, 11.0);
        Injection injection = new Injection(
                12,
                11,
                Map.of("timeout", 1L),
                10,
                9.5,
                1.01,
                1.2,
                few,
                few,
                few,
                Optional.of(few),
                "INVALID",
                List.of("late"),
                Optional.of(new Stopped(1.2, 9, Optional.of("p99>1ms"), Optional.of("p99 2 ms"))),
                "nio",
                new Injection.Generator(0.5, 0.1, 1L << 33, 2, 3, 4),
                Map.of(),
                Optional.empty(),
                Optional.empty());
        Path file = folder.resolve("injection.json");
        RunFiles.write(file, injection);

        assertThat(RunFiles.read(file, Injection.class)).isEqualTo(injection);
    }

    @Test
    void keepsWhatIsNotThereApartFromWhatIs() throws Exception {
        Perhaps value = new Perhaps(Optional.of("here"), Optional.empty(), null);
        Path file = folder.resolve("perhaps.json");
        RunFiles.write(file, value);

        assertThat(RunFiles.read(file, Perhaps.class)).isEqualTo(value);
        Files.writeString(file, "{}");
        assertThat(RunFiles.read(file, Perhaps.class)).isEqualTo(new Perhaps(Optional.empty(), Optional.empty(), null));
    }

    @Test
    void skipsFieldsOfALaterVersion() throws Exception {
        Path file = folder.resolve("perhaps.json");
        Files.writeString(file, "{\"there\": \"here\", \"novelty\": {\"a\": [1, 2]}}");

        assertThat(RunFiles.read(file, Perhaps.class).there()).contains("here");
    }

    @Test
    void tellsThatAFileIsMissing() {
        Path file = folder.resolve("topology.json");

        assertThatThrownBy(() -> RunFiles.read(file, Topology.class))
                .isInstanceOf(BadInputException.class)
                .hasMessage("""
                        %s: there is no such file
                          A run that was stopped before its end may lack it. Name the folder of a whole run.
                        1 problem; nothing was started.""".formatted(file));
    }

    @Test
    void tellsWhereAFileStopsBeingWhatItShould() throws Exception {
        Path file = folder.resolve("topology.json");
        Files.writeString(file, "{\n  \"mode\": \"teleport\"\n}");

        assertThatThrownBy(() -> RunFiles.read(file, Topology.class))
                .isInstanceOf(BadInputException.class)
                .hasMessage("""
                        %s:2:11: not the JSON of Topology: found "teleport" where a Mode belongs
                        1 problem; nothing was started.""".formatted(file));
    }

    @Test
    void refusesEmptyForeignAndNullFiles() throws Exception {
        Path file = folder.resolve("topology.json");
        for (String content : List.of("", "null", "Obj\u0001", "[1", "{\"mode\": \"engine\"}", "{\"tiers\": 7}")) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> RunFiles.read(file, Topology.class))
                    .as(content)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("not the JSON of Topology: ");
        }
    }

    @Test
    void writesAnEventALineAndReadsThemBack() throws Exception {
        Path file = folder.resolve("events.jsonl");
        RunEvent crash = new RunEvent(-5, "crash", "l7/2", "l7/2 ended with status 1\nand a \"line\" feed");
        RunEvent restart = new RunEvent(7, "restart", "l7/2", "again");
        try (EventLog log = EventLog.create(file)) {
            log.accept(crash);
            assertThat(EventLog.read(file)).containsExactly(crash);
            log.accept(restart);
        }

        assertThat(EventLog.read(file)).containsExactly(crash, restart);
        assertThat(Files.readAllLines(file).get(1))
                .isEqualTo("{\"atNanos\":7,\"kind\":\"restart\",\"subject\":\"l7/2\",\"message\":\"again\"}");
    }

    @Test
    void leavesOutAnEventThatAKillCut() throws Exception {
        Path file = folder.resolve("events.jsonl");
        try (EventLog log = EventLog.create(file)) {
            log.accept(new RunEvent(1, "start", "run", "first"));
            log.accept(new RunEvent(2, "stop", "run", "second"));
        }
        String text = Files.readString(file);
        int firstLine = text.indexOf('\n') + 1;
        for (int length = 0; length <= text.length(); length++) {
            Files.writeString(file, text.substring(0, length));
            assertThat(EventLog.read(file)).hasSize(length < firstLine ? 0 : length < text.length() ? 1 : 2);
        }
    }

    @Test
    void namesTheLineThatIsNoEvent() throws Exception {
        Path file = folder.resolve("events.jsonl");
        Files.writeString(file, "{\"atNanos\":1,\"kind\":\"a\",\"subject\":\"b\",\"message\":\"c\"}\nnull\n");

        assertThatThrownBy(() -> EventLog.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessage("""
                        %s:2: not the JSON of RunEvent: holds null
                        1 problem; nothing was started.""".formatted(file));
    }
}

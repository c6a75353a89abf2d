package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.analysis.score.Group;
import io.tierdrill.analysis.score.Half;
import io.tierdrill.analysis.score.Said;
import io.tierdrill.analysis.score.ScoredRun;
import io.tierdrill.analysis.score.Truth;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.scenarios.evaluate.EvaluationStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An evaluation that has been done is gone on with: nothing is left to run, and its score is shown. */
class EvaluateTest {
    private static final String NL = System.lineSeparator();

    @TempDir
    private Path folder;

    private Path matrix;
    private Path done;

    @BeforeEach
    void anEvaluationThatIsDone() throws IOException {
        Path base = Path.of("").toAbsolutePath().resolveSibling("scenarios/matrix/bases/flat.yaml");
        matrix = folder.resolve("m.yaml");
        Files.writeString(matrix, "name: m\nbases:\n  - {name: flat, scenario: " + base + ", holds: 400/s}\n" + """
                        cells:
                          - name: slots
                            half: report
                            base: flat
                            severities: [{name: hard, set: {stack.service.concurrency: 1}}]
                            seeds: [1, 2]
                            expect: [{tier: service, class: concurrency}]
                          - {name: calm, group: healthy, half: report, base: flat}
                        """);
        done = Files.createDirectory(folder.resolve("done"));
        Files.copy(matrix, done.resolve("matrix.yaml"));
    }

    private void ran(String cell, Group group, boolean bites, String... said) throws IOException {
        boolean planted = group == Group.PLANTED;
        RunFiles.append(
                done.resolve("evaluation.jsonl"),
                new ScoredRun(
                        cell,
                        "runs/001",
                        group,
                        Half.REPORT,
                        planted ? List.of(new Truth("service", List.of("concurrency"))) : List.of(),
                        bites,
                        bites ? "" : "held in spite of its plant: GO",
                        planted ? Status.NO_GO : Status.GO,
                        Optional.empty(),
                        said.length == 0
                                ? Optional.empty()
                                : Optional.of(new Said(said[0], said[1], Confidence.SUSPECTED)),
                        Map.of("max-cpu", "l7", "always-service", "service"),
                        340,
                        1,
                        30,
                        ""));
    }

    private Console resumed(Object... more) {
        Object[] args = new Object[5 + more.length];
        System.arraycopy(new Object[] {"evaluate", matrix, "--out", done, "--resume"}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        return Console.tierdrill(args);
    }

    @Test
    void showsTheScoreOfBothHalvesWithItsBounds() throws IOException {
        ran("slots/hard/none/1", Group.PLANTED, true, "service", "concurrency");
        ran("slots/hard/none/2", Group.PLANTED, false);
        ran("calm/calm/none/1", Group.HEALTHY, true);

        Console console = resumed();

        assertThat(console.status()).as(console.err()).isEqualTo(ExitStatus.GO);
        assertThat(console.out())
                .startsWith(NL + "MATRIX m  ·  3 of 3 runs in 2 min, 3 made again on a busy machine" + NL)
                .contains("  tier named                       1 of   1  100.0 %  (2.5 to 100.0)  target 95 %" + NL)
                .contains("  false alarms on healthy          0 of   1  at most 95.0 % with 95 % certainty")
                .contains("  instead: max-cpu                 0 of   1    0.0 %  (0.0 to 97.5)  tier" + NL)
                .contains("THE HALF FOR REPORTING")
                .doesNotContain("THE HALF FOR TUNING")
                .contains("not counted (1)" + NL + "  slots/hard/none/2: held in spite of its plant: GO" + NL);
        assertThat(done.resolve("evaluation.json")).exists();
    }

    @Test
    void endsWithOneWhereSomebodyWasBlamedInAHealthyRun() throws IOException {
        ran("slots/hard/none/1", Group.PLANTED, true, "service", "concurrency");
        ran("slots/hard/none/2", Group.PLANTED, true, "service", "concurrency");
        ran("calm/calm/none/1", Group.HEALTHY, true, "l7", "cpu");

        Console console = resumed();

        assertThat(console.status()).isEqualTo(ExitStatus.NO_GO);
        assertThat(console.out()).contains("  calm/calm/none/1: nothing is wrong; said l7 cpu, suspected" + NL);
    }

    @Test
    void runsOnlyTheGroupThatIsAskedFor() throws IOException {
        ran("calm/calm/none/1", Group.HEALTHY, true);

        Console console = resumed("--only", "healthy", "--json", "-");

        assertThat(console.out()).contains("\"planned\" : 1").contains("\"cell\" : \"calm/calm/none/1\"");
    }

    @Test
    void aLineTellsHowFarItIsAndForHowLong() {
        ScoredRun run = ScoredRun.missing(
                "calm/calm/none/1", Group.HEALTHY, Half.REPORT, List.of(), "could not be run: no room", 200, 3.2);

        assertThat(EvaluationText.line(new EvaluationStep(run, 7, 40, Duration.ofSeconds(550))))
                .isEqualTo("7 of 40  calm/calm/none/1: could not be run: no room (3 s); 9 min left");
        assertThat(EvaluationText.line(new EvaluationStep(run, 39, 40, Duration.ofSeconds(20))))
                .endsWith("; 20 s left");
    }

    @Test
    void saysWhatItCannotDo() {
        assertThat(Console.tierdrill("evaluate", matrix, "--resume").err())
                .startsWith("--resume: needs --out DIR, the folder to go on in." + NL);
        assertThat(Console.tierdrill("evaluate", matrix, "--only", "sick").err())
                .startsWith("--only: unknown group \"sick\". Known: planted, healthy, generator, double." + NL);
    }
}

package io.tierdrill.scenarios.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.analysis.score.ScoredRun;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Rehearsal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real evaluation of two cells, with real processes; some 50 s. */
class EvaluationTest {
    @TempDir
    Path folder;

    private Matrix matrix() throws Exception {
        Path file = folder.resolve("two.yaml");
        Files.writeString(
                file,
                "name: two\nwarmup: 1s\nbases:\n  - {name: flat, scenario: "
                        + Path.of("matrix/bases/flat.yaml").toAbsolutePath()
                        + ", holds: 400/s}\n"
                        + """
                        cells:
                          - name: service-concurrency
                            half: tune
                            base: flat
                            severities: [{name: hard, set: {stack.service.concurrency: 1, stack.service.delay: 20ms}}]
                            expect: [{tier: service, class: concurrency}]
                          - {name: calm, group: healthy, half: report, base: flat, loads: [0.7]}
                        """);
        return MatrixFile.read(file);
    }

    private EvaluationReport evaluate(Matrix matrix, boolean resume, List<ScoredRun> heard) throws Exception {
        return new Evaluation(
                        new EvaluationPlan(matrix, Optional.empty(), resume),
                        folder.resolve("out"),
                        NanoClock.system(),
                        Clock.systemUTC(),
                        Rehearsal.unwatched(),
                        heard::add)
                .run();
    }

    @Test
    void plantsProvesThatItBitesAndScoresWhatTheVerdictSaid() throws Exception {
        Matrix matrix = matrix();

        EvaluationReport report = evaluate(matrix, false, new ArrayList<>());
        // What others on the machine spoiled is not scored; going on makes it again.
        for (int more = 0; more < 2 && !report.notHere().isEmpty(); more++)
            report = evaluate(matrix, true, new ArrayList<>());

        assertThat(report.notHere()).isEmpty();
        ScoredRun planted = report.runs().stream()
                .filter(run -> run.cell().contains("service-concurrency"))
                .findFirst()
                .orElseThrow();
        assertThat(planted.bites()).as(planted.why()).isTrue();
        assertThat(report.tune().tierAndClass().hits()).as(planted.headline()).isEqualTo(1);
        assertThat(report.report().falseAlarms().hits()).isZero();
        assertThat(report.report().falseAlarms().total()).isEqualTo(1);
        assertThat(planted.naive()).containsKeys("max-cpu", "always-service", "random");
        assertThat(RunFiles.readLines(folder.resolve("out/evaluation.jsonl"), ScoredRun.class))
                .isEqualTo(report.runs());
        // The verdict was asked of this folder, and nothing in its scenario names the plant.
        String scenario =
                Files.readString(folder.resolve("out").resolve(planted.folder()).resolve("scenario.yaml"));
        assertThat(scenario).contains("name: evaluated").doesNotContain("service-concurrency", "hard");

        List<ScoredRun> again = new ArrayList<>();
        assertThat(evaluate(matrix, true, again)).isEqualTo(report);
        assertThat(again).as("what is done is not done again").isEmpty();
        Matrix other = new Matrix("other", matrix.warmup(), matrix.duration(), matrix.cells(), "name: other");
        assertThatThrownBy(() -> evaluate(other, true, again))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("was begun with another matrix");
    }
}

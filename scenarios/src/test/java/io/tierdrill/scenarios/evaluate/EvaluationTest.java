package io.tierdrill.scenarios.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.analysis.finding.Status;
import io.tierdrill.analysis.score.Group;
import io.tierdrill.analysis.score.Half;
import io.tierdrill.analysis.score.ScoredRun;
import io.tierdrill.analysis.score.Truth;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Rehearsal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    @TempDir
    Path folder;

    /** Two tiers, and a rate at which the samples for a p99 are there in five seconds. */
    private Matrix matrix() throws Exception {
        Files.writeString(folder.resolve("base.yaml"), """
                name: two
                load:
                  pattern: {rate: 800/s, arrivals: poisson, sessions: {clients: 100, requests: 20, thinkTime: 50ms}, paths: [{path: /}]}
                  timeout: 2s
                stack:
                  dns: {instances: 0}
                  l3: {instances: 0}
                  l4: {instances: 0}
                  l7: {instances: 1}
                  service: {instances: 1, delay: 10ms, concurrency: 128}
                slo: {p99: 250ms, errors: 0.001}
                """);
        return MatrixFile.read(Files.writeString(folder.resolve("two.yaml"), """
                name: two
                warmup: 1s
                duration: 1s
                bases: [{name: two, scenario: base.yaml, holds: 800/s}]
                cells:
                  - name: service-concurrency
                    half: tune
                    base: two
                    severities: [{name: hard, set: {stack.service.concurrency: 4}}]
                    expect: [{tier: service, class: concurrency}]
                  - {name: calm, group: healthy, half: report, base: two, loads: [0.9]}
                """));
    }

    private Path out() {
        return folder.resolve("out");
    }

    private EvaluationReport evaluate(Matrix matrix, boolean resume, List<EvaluationStep> heard) throws Exception {
        return new Evaluation(
                        new EvaluationPlan(matrix, Optional.empty(), resume),
                        out(),
                        NanoClock.system(),
                        Clock.systemUTC(),
                        Rehearsal.unwatched(),
                        heard::add)
                .run();
    }

    private Asking asking() {
        return new Asking(out().resolve("runs"), NanoClock.system(), Clock.systemUTC(), Rehearsal.unwatched());
    }

    /** With real processes; some 30 s. */
    @Test
    void plantsProvesThatItBitesAndScoresWhatTheVerdictSaid() throws Exception {
        Matrix matrix = matrix();
        List<EvaluationStep> heard = new ArrayList<>();

        EvaluationReport report = evaluate(matrix, false, heard);
        // What others on the machine spoiled says nothing; going on makes it again.
        for (int more = 0; more < 2 && spoiled(report); more++) report = evaluate(matrix, true, heard);

        assertThat(report.complete()).as(report.all().unbitten().toString()).isTrue();
        ScoredRun planted = report.runs().get(0);
        assertThat(planted.cell()).isEqualTo("service-concurrency/hard/none/1");
        assertThat(planted.bites()).as(planted.why()).isTrue();
        assertThat(report.tune().tierAndClass().hits()).as(planted.headline()).isEqualTo(1);
        assertThat(report.report().falseAlarms().hits()).isZero();
        assertThat(report.report().falseAlarms().total()).isEqualTo(1);
        assertThat(planted.naive()).containsKeys("max-cpu", "always-service", "random");
        assertThat(RunFiles.readLines(out().resolve("evaluation.jsonl"), ScoredRun.class))
                .containsAll(report.runs());
        assertThat(heard.get(heard.size() - 1))
                .extracting(EvaluationStep::done, EvaluationStep::planned)
                .containsExactly(2, 2);
        // The verdict was asked of this folder, and nothing in its scenario names the plant.
        String scenario = Files.readString(out().resolve(planted.folder()).resolve("scenario.yaml"));
        assertThat(scenario).contains("name: evaluated").doesNotContain("service-concurrency", "hard");

        goesOnWithoutDoingAnythingTwice(matrix, report);
    }

    /** Also forgets runs that were made and were INVALID, so that they are made again. */
    private boolean spoiled(EvaluationReport report) throws Exception {
        List<ScoredRun> valid = report.runs().stream()
                .filter(run -> run.status() != Status.INVALID)
                .toList();
        Path lines = out().resolve("evaluation.jsonl");
        Files.delete(lines);
        for (ScoredRun run : valid) RunFiles.append(lines, run);
        return valid.size() < report.planned();
    }

    private void goesOnWithoutDoingAnythingTwice(Matrix matrix, EvaluationReport report) throws Exception {
        List<EvaluationStep> again = new ArrayList<>();
        assertThat(evaluate(matrix, true, again)).isEqualTo(report);
        assertThat(again).as("what is done is not done again").isEmpty();

        Controls controls = new Controls(out(), matrix, asking(), what -> {
            throw new AssertionError("measured again: " + what);
        });
        controls.recall();
        Asked control = controls.of(matrix.cells().get(0)).orElseThrow().asked().orElseThrow();
        assertThat(control.folder()).startsWith("runs/control-");
        assertThat(control.holds()).as(control.outcome()).isTrue();

        Matrix other = new Matrix("other", matrix.warmup(), matrix.duration(), matrix.cells(), "name: other");
        assertThatThrownBy(() -> evaluate(other, true, again))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("was begun with another matrix");
    }

    @Test
    void aCellThatCannotBeRunIsARowAndNotTheEnd() throws Exception {
        Matrix whole = matrix();
        Change wrong = new Change(Map.of("stack.l7.pendin", "0"), List.of(), Optional.empty(), false);
        Base base = whole.cells().get(0).base();
        List<Truth> truths = List.of(new Truth("l7", List.of("queue")));
        Matrix matrix = new Matrix(
                "odd",
                whole.warmup(),
                whole.duration(),
                List.of(
                        new Cell(
                                "itself",
                                Group.HEALTHY,
                                Half.TUNE,
                                base,
                                "calm",
                                wrong,
                                "none",
                                Change.NONE,
                                0.5,
                                1,
                                List.of()),
                        new Cell(
                                "its-control",
                                Group.PLANTED,
                                Half.TUNE,
                                base,
                                "hard",
                                Change.NONE,
                                "odd",
                                wrong,
                                0.85,
                                1,
                                truths)),
                "name: odd");
        List<EvaluationStep> heard = new ArrayList<>();

        EvaluationReport report = evaluate(matrix, false, heard);

        assertThat(report.complete()).isFalse();
        assertThat(report.made()).isZero();
        assertThat(report.all().unbitten()).hasSize(2);
        assertThat(report.runs())
                .extracting(ScoredRun::why)
                .satisfiesExactly(
                        why -> assertThat(why)
                                .startsWith("could not be run: ")
                                .contains("stack.l7.pendin: unknown setting"),
                        why -> assertThat(why)
                                .startsWith("its control could not be run: ")
                                .contains("stack.l7.pendin: unknown setting"));
        assertThat(heard).as("each is tried once more at the end").hasSize(4);
        assertThat(RunFiles.readLines(out().resolve("evaluation.jsonl"), ScoredRun.class))
                .hasSize(4);
        assertThat(evaluate(matrix, true, heard).runs()).hasSize(2);
        assertThat(heard).as("and again by who goes on").hasSize(8);
    }
}

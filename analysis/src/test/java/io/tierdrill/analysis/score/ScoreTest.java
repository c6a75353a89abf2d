package io.tierdrill.analysis.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.model.run.RunFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {
    private static final List<Truth> SERVICE_CPU = List.of(new Truth("service", List.of("cpu", "slow-instance")));

    private static ScoredRun run(Group group, List<Truth> truths, Optional<String> culprit, String... said) {
        return new ScoredRun(
                "a-cell/hard/none/1",
                "runs/001",
                group,
                Half.REPORT,
                truths,
                true,
                "",
                culprit.isPresent() ? Status.INVALID : Status.NO_GO,
                culprit,
                said.length == 0 ? Optional.empty() : Optional.of(new Said(said[0], said[1], Confidence.TWO_SIGNALS)),
                Map.of("max-cpu", "service", "always-service", "service", "random", "l4"),
                425,
                0,
                17.5,
                "");
    }

    private static ScoredRun planted(String... said) {
        return run(Group.PLANTED, SERVICE_CPU, Optional.empty(), said);
    }

    private static ScoredRun unbitten() {
        ScoredRun r = planted();
        return new ScoredRun(
                "b-cell/mild/none/2",
                r.folder(),
                r.group(),
                r.half(),
                r.truths(),
                false,
                "held in spite of its plant",
                Status.GO,
                r.culprit(),
                r.said(),
                r.naive(),
                425,
                0,
                17.5,
                "");
    }

    @Test
    void countsTierAndClassAndTakesAbstentionsForWrong() {
        Score score = Score.of(List.of(
                planted("service", "cpu"),
                planted("service", "slow-instance"),
                planted("service", "concurrency"),
                planted("l7", "cpu"),
                planted()));

        assertThat(score.tier().hits()).isEqualTo(3);
        assertThat(score.tier().total()).isEqualTo(5);
        assertThat(score.tier().low()).isCloseTo(0.1466, within(0.0001));
        assertThat(score.tierAndClass().hits()).isEqualTo(2);
        assertThat(score.abstained().hits()).isEqualTo(1);
        assertThat(score.wrong())
                .containsExactly(
                        "a-cell/hard/none/1: service cpu; said service concurrency, two independent signals",
                        "a-cell/hard/none/1: service cpu; said l7 cpu, two independent signals",
                        "a-cell/hard/none/1: service cpu; said nobody, NO-GO");
    }

    @Test
    void listsWhatDidNotBiteAndCountsItNowhere() {
        Score score = Score.of(List.of(planted("service", "cpu"), unbitten()));

        assertThat(score.runs()).isEqualTo(2);
        assertThat(score.tier().total()).isEqualTo(1);
        assertThat(score.abstained().hits()).isZero();
        assertThat(score.unbitten()).containsExactly("b-cell/mild/none/2: held in spite of its plant");
        assertThat(score.wrong()).isEmpty();
    }

    @Test
    void whatCouldNotBeRunIsListedAndCountedNowhere() {
        ScoredRun missing = ScoredRun.missing(
                "c-cell/calm/none/1", Group.HEALTHY, Half.REPORT, List.of(), "could not be run: no room", 200, 3);

        Score score = Score.of(List.of(planted("service", "cpu"), missing));

        assertThat(missing.wasMade()).isFalse();
        assertThat(planted().wasMade()).isTrue();
        assertThat(score.falseAlarms().total()).isZero();
        assertThat(score.healthyInvalid()).isZero();
        assertThat(score.unbitten()).containsExactly("c-cell/calm/none/1: could not be run: no room");
        assertThat(score.wrong()).isEmpty();
    }

    @Test
    void aHealthyRunIsAFalseAlarmOnlyWhereSomebodyIsNamed() {
        Score score = Score.of(List.of(
                run(Group.HEALTHY, List.of(), Optional.empty()),
                run(Group.HEALTHY, List.of(), Optional.of("machine")),
                run(Group.HEALTHY, List.of(), Optional.empty(), "l7", "cpu")));

        assertThat(score.falseAlarms().hits()).isEqualTo(1);
        assertThat(score.falseAlarms().total()).isEqualTo(3);
        assertThat(score.healthyInvalid()).isEqualTo(1);
        assertThat(score.wrong())
                .containsExactly("a-cell/hard/none/1: nothing is wrong; said l7 cpu, two independent signals");
    }

    @Test
    void theGeneratorMayBeNamedOrTheRunLeftOpenButNoTierBlamed() {
        Score score = Score.of(List.of(
                run(Group.GENERATOR, List.of(), Optional.of("injector")),
                run(Group.GENERATOR, List.of(), Optional.empty()),
                run(Group.GENERATOR, List.of(), Optional.empty(), "service", "latency")));

        assertThat(score.generatorBlamedOnStack().hits()).isEqualTo(1);
        assertThat(score.generatorNamed().hits()).isEqualTo(1);
    }

    @Test
    void ofTwoPlantsEitherIsRight() {
        List<Truth> two = List.of(new Truth("l7", List.of("cpu")), new Truth("service", List.of("pool")));

        Score score = Score.of(List.of(
                run(Group.DOUBLE, two, Optional.empty(), "service", "pool"),
                run(Group.DOUBLE, two, Optional.empty(), "l7", "cpu"),
                run(Group.DOUBLE, two, Optional.empty(), "l4", "cpu")));

        assertThat(score.doubles().hits()).isEqualTo(2);
        assertThat(score.tier().total()).isZero();
    }

    @Test
    void saysWhatWasSaidForWhat() {
        List<Truth> table = List.of(new Truth("l4", List.of("table")));
        Score score = Score.of(List.of(
                planted("service", "cpu"),
                planted("l7", "pool"),
                planted(),
                run(Group.PLANTED, table, Optional.empty(), "l4", "table")));

        assertThat(score.tiers().answers()).containsExactly("l4", "l7", "service", "nobody");
        assertThat(score.tiers().count("service", "service")).isEqualTo(1);
        assertThat(score.tiers().count("service", "l7")).isEqualTo(1);
        assertThat(score.tiers().count("service", "nobody")).isEqualTo(1);
        assertThat(score.tiers().count("l4", "l4")).isEqualTo(1);
        assertThat(score.tiers().count("l4", "service")).isZero();
        assertThat(score.classes().count("cpu", "pool")).isEqualTo(1);
    }

    @Test
    void standsBesideWhatANaiveRuleWouldHaveSaid() {
        Score score = Score.of(List.of(planted("l7", "cpu"), planted("service", "cpu")));

        assertThat(score.naive().get("max-cpu").hits()).isEqualTo(2);
        assertThat(score.naive().get("random").hits()).isZero();
        assertThat(score.naive().keySet())
                .containsExactly(
                        "max-cpu", "max-inclusive-latency", "max-self-time-growth", "always-service", "random");
    }

    @Test
    void refusesAPlantWithoutATruthAndATruthWithoutAPlant() {
        assertThatThrownBy(() -> run(Group.PLANTED, List.of(), Optional.empty()))
                .hasMessage("a planted run has a truth, and none was given");
        assertThatThrownBy(() -> run(Group.HEALTHY, SERVICE_CPU, Optional.empty()))
                .hasMessageStartingWith("a healthy run has no truth, and got [Truth[tier=service");
    }

    @Test
    void aRunIsALineThatReadsBack(@TempDir Path folder) throws Exception {
        List<ScoredRun> runs = new ArrayList<>(List.of(planted("service", "cpu"), unbitten()));
        Path lines = folder.resolve("evaluation.jsonl");
        for (ScoredRun run : runs) RunFiles.append(lines, run);

        assertThat(Files.readAllLines(lines)).hasSize(2);
        assertThat(RunFiles.readLines(lines, ScoredRun.class)).isEqualTo(runs);
    }
}

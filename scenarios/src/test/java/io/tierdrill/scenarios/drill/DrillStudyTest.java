package io.tierdrill.scenarios.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.model.run.EventLog;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Overrides;
import io.tierdrill.scenarios.Rehearsal;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.ScenarioFile;
import io.tierdrill.scenarios.drill.DrillReport.Ejection;
import io.tierdrill.scenarios.drill.DrillReport.Result;
import io.tierdrill.targets.DrillAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes. */
@Timeout(180)
class DrillStudyTest {
    private static final int RATE = 100;
    /** The service's own time, so that some are under way in it at any time. */
    private static final double DELAY_SECONDS = 0.02;

    @TempDir
    Path folder;

    @Test
    void losesOnlyWhatWasUnderWayAndWhatCameUntilTheServiceWasTakenOut() throws Exception {
        Scenario scenario = ScenarioFile.read(Files.writeString(folder.resolve("s.yaml"), """
                        name: three
                        load: {pattern: {rate: 100, paths: [{path: /}]}, timeout: 2s}
                        stack:
                          dns: {instances: 0}
                          l3: {instances: 0}
                          l4: {instances: 0}
                          l7: {instances: 1, healthCheck: {interval: 500ms, timeout: 500ms, fall: 2, rise: 1}}
                          service: {instances: 3, delay: 20ms}
                        slo: {p99: 1s, errors: 0.001}
                        """), Overrides.none());
        DrillPlan plan = new DrillPlan(Optional.empty(), 1, List.of(DrillAction.KILL), List.of("service/2"), true);
        List<Result> heard = new ArrayList<>();

        DrillReport report;
        try (DrillStudy study = new DrillStudy(
                plan,
                folder.resolve("study"),
                NanoClock.system(),
                Clock.systemUTC(),
                Rehearsal.unwatched(),
                heard::add)) {
            report = study.run(scenario);
        }

        assertThat(report.complete()).isTrue();
        assertThat(report.perSecond()).isEqualTo(RATE);
        assertThat(report.drills()).isEqualTo(heard).hasSize(1);
        Result kill = report.drills().get(0);
        RunFolder run = new RunFolder(Path.of(kill.run()));
        assertThat(EventLog.read(run.events()))
                .filteredOn(e -> e.subject().equals("service/2"))
                .extracting(RunEvent::kind)
                .containsExactly("drill", "restart");
        assertThat(report.singlePoints()).isEmpty();
        assertThat(kill.ejections()).as("the L7 says that it took it out").hasSize(1);
        Ejection ejection = kill.ejections().get(0);
        assertThat(ejection.by()).isEqualTo("l7/1");
        // Two failed checks half a second apart, and told once a second; more where the machine is busy.
        assertThat(ejection.seconds()).isBetween(0.3, 5.0);
        // A third of them goes there until then.
        assertThat(kill.failed())
                .isLessThanOrEqualTo(Math.round(RATE / 3.0 * (ejection.seconds() + 3 * DELAY_SECONDS)) + 3);
        assertThat(kill.answered().orElseThrow()).isGreaterThan(0.99);
        Verdict verdict = RunFiles.read(run.verdict(), Verdict.class);
        assertThat(verdict.bottleneck().map(b -> b.kind())).isNotEqualTo(Optional.of("crash"));
    }
}

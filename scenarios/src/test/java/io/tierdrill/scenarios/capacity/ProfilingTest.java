package io.tierdrill.scenarios.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.analysis.Analysis;
import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.finding.ProfileLink;
import io.tierdrill.analysis.finding.Profiles;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.scenarios.Overrides;
import io.tierdrill.scenarios.Rehearsal;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.ScenarioFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProfilingTest {
    @TempDir
    Path folder;

    /** A real process. */
    @Test
    @Timeout(180)
    void profilesTheStandingStackAtLowLoadAndAtItsLimitAndTellsWhatThatCost() throws Exception {
        Scenario scenario = ScenarioFile.read(Files.writeString(folder.resolve("s.yaml"), """
                        name: one
                        load: {pattern: {rate: 100, paths: [{path: /}]}, timeout: 2s}
                        stack:
                          dns: {instances: 0}
                          l3: {instances: 0}
                          l4: {instances: 0}
                          l7: {instances: 0}
                          service: {instances: 1, cpuPerRequest: 1ms}
                        slo: {p99: 1s, errors: 0.001}
                        """), Overrides.none());
        Path study = Files.createDirectories(folder.resolve("study"));
        Profiling.Seen seen;
        try (Sender sender = new Sender(
                scenario, study.resolve("search"), NanoClock.system(), Clock.systemUTC(), Rehearsal.unwatched())) {
            seen = new Profiling(sender, study, Duration.ofMillis(600), Rehearsal.unwatched())
                    .run(200)
                    .orElseThrow();
        }

        assertThat(seen.links()).hasSize(1);
        ProfileLink service = seen.links().get(0);
        assertThat(service.of()).isEqualTo("service/1");
        assertThat(service.page()).as(service.sentence()).contains("profiles/service-1/difference.html");
        Path profiles = study.resolve("profiles/service-1");
        for (String file : new String[] {"baseline", "saturation"}) {
            assertThat(profiles.resolve(file + ".jfr")).isRegularFile();
            assertThat(profiles.resolve(file + ".html")).isRegularFile();
        }
        assertThat(profiles.resolve("saturation.folded.txt")).content().contains("io.tierdrill.targets.service.");
        assertThat(seen.cost().ratio()).isPresent();
        assertThat(seen.runs()).hasSize(2);

        Profiling.link(seen.runs().get(1), seen.links(), study, true);
        RunFolder run = seen.runs().get(1).folder();
        Verdict verdict = Analysis.of(run);
        assertThat(verdict.validity().remarks()).startsWith(Profiles.COST);
        assertThat(RunFiles.read(run.verdict(), Verdict.class)).isEqualTo(verdict);
        Path page = run.path().resolve(verdict.profiles().get(0).page().orElseThrow());
        assertThat(page.normalize()).isEqualTo(profiles.resolve("difference.html"));
    }

    @Test
    void tellsTheCostBesideWhatTwoRunsWithoutItDifferBy() {
        ProfilingCost cost = ProfilingCost.of(Optional.of(4_000.0), Optional.of(4_305.0), Optional.of(4_200.0));

        assertThat(cost.ratio().orElseThrow()).isCloseTo(1.05, within(1e-9));
        assertThat(cost.sentence())
                .isEqualTo("+5.0 % processor time of the tiers at low load (4.31 instead of 4.10 ms a good answer; two"
                        + " runs without differ by 4.9 %)");
    }

    @Test
    void saysWhenTheCostIsTooLittleToBeToldFromChance() {
        ProfilingCost cost = ProfilingCost.of(Optional.of(3_000.0), Optional.of(2_950.0), Optional.of(3_200.0));

        assertThat(cost.sentence())
                .isEqualTo("−4.8 % processor time of the tiers at low load (2.95 instead of 3.10 ms a good answer; two"
                        + " runs without differ by 6.5 %): too little to be told from chance");
    }

    @Test
    void saysThatTheCostIsNotKnownWhereATierTellsNoTime() {
        assertThat(ProfilingCost.of(Optional.of(1.0), Optional.empty(), Optional.of(1.0))
                        .sentence())
                .isEqualTo("not known: not every tier told its processor time");
    }
}

package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.analysis.finding.ProfileLink;
import io.tierdrill.analysis.finding.Profiles;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisTest {
    @TempDir
    Path folder;

    @Test
    void givesTheSameBytesForTheSameFolder() throws IOException, BadInputException {
        RunFolder run = HtmlReportTest.badNight().write(folder.resolve("run"));

        String verdict = RunFiles.text(Analysis.of(run));
        HtmlReport.write(run, Analysis.of(run));
        String report = Files.readString(run.report());
        JunitReport.write(run, Analysis.of(run));
        String junit = Files.readString(run.junit());

        assertThat(RunFiles.text(Analysis.of(run))).isEqualTo(verdict);
        HtmlReport.write(run, Analysis.of(run));
        JunitReport.write(run, Analysis.of(run));
        assertThat(Files.readString(run.report())).isEqualTo(report);
        assertThat(Files.readString(run.junit())).isEqualTo(junit);
    }

    @Test
    void findsInTheFolderWhatItFoundInMemory() throws IOException, BadInputException {
        SyntheticRun run = HtmlReportTest.badNight();

        assertThat(Analysis.of(run.write(folder.resolve("run")))).isEqualTo(run.verdict());
    }

    @Test
    void holdsInItsFileWhatMachinesAskFor() throws IOException, BadInputException {
        Path file = folder.resolve("verdict.json");
        Verdict verdict = HtmlReportTest.badNight().verdict();
        RunFiles.write(file, verdict);

        assertThat(Files.readString(file))
                .contains("\"status\" : \"NO-GO\"")
                .contains("\"tier\" : \"service\"")
                .contains("\"confidence\" : \"two independent signals\"")
                .contains("\"neededPerSecond\" : 300.0")
                .contains("\"mode\" : \"embedded\"")
                .contains("\"seed\" : 7")
                .contains("\"firstScreen\" : [");
        assertThat(RunFiles.read(file, Verdict.class)).isEqualTo(verdict);
    }

    @Test
    void readsAVerdictOfAnEarlierVersionThatKnewOfNoExperiment() throws IOException, BadInputException {
        Path file = folder.resolve("verdict.json");
        Verdict verdict = HtmlReportTest.badNight().verdict();
        Files.writeString(
                file,
                RunFiles.text(verdict)
                        .replaceAll("(?m)^  \"(proof|capacitySearch|since)\" : null,\n", "")
                        .replace("  \"profiles\" : [ ],\n", ""));

        assertThat(Files.readString(file)).doesNotContain("capacitySearch", "profiles");
        assertThat(RunFiles.read(file, Verdict.class)).isEqualTo(verdict);
    }

    @Test
    void readsTheExperimentTheSearchAndTheEarlierRunFromTheFolder() throws IOException, BadInputException {
        RunFolder run = FirstScreenTest.overloaded().write(folder.resolve("run"));
        RunFiles.write(run.proof(), FirstScreenTest.EXPERIMENT);
        RunFiles.write(run.capacity(), FirstScreenTest.SEARCH);
        RunFiles.write(run.since(), FirstScreenTest.EARLIER);

        assertThat(Analysis.of(run))
                .isEqualTo(FirstScreenTest.overloaded()
                        .verdict()
                        .proved(FirstScreenTest.EXPERIMENT)
                        .searched(FirstScreenTest.SEARCH)
                        .since(FirstScreenTest.EARLIER));
    }

    @Test
    void linksTheFlameGraphsOfTheSuspectedTierFirst() throws IOException, BadInputException {
        RunFolder run = FirstScreenTest.overloaded().write(folder.resolve("run"));
        RunFiles.write(run.profileList(), new Profiles(FirstScreenTest.FLAMES, false));

        Verdict verdict = Analysis.of(run);

        assertThat(verdict.bottleneck().orElseThrow().tier()).isEqualTo("service");
        assertThat(verdict.profiles())
                .extracting(ProfileLink::of)
                .containsExactly("service", "service/2", "service/1", "l7");
        assertThat(verdict.validity())
                .isEqualTo(FirstScreenTest.overloaded().verdict().validity());
        assertThat(Files.readString(run.profileList())).startsWith("{\n  \"links\" : [ {\n    \"of\" : \"l7\",");
    }

    @Test
    void linksThoseOfTheNearestLimitFirstWhereNothingIsSuspected() {
        Verdict healthy = FirstScreenTest.healthy().verdict();

        assertThat(healthy.bottleneck()).isEmpty();
        assertThat(healthy.next().orElseThrow().tier()).isEqualTo("service");
        assertThat(healthy.profiled(new Profiles(FirstScreenTest.FLAMES, false)).profiles())
                .extracting(ProfileLink::of)
                .containsExactly("service", "service/2", "service/1", "l7");
    }

    @Test
    void saysThatTheFiguresOfAProfiledRunContainWhatThatCost() throws IOException, BadInputException {
        RunFolder run = FirstScreenTest.healthy().write(folder.resolve("run"));
        RunFiles.write(run.profileList(), new Profiles(FirstScreenTest.FLAMES, true));

        assertThat(FirstScreen.text(Analysis.of(run)))
                .contains("profiled meanwhile: the figures contain what that cost")
                .endsWith("PROFILE        service: profiles/service/difference.html");
    }

    @Test
    void writesNullWhereNothingIsBlamed() {
        assertThat(RunFiles.text(FirstScreenTest.healthy().verdict())).contains("\"bottleneck\" : null");
    }

    @Test
    void saysWhichFileOfAFolderIsMissing() throws IOException {
        RunFolder run = FirstScreenTest.healthy().write(folder.resolve("run"));
        Files.delete(run.topology());

        assertThatThrownBy(() -> Analysis.of(run))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(run.topology() + ": there is no such file");
    }

    @Test
    void refusesAFolderThatHoldsNoRun() {
        assertThatThrownBy(() -> Analysis.of(new RunFolder(folder)))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(folder.resolve("scenario.yaml") + ": there is no such file");
    }
}

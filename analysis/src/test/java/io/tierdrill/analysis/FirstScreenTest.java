package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.SyntheticRun.Sketch;
import io.tierdrill.analysis.finding.CapacityFound;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.ProfileLink;
import io.tierdrill.analysis.finding.Profiles;
import io.tierdrill.analysis.finding.Proof;
import io.tierdrill.analysis.finding.Since;
import io.tierdrill.analysis.page.PageTemplate;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.sample.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One stored screen a variant: whoever changes a word changes it here too, and sees the whole. */
class FirstScreenTest {

    @Test
    void showsTheMarginOfAStackWithRoom() throws IOException {
        assertThat(FirstScreen.text(healthy().verdict())).isEqualTo(golden("go"));
    }

    @Test
    void showsWhatBreaksFirstAndWhatToDo() throws IOException {
        assertThat(FirstScreen.text(overloaded().verdict())).isEqualTo(golden("no-go"));
    }

    @Test
    void showsThatTheInjectorWasTheLimitAndNothingElse() throws IOException {
        Verdict verdict = healthy()
                .requests((s, chance) -> Sketch.calm(chance).late(40 * chance.nextDouble()))
                .injectorInvalid("lateness p99 39.6 ms is above 1 ms")
                .verdict();

        assertThat(FirstScreen.text(verdict)).isEqualTo(golden("invalid"));
    }

    @Test
    void showsHowLongToRunWhenThereWereTooFewRequests() throws IOException {
        assertThat(FirstScreen.text(healthy().rate(100, 10).verdict())).isEqualTo(golden("inconclusive"));
    }

    @Test
    void saysThatNothingWasFoundRatherThanGuess() throws IOException {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> chance.nextDouble() < 0.1
                        ? Sketch.calm(chance).fails(io.tierdrill.model.sample.Outcome.TIMEOUT)
                        : Sketch.calm(chance))
                .verdict();

        assertThat(FirstScreen.text(verdict)).isEqualTo(golden("not-found"));
    }

    @Test
    void showsTheExperimentTheSearchAndTheEarlierRun() throws IOException {
        Verdict verdict =
                overloaded().verdict().proved(EXPERIMENT).searched(SEARCH).since(EARLIER);

        assertThat(FirstScreen.text(verdict)).isEqualTo(golden("searched"));
        assertThat(verdict.bottleneck().orElseThrow().confidence()).isEqualTo(Confidence.CONFIRMED);
    }

    @Test
    void isTheSameTextInEveryReportAndNeverMoreThanEightLinesAndOneForAProfile() {
        SyntheticRun run = overloaded();
        Verdict verdict =
                run.verdict().proved(EXPERIMENT).searched(SEARCH).since(EARLIER).profiled(new Profiles(FLAMES, false));
        String screen = FirstScreen.text(verdict);
        String html = PageTemplate.render(HtmlReport.page(run.data(), verdict, List.of()));

        assertThat(screen.lines())
                .hasSize(9)
                .last()
                .isEqualTo("PROFILE        service: profiles/service/difference.html");
        assertThat(verdict.firstScreen()).isEqualTo(screen.lines().toList());
        assertThat(RunFiles.text(verdict)).contains(screen.lines().toList());
        assertThat(JunitReport.text(verdict)).contains("<system-out>" + screen + "</system-out>");
        assertThat(html).contains(verdict.headline().split(Headline.SEPARATOR));
        for (FirstScreen.Line line : FirstScreen.lines(verdict).subList(1, 9))
            assertThat(html).contains("<dt>" + line.label() + "</dt><dd>" + line.text() + "</dd>");
    }

    @Test
    void showsNoMoreThanThreePiecesOfEvidence() {
        Verdict verdict = SyntheticRun.tree(1, 1)
                .requests(
                        (s, chance) -> Sketch.calm(chance).l7Queue(20 + 150 * s).serviceQueue(15))
                .cpu("service", 0.9, 0.3)
                .flow("l7", 300, 1.5, 1.4, 0.095)
                .flow("service", 300, 0.09, 0.02, 0)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 12)
                .limit("l7", "connectionsPerUpstream", ResourceKind.POOL, 16, 16, 70)
                .queued("service", 12)
                .verdict();
        List<String> evidence = verdict.bottleneck().orElseThrow().evidence();

        assertThat(evidence).hasSizeGreaterThan(3);
        assertThat(FirstScreen.text(verdict))
                .contains("WHY            " + evidence.get(0) + "; " + evidence.get(1) + "; "
                        + evidence.get(evidence.size() - 1) + "  (");
    }

    @Test
    void isNotMoreCertainAfterAnExperimentThatConfirmedNothing() {
        Proof failed = new Proof("stack.service.concurrency", 0.25, 0.01, "", 0, false, "it moved by 1 %");
        Verdict verdict = overloaded().verdict().proved(failed);

        assertThat(FirstScreen.text(verdict)).contains("NOT PROVED     it moved by 1 %");
        assertThat(verdict.bottleneck().orElseThrow().confidence()).isEqualTo(Confidence.TWO_SIGNALS);
    }

    static final Proof EXPERIMENT = new Proof(
            "stack.service.concurrency",
            0.25,
            0.21,
            "stack.l7.connectionsPerUpstream",
            0.01,
            true,
            "concurrency 4→5 moved the capacity +21 %; connectionsPerUpstream 16→20 moved it +1 %");
    static final CapacityFound SEARCH =
            new CapacityFound(264, 259, 270, 281, Optional.of(300.0), Optional.of("recovers in 4 s after load drops"));
    static final Since EARLIER = new Since("12 Dec", "capacity −6 % (paired, FAIL)");

    static final List<ProfileLink> FLAMES = List.of(
            new ProfileLink("l7", Optional.of("profiles/l7/difference.html"), "310 → 402 µs an answer"),
            new ProfileLink("service", Optional.of("profiles/service/difference.html"), "95 → 97 µs an answer"),
            new ProfileLink("service/1", Optional.empty(), "no profile: <process> 7 & gone"),
            new ProfileLink("service/2", Optional.of("profiles/service-2/difference.html"), "95 → 97 µs an answer"));

    static SyntheticRun healthy() {
        return SyntheticRun.tree(2, 2)
                .flow("l7", 300, 0.02, 0, 0.018)
                .flow("service", 300, 0.017, 0, 0)
                .cpu("service", 0.38, 0.01)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 64, 6, 0);
    }

    static SyntheticRun overloaded() {
        return SyntheticRun.tree(2, 2)
                .requests(
                        (s, chance) -> Sketch.calm(chance).l7Queue(20 + 150 * s).serviceQueue(15))
                .flow("l7", 270, 1.5, 1.4, 0.095)
                .flow("service", 270, 0.09, 0.02, 0)
                .cpu("service", 0.38, 0.01)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 12)
                .limit("l7", "connectionsPerUpstream", ResourceKind.POOL, 16, 16, 70);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = FirstScreenTest.class.getResourceAsStream("first-screen-" + name + ".txt")) {
            if (in == null) return "there is no first-screen-" + name + ".txt";
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }
}

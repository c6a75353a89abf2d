package io.tierdrill.scenarios.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.analysis.finding.ProfileLink;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.profiler.recording.Taken;
import io.tierdrill.profiler.stacks.FoldedStacks;
import io.tierdrill.profiler.stacks.Profile;
import io.tierdrill.profiler.stacks.Sampling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilePagesTest {
    @TempDir
    Path run;

    private ProfilePages pages;

    @BeforeEach
    void open() {
        pages = new ProfilePages(run, run.resolve("profiles"));
    }

    private static Taken taken(String id, String stacks, long answers) {
        FoldedStacks folded = FoldedStacks.parse(stacks);
        Profile profile =
                new Profile("load", folded, Sampling.CPU_TIME, answers, Optional.of(folded.total() / 200.0), 0);
        return new Taken(InstanceId.parse(id), Optional.of(profile), Optional.empty());
    }

    private static Taken none(String id, String why) {
        return new Taken(InstanceId.parse(id), Optional.empty(), Optional.of(why));
    }

    @Test
    void addsTheProcessesOfATierUpAndComparesThemToo() {
        List<Taken> low = List.of(
                taken("l7/1", "run;a.B.read 100", 100),
                taken("service/1", "x.Y.z 10", 100),
                taken("service/2", "x.Y.z 10", 100));
        List<Taken> high = List.of(
                taken("l7/1", "run;a.B.read 200", 100),
                taken("service/1", "x.Y.z 200", 100),
                taken("service/2", "x.Y.z 100", 100));

        assertThatCode(() -> assertThat(pages.compare(low, "baseline", high, "saturation"))
                        .containsExactly(
                                link("l7/1", "l7-1", "5,000 → 10,000", "+100 %", "B.read +5,000 µs"),
                                link("service", "service", "1,000 → 15,000", "+1,400 %", "Y.z +14,000 µs"),
                                link("service/1", "service-1", "500 → 10,000", "+1,900 %", "Y.z +9,500 µs"),
                                link("service/2", "service-2", "500 → 5,000", "+900 %", "Y.z +4,500 µs")))
                .doesNotThrowAnyException();
        assertThat(run.resolve("profiles/service/baseline.folded.txt")).hasContent("x.Y.z 20");
        assertThat(run.resolve("profiles/service-2/saturation.folded.txt")).hasContent("x.Y.z 100");
        assertThat(run.resolve("profiles/l7-1/difference.html")).content().contains("<h1>l7/1: load beside load</h1>");
        assertThat(run.resolve("profiles/l7-1/baseline.html")).isRegularFile();
        assertThat(run.resolve("profiles/l7-1/saturation.html")).isRegularFile();
    }

    private static ProfileLink link(String of, String folder, String costs, String change, String most) {
        return new ProfileLink(
                of,
                Optional.of("profiles/" + folder + "/difference.html"),
                costs + " µs of processor time an answer (" + change + "); grew most: " + most);
    }

    @Test
    void saysWhyThereIsNothingToSeeOrToCompare() throws Exception {
        List<Taken> low = List.of(
                taken("service/1", "x.Y.z 10", 100), none("service/2", "process 7 is gone"), none("service/3", "gone"));
        List<Taken> high = List.of(
                taken("service/1", "x.Y.z 10", 100), taken("service/2", "x.Y.z 9", 100), none("service/3", "gone too"));

        assertThat(pages.compare(low, "baseline", high, "saturation"))
                .containsExactly(
                        new ProfileLink("service", Optional.empty(), "no profile: service/3 is missing: gone too"),
                        new ProfileLink(
                                "service/1",
                                Optional.of("profiles/service-1/difference.html"),
                                "500 → 500 µs of processor time an answer (0 %); no method grew beyond chance"),
                        new ProfileLink(
                                "service/2",
                                Optional.of("profiles/service-2/saturation.html"),
                                "nothing to compare with: process 7 is gone"),
                        new ProfileLink("service/3", Optional.empty(), "no profile: gone too"));
    }

    @Test
    void writesOnePageForEachOfASingleRun() throws Exception {
        assertThat(pages.write(List.of(taken("l4/1", "a.B.c 3\na.B.d 1", 5), none("l4/2", "it hangs")), "run"))
                .containsExactly(
                        new ProfileLink("l4", Optional.empty(), "no profile: l4/2 is missing: it hangs"),
                        new ProfileLink(
                                "l4/1", Optional.of("profiles/l4-1/run.html"), "4 samples, most in a.B.c (75 %)"),
                        new ProfileLink("l4/2", Optional.empty(), "no profile: it hangs"));
    }

    @Test
    void refusesSomebodyElsesStack() {
        assertThatThrownBy(() -> ProfilePages.requireOurs(true))
                .isInstanceOf(BadInputException.class)
                .hasMessage("target: is somebody else's stack: its processes cannot be profiled from here\n"
                        + "  Leave out --profile, or write a 'stack:'.\n1 problem; nothing was started.");
    }
}

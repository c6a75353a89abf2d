package io.tierdrill.profiler.flame;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.profiler.stacks.Difference;
import io.tierdrill.profiler.stacks.FoldedStacks;
import io.tierdrill.profiler.stacks.Profile;
import io.tierdrill.profiler.stacks.Sampling;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlamePageTest {
    private static final Profile LOW =
            profile("baseline, 100 req/s", "run;a.Loop.read 400\nrun;a.Loop.lock 100\nrun;a.Loop.parse 200", 1_000);
    private static final Profile HIGH = profile(
            "saturation, 1,000 req/s", "run;a.Loop.read 4000\nrun;a.Loop.lock 2000\nrun;a.Loop.<init> 6", 10_000);

    private static Profile profile(String load, String stacks, long answers) {
        FoldedStacks folded = FoldedStacks.parse(stacks);
        return new Profile(load, folded, Sampling.CPU_TIME, answers, Optional.of(folded.total() / 200.0), 0);
    }

    @Test
    void needsNothingButItself() {
        for (String page : List.of(FlamePage.of("l7/1", LOW), FlamePage.difference("l7", new Difference(LOW, HIGH))))
            assertThat(page)
                    .doesNotContain("http://", "https://", "src=", "@import", "url(")
                    .contains("default-src 'none'")
                    .endsWith("</html>\n");
    }

    @Test
    void letsItsOwnScriptRunAndNoOther() throws Exception {
        String page = FlamePage.of("l7/1", LOW);
        String script = page.substring(page.indexOf("<script>") + 8, page.indexOf("</script>"));
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));

        assertThat(page)
                .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(sum) + "'")
                .containsOnlyOnce("<script");
    }

    @Test
    void escapesWhateverAMethodIsCalled() {
        Profile odd = profile("run", "a\"onclick='x' 3\n<script>alert(1)</script>;b&c 4", 5);

        String page = FlamePage.of("<b>", odd) + FlamePage.difference("<b>", new Difference(odd, odd));

        assertThat(page)
                .doesNotContain("<script>alert", "<b>", "a\"onclick", "b&c")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "a&quot;onclick=&#39;x&#39;", "b&amp;c");
    }

    @Test
    void drawsABoxForEachCallAsWideAsItsSamples() {
        String page = FlamePage.of("l7/1", LOW);

        assertThat(page)
                .contains("style=\"--x:0.000;--w:100.000;--d:0\" title=\"all: 700 samples, 100 %, 3,500 µs of processor"
                        + " time an answer\">all</div>")
                .contains("style=\"--x:0.000;--w:14.286;--d:2\" title=\"a.Loop.lock: 100 samples, 14.3 %, 500 µs of"
                        + " processor time an answer\">Loop.lock</div>")
                .contains("style=\"--x:42.857;--w:57.143;--d:2\"");
    }

    @Test
    void saysInNumbersAndNotInColourAloneWhatGrewAndWhatShrank() {
        String page = FlamePage.difference("l7", new Difference(LOW, HIGH));

        assertThat(page)
                .contains("title=\"a.Loop.lock: 500 → 1,000 µs of processor time an answer (+500; 100 and 2000"
                        + " samples)\">+500 Loop.lock</div>")
                .contains("class=\"f grew3\"", "class=\"f shrank3\"", "class=\"f same\"")
                .contains(">−1,000 Loop.parse</div>")
                .contains("<td>a.Loop.lock</td><td>500</td><td>1,000</td><td>+500</td><td>100, 2000</td>"
                        + "<td>beyond chance</td>")
                .contains("<td>a.Loop.&lt;init&gt;</td><td>0</td><td>3.00</td><td>+3.00</td><td>0, 6</td>"
                        + "<td>may be chance</td>");
    }

    @Test
    void tellsTheDifferenceInOneLine() {
        assertThat(FlamePage.sentence(new Difference(LOW, HIGH)))
                .isEqualTo("3,500 → 3,003 µs of processor time an answer (−14.2 %); grew most: Loop.lock +500 µs");
        assertThat(FlamePage.sentence(new Difference(LOW, LOW)))
                .isEqualTo("3,500 → 3,500 µs of processor time an answer (0 %); no method grew beyond chance");
        assertThat(FlamePage.sentence(new Difference(profile("", "", 5), HIGH)))
                .isEqualTo("nothing to compare: one of them has no samples");
    }

    @Test
    void saysWhenThereAreTooFewSamplesToTell() {
        assertThat(FlamePage.of("l7/1", profile("baseline, 9 req/s", "a 3", 5)))
                .contains("Only 3 samples under baseline, 9 req/s: it did little, and shares are coarse.");
    }

    @Test
    void saysHowManySamplesWereLost() {
        assertThat(FlamePage.of(
                        "l7/1",
                        new Profile("low", FoldedStacks.parse("a 300"), Sampling.CPU_TIME, 5, Optional.empty(), 7)))
                .contains("Lost under low: 7 samples that the recorder could not keep.");
    }

    @Test
    void leavesOutWhatIsTooNarrowToSeeAndSaysSo() {
        assertThat(FlamePage.of("l7/1", profile("x", "a 100000\nb 1", 5)))
                .contains("Left out of the picture: 1 calls narrower than a third of a thousandth");
    }

    @Test
    void staysAPageWithoutASingleSample() {
        assertThat(FlamePage.of("l7/1", profile("x", "", 5)))
                .doesNotContain("id=\"graph\"")
                .contains("Only 0 samples");
    }
}

package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.finding.Profiles;
import io.tierdrill.analysis.page.PageTemplate;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    @TempDir
    Path folder;

    /** Full, with a little of everything: what a reader sees on a bad night. */
    static SyntheticRun badNight() {
        return FirstScreenTest.overloaded()
                .cpu("service/1", 0.46, 0.02)
                .cpu("l7", 0.33, 0.01)
                .cpu("l3", 0.22, 0.01)
                .event(6.4, "crash", "service/2", "service/2 ended with status 137")
                .event(7.1, "restart", "service/2", "service/2 is back after 0.7 s");
    }

    @Test
    void carriesTheFirstScreenWordForWord() throws IOException, BadInputException {
        RunFolder run = badNight().write(folder.resolve("run"));
        Verdict verdict = Analysis.of(run);
        RunFiles.write(run.verdict(), verdict);
        HtmlReport.write(run, verdict);

        String html = Files.readString(run.report()).replace("&amp;", "&").replace("&lt;", "<");
        for (FirstScreen.Line line : FirstScreen.lines(verdict).subList(1, 5))
            assertThat(html).contains("<dt>" + line.label() + "</dt><dd>" + line.text() + "</dd>");
        String keep = System.getenv("TIERDRILL_KEEP_REPORT");
        if (keep != null) Files.copy(run.report(), Path.of(keep), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void staysSmallForALongRunOfALargeStack() {
        SyntheticRun run = SyntheticRun.tree(8, 12).rate(60, 600);

        String html = PageTemplate.render(HtmlReport.page(run.data(), run.verdict(), List.of()));

        assertThat(html.length()).isLessThan(500_000);
    }

    @Test
    void escapesWhateverProcessesSay() {
        SyntheticRun run = badNight().event(9, "crash", "l7/1", "<script>alert('x')</script> & \"quoted\"");

        String html = PageTemplate.render(HtmlReport.page(run.data(), run.verdict(), List.of()));

        assertThat(html).doesNotContain("<script").contains("&lt;script&gt;alert('x')&lt;/script&gt; &amp; \"quoted\"");
    }

    @Test
    void linksFlameGraphsAndSaysWhyThereIsNone() {
        SyntheticRun run = FirstScreenTest.overloaded();
        Verdict verdict = run.verdict().profiled(new Profiles(FirstScreenTest.FLAMES, false));

        assertThat(PageTemplate.render(HtmlReport.page(run.data(), verdict, List.of())))
                .contains(
                        "<li><a href=\"profiles/service/difference.html\">service</a> <span>95 → 97 µs an answer</span>")
                .contains("<li><b>service/1</b> <span>no profile: &lt;process&gt; 7 &amp; gone</span></li>");
        assertThat(PageTemplate.render(HtmlReport.page(run.data(), run.verdict(), List.of())))
                .doesNotContain("id=\"profiles\"");
    }

    @Test
    void leavesOutWhatIsNotKnownOfAForeignStack() {
        SyntheticRun run = new SyntheticRun().rate(50, 10);

        String html = PageTemplate.render(HtmlReport.page(run.data(), run.verdict(), List.of()));

        assertThat(html)
                .contains("id=\"promises\"")
                .doesNotContain("id=\"tiers\"")
                .doesNotContain("id=\"spectrum\"");
    }
}

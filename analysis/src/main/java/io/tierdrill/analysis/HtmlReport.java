package io.tierdrill.analysis;

import io.tierdrill.analysis.finding.ProfileLink;
import io.tierdrill.analysis.observed.RunData;
import io.tierdrill.analysis.page.PageTemplate;
import io.tierdrill.analysis.page.ReportPage;
import io.tierdrill.analysis.rule.Facts;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report for people: one file that needs nothing else, readable offline, on a phone and on paper. */
public final class HtmlReport {
    private HtmlReport() {}

    /** Writes {@link RunFolder#report}, replacing an older one. */
    public static void write(RunFolder folder, Verdict verdict) throws IOException, BadInputException {
        RunData run = RunReader.read(folder);
        Files.writeString(folder.report(), PageTemplate.render(page(run, verdict, files(folder))));
    }

    static ReportPage page(RunData run, Verdict verdict, List<ReportPage.Item> files) {
        Facts facts = Facts.of(run);
        List<FirstScreen.Line> lines = FirstScreen.lines(verdict);
        ReportCharts charts = new ReportCharts(facts);
        return new ReportPage(
                lines.get(0).label(),
                verdict.status().word().toLowerCase(Locale.ROOT),
                lines.get(0).label(),
                List.of(lines.get(0).text().split(Headline.SEPARATOR)),
                lines.stream()
                        .skip(1)
                        .map(l -> new ReportPage.Item(l.label(), l.text()))
                        .toList(),
                BusyStrip.of(facts),
                charts.course(),
                charts.events(),
                charts.spectrum(),
                StageBars.of(verdict.stages(), run.topology()),
                charts.cpu(),
                charts.memory(),
                verdict.profiles().stream().map(HtmlReport::profile).toList(),
                ReportTables.of(verdict),
                environment(verdict),
                files);
    }

    private static ReportPage.Profile profile(ProfileLink link) {
        return new ReportPage.Profile(link.of(), link.page(), link.sentence());
    }

    private static List<ReportPage.Item> environment(Verdict verdict) {
        List<ReportPage.Item> items = new ArrayList<>();
        items.add(new ReportPage.Item("seed", Long.toString(verdict.seed())));
        verdict.environment().forEach((name, value) -> items.add(new ReportPage.Item(name, value)));
        return items;
    }

    /** What stands beside the report, as relative links. */
    private static List<ReportPage.Item> files(RunFolder folder) {
        List<ReportPage.Item> files = new ArrayList<>();
        file(files, folder.verdict(), "this verdict, for machines");
        file(files, folder.scenario(), "what was asked for, with every default");
        file(files, folder.requests(), "every request (Avro)");
        file(files, folder.samples(), "every sample of every process (Avro)");
        file(files, folder.latency(), "latency, second by second (HdrHistogram log)");
        file(files, folder.events(), "what happened");
        file(files, folder.injection(), "what the injector says of itself");
        file(files, folder.topology(), "the stack as it stood");
        file(files, folder.junit(), "for build servers");
        return files;
    }

    /** The verdict and its kin are written beside the report, before it or after. */
    private static void file(List<ReportPage.Item> files, Path path, String what) {
        String name = path.getFileName().toString();
        boolean ours = name.equals("verdict.json") || name.equals("junit.xml");
        if (ours || Files.exists(path)) files.add(new ReportPage.Item(name, what));
    }
}

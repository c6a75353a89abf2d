package io.tierdrill.analysis;

import io.tierdrill.analysis.finding.ResourceRow;
import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.analysis.finding.TierRow;
import io.tierdrill.analysis.page.ReportPage.Column;
import io.tierdrill.analysis.page.ReportPage.Row;
import io.tierdrill.analysis.page.ReportPage.Table;
import io.tierdrill.analysis.text.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The tables of the report. */
final class ReportTables {
    private static final String UNKNOWN = "·";
    private static final double WORTH_A_LOOK = 0.5;

    private ReportTables() {}

    static List<Table> of(Verdict verdict) {
        List<Table> tables = new ArrayList<>();
        tables.add(promises(verdict));
        if (!verdict.tiers().isEmpty()) tables.add(tiers(verdict));
        if (!verdict.resources().isEmpty()) tables.add(resources(verdict));
        return tables;
    }

    private static Table promises(Verdict verdict) {
        List<Row> rows = new ArrayList<>();
        for (SloLine line : verdict.slo()) {
            String outcome = line.outcome().name().toLowerCase(Locale.ROOT);
            rows.add(new Row(
                    List.of(line.name(), outcome, line.text()),
                    line.outcome() == SloLine.Outcome.BROKEN ? "full" : ""));
        }
        return new Table("promises", "Promises", "", columns("promise", "", "found"), rows);
    }

    private static Table tiers(Verdict verdict) {
        List<Column> head = new ArrayList<>();
        head.add(new Column("tier", false));
        for (String name : List.of(
                "instances",
                "rate",
                "residence",
                "its p99",
                "queue",
                "downstream",
                "CPU, cores",
                "hottest",
                "memory",
                "errors",
                "crashes")) head.add(new Column(name, true));
        String note =
                "Requests for L7 and service, connections for L3 and L4, queries for DNS; times are means. Measured in mode "
                        + verdict.mode() + "."
                        + (verdict.tiers().stream().anyMatch(TierRow::emulated)
                                ? " CPU marked * is what the emulation costs, not the tier."
                                : "");
        return new Table(
                "tiers",
                "Tiers",
                note,
                head,
                verdict.tiers().stream().map(ReportTables::tier).toList());
    }

    private static Row tier(TierRow t) {
        String star = t.emulated() ? " *" : "";
        return new Row(
                List.of(
                        t.tier(),
                        Integer.toString(t.instances()),
                        or(t.ratePerSecond(), r -> Figures.number(r) + "/s"),
                        or(t.residenceMeanMicros(), Figures::micros),
                        or(t.residenceP99Micros(), Figures::micros),
                        or(t.queueMeanMicros(), Figures::micros),
                        or(t.downstreamMeanMicros(), Figures::micros),
                        or(t.cpuCores(), c -> Figures.number(c) + star),
                        or(t.cpuHottestShare(), c -> Figures.wholePercent(c) + star),
                        or(t.rssBytes(), b -> Figures.bytes(b)),
                        Figures.count(t.errors()),
                        Figures.count(t.crashes())),
                "");
    }

    private static Table resources(Verdict verdict) {
        List<Column> head = new ArrayList<>(columns("instance", "limit"));
        for (String name : List.of("used, mean", "most", "of", "full in", "waiting", "refused"))
            head.add(new Column(name, true));
        head.add(new Column("set at", false));
        // Full ones first; the rest as a request meets them.
        List<Row> rows = verdict.resources().stream()
                .filter(ReportTables::isWorthARow)
                .sorted(Comparator.comparing(ResourceRow::saturated).reversed())
                .map(ReportTables::resource)
                .toList();
        return new Table(
                "resources",
                "Limits of every instance",
                "Full: at least 95 % taken while somebody waits, as a part of the seconds in which requests were let down.",
                head,
                rows);
    }

    /** Every process has descriptors and hardly any runs out of them. */
    private static boolean isWorthARow(ResourceRow r) {
        return r.saturated() || !r.kind().equals("descriptors") || r.share() >= WORTH_A_LOOK;
    }

    private static Row resource(ResourceRow r) {
        boolean cpu = r.kind().equals("cpu");
        return new Row(
                List.of(
                        r.instance(),
                        r.resource().replace('-', ' '),
                        cpu ? Figures.wholePercent(r.usedMean()) : Figures.number(r.usedMean()),
                        cpu ? Figures.wholePercent(r.usedMax()) : Figures.number(r.usedMax()),
                        cpu ? "one core" : Figures.number(r.capacity()),
                        Figures.wholePercent(r.fullShare()),
                        Figures.number(r.waitersMean()),
                        Figures.count(r.drops()),
                        r.place().map(p -> p + " ").orElse("") + r.setting().orElse("")),
                r.saturated() ? "full" : "");
    }

    private static List<Column> columns(String... names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) columns.add(new Column(name, false));
        return columns;
    }

    private static <T> String or(Optional<T> value, Function<T, String> text) {
        return value.map(text).orElse(UNKNOWN);
    }
}

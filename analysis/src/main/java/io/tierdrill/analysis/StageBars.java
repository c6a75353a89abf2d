package io.tierdrill.analysis;

import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.analysis.page.Plot;
import io.tierdrill.analysis.page.ReportPage;
import io.tierdrill.analysis.page.ReportPage.Bar;
import io.tierdrill.analysis.page.ReportPage.Column;
import io.tierdrill.analysis.page.ReportPage.Row;
import io.tierdrill.analysis.page.ReportPage.Segment;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.tier.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The stages of median and slow requests, drawn side by side. */
final class StageBars {
    private StageBars() {}

    static Optional<ReportPage.StageBars> of(StageTable stages, Topology topology) {
        if (stages.median().isEmpty()) return Optional.empty();
        List<Bar> bars = new ArrayList<>();
        bars.add(bar(stages.median().get(), stages, topology, StageTable.Row::medianShare));
        stages.tail().ifPresent(t -> bars.add(bar(t, stages, topology, StageTable.Row::tailShare)));
        return Optional.of(new ReportPage.StageBars(bars, table(stages, topology), stages.faults()));
    }

    private static Bar bar(
            StageTable.Cohort cohort, StageTable stages, Topology topology, ToDoubleFunction<StageTable.Row> share) {
        List<Segment> segments = stages.rows().stream()
                .filter(r -> share.applyAsDouble(r) > 0)
                .map(r -> new Segment(r.label(), look(r, topology), Plot.percent(share.applyAsDouble(r))))
                .toList();
        String name = cohort.name() + ", " + Figures.count(cohort.requests()) + " requests";
        return new Bar(name, Figures.micros(cohort.meanMicros()), segments);
    }

    /** Coloured by tier; hatched where it is waiting, plain where it is work. */
    private static String look(StageTable.Row row, Topology topology) {
        if (row.stage().equals("unattributed")) return "left";
        if (row.stage().equals("lateness")) return "injector";
        String kind =
                row.tier().flatMap(topology::tier).map(t -> t.kind().word()).orElse("other");
        return row.stage().endsWith("-queue") ? kind + " wait" : kind;
    }

    private static ReportPage.Table table(StageTable stages, Topology topology) {
        boolean tail = stages.tail().isPresent();
        List<Column> head = new ArrayList<>(
                List.of(new Column("stage", false), new Column("median", true), new Column("share", true)));
        if (tail) head.addAll(List.of(new Column("p99", true), new Column("share", true)));
        List<Row> rows = new ArrayList<>();
        for (StageTable.Row row : stages.rows()) {
            List<String> cells = new ArrayList<>(
                    List.of(row.label(), Figures.micros(row.medianMicros()), Figures.percent(row.medianShare())));
            if (tail) cells.addAll(List.of(Figures.micros(row.tailMicros()), Figures.percent(row.tailShare())));
            rows.add(new Row(cells, "stage " + look(row, topology)));
        }
        List<String> sum = new ArrayList<>(
                List.of("latency", Figures.micros(stages.median().get().meanMicros()), "100 %"));
        if (tail) sum.addAll(List.of(Figures.micros(stages.tail().get().meanMicros()), "100 %"));
        rows.add(new Row(sum, "sum"));
        String note = "Hatched: waiting for a limit of that tier. "
                + (tail ? "" : "Too few requests for a p99 group: it needs 3,000.");
        return new ReportPage.Table("stage-table", "", note.strip(), head, rows);
    }
}

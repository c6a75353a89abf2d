package io.tierdrill.analysis.page;

import java.util.List;
import java.util.Optional;

/**
 * Everything on the page, from top to bottom.
 *
 * @param tone how the decision is coloured: {@code go}, {@code no-go}, {@code invalid}, {@code inconclusive}
 * @param decision the first word, and {@code headline} the parts of the line behind it
 * @param screen the other lines of the first screen
 */
public record ReportPage(
        String title,
        String tone,
        String decision,
        List<String> headline,
        List<Item> screen,
        Optional<Strip> strip,
        List<Plot> course,
        List<Event> events,
        Optional<Plot> spectrum,
        Optional<StageBars> stages,
        List<Plot> cpu,
        List<Plot> memory,
        List<Profile> profiles,
        List<Table> tables,
        List<Item> environment,
        List<Item> files) {

    /** A name and what belongs to it. */
    public record Item(String name, String text) {}

    /** A flame graph of somebody: where it is, if there is one, and what is on it. */
    public record Profile(String of, Optional<String> page, String text) {}

    /** Something that happened: its mark in the charts, when, and what. */
    public record Event(String mark, String at, String text) {}

    /**
     * How busy each tier was over time.
     *
     * @param from label of its left end, {@code to} of its right end
     */
    public record Strip(List<StripRow> rows, String from, String to) {}

    /**
     * @param cells one a slot of time
     * @param mean for people
     */
    public record StripRow(String name, List<Cell> cells, String mean) {}

    /** @param level 0 (idle) to 5 (full); {@code x} and {@code width} in thousandths */
    public record Cell(String x, String width, int level) {}

    /** The stages of the two groups of requests, as bars and as rows. */
    public record StageBars(List<Bar> bars, Table table, List<String> faults) {}

    /** A bar of segments that fill it. */
    public record Bar(String name, String total, List<Segment> segments) {}

    /** @param look how it is coloured; {@code percent} of the bar */
    public record Segment(String label, String look, String percent) {}

    /** A table; {@code head} and the cells of each row go together. */
    public record Table(String id, String title, String note, List<Column> head, List<Row> rows) {}

    /** @param number whether it is set flush right */
    public record Column(String name, boolean number) {}

    /** @param look empty, or how the row stands out: {@code full} */
    public record Row(List<String> cells, String look) {}
}

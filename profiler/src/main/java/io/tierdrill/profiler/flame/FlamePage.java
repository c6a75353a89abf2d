package io.tierdrill.profiler.flame;

import io.tierdrill.profiler.stacks.Difference;
import io.tierdrill.profiler.stacks.Profile;
import io.tierdrill.profiler.stacks.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * Flame graphs as single HTML files: nothing is fetched, and what script there is only zooms, searches and moves the
 * focus. Without it the picture and the tables are still there. Stateless.
 */
public final class FlamePage {
    private static final int MOST_METHODS = 25;
    private static final int FEW_SAMPLES = 100;

    private FlamePage() {}

    /** @param of whose profile it is: {@code l7/1} */
    public static String of(String of, Profile profile) {
        Unit unit = Unit.of(List.of(profile));
        List<String> notes = new ArrayList<>();
        notes.add(count(profile) + ". " + profile.sampling().words() + "." + divided(unit));
        doubts(notes, profile);
        return page(
                of + ": " + profile.load(),
                notes,
                Graph.of(profile),
                legend(List.of("own Tierdrill", "netty Netty", "jdk JDK", "other anything else")),
                methods(profile, unit));
    }

    /** @param of whose profiles these are: {@code l7/1}, {@code l7} */
    public static String difference(String of, Difference two) {
        List<String> notes = new ArrayList<>();
        notes.add(sentence(two) + ".");
        notes.add("First: " + two.before().load() + ", " + count(two.before()) + ". Second: "
                + two.after().load() + ", " + count(two.after()) + ". "
                + two.after().sampling().words() + "." + divided(two.unit()));
        if (two.unit() == Unit.PERCENT)
            notes.add("Compared as shares of all samples: where one method grew, others must shrink.");
        doubts(notes, two.before());
        doubts(notes, two.after());
        return page(
                of + ": " + two.after().load() + " beside " + two.before().load(),
                notes,
                Graph.of(two),
                legend(List.of(
                        "grew3 dearer in the second", "shrank3 cheaper", "same the same, or too few samples to tell")),
                grown(two));
    }

    /** What became of the whole, in one line. */
    public static String sentence(Difference two) {
        Difference.Change whole = two.whole();
        if (whole.before() == 0 || whole.after() == 0) return "nothing to compare: one of them has no samples";
        List<Difference.Change> methods = two.methods();
        Difference.Change first = methods.get(0);
        String most = first.grown() > 0 && first.beyondChance()
                ? "grew most: " + new FrameName(first.name()).brief() + " " + Html.signed(first.grown()) + " "
                        + two.unit().mark()
                : "no method grew beyond chance";
        if (two.unit() == Unit.PERCENT) return most;
        return Html.number(whole.perBefore()) + " → " + Html.number(whole.perAfter()) + " "
                + two.unit().words() + " ("
                + Html.signed(100 * (whole.perAfter() / whole.perBefore() - 1)) + " %); " + most;
    }

    private static String divided(Unit unit) {
        return unit == Unit.MICROS_AN_ANSWER
                ? " Processor time is what the kernel counted for the process; the samples divide it."
                : "";
    }

    private static String count(Profile profile) {
        String samples = String.format(Locale.ROOT, "%,d samples", profile.samples());
        if (profile.answers() == 0) return samples;
        return samples + String.format(Locale.ROOT, " while %,d answers were given", profile.answers());
    }

    private static void doubts(List<String> notes, Profile profile) {
        if (profile.lost() > 0)
            notes.add("Lost under " + profile.load() + ": " + profile.lost()
                    + (profile.lost() == 1 ? " sample" : " samples") + " that the recorder could not keep.");
        if (profile.samples() < FEW_SAMPLES)
            notes.add("Only " + profile.samples() + " samples under " + profile.load()
                    + ": it did little, and shares are coarse.");
    }

    private static String legend(List<String> entries) {
        StringBuilder html = new StringBuilder("<p class=\"legend\">");
        for (String entry : entries) {
            int space = entry.indexOf(' ');
            html.append("<span><i class=\"")
                    .append(entry, 0, space)
                    .append("\"></i>")
                    .append(Html.escaped(entry.substring(space + 1)))
                    .append("</span> ");
        }
        return html.append("</p>\n").toString();
    }

    private static String methods(Profile profile, Unit unit) {
        if (profile.samples() == 0) return "";
        SortedMap<String, Long> inclusive = profile.stacks().inclusive();
        StringBuilder rows = new StringBuilder();
        profile.stacks().self().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_METHODS)
                .forEach(e -> rows.append(row(List.of(
                        e.getKey(),
                        Long.toString(e.getValue()),
                        Html.percent(e.getValue() / (double) profile.samples()),
                        Html.number(unit.of(profile, e.getValue())),
                        Html.percent(inclusive.get(e.getKey()) / (double) profile.samples())))));
        return table(
                "Where the time was spent",
                List.of("method", "samples", "share", unit.words(), "with all it called"),
                rows.toString());
    }

    private static String grown(Difference two) {
        List<Difference.Change> all = two.methods();
        if (all.isEmpty()) return "";
        StringBuilder rows = new StringBuilder();
        all.stream().filter(c -> c.grown() > 0).limit(MOST_METHODS).forEach(c -> rows.append(changed(c)));
        StringBuilder fewer = new StringBuilder();
        List<Difference.Change> shrunk = new ArrayList<>(all);
        shrunk.sort(Comparator.comparingDouble(Difference.Change::grown));
        shrunk.stream()
                .filter(c -> c.grown() < 0 && c.beyondChance())
                .limit(MOST_METHODS)
                .forEach(c -> fewer.append(changed(c)));
        List<String> head = List.of("method", "first", "second", "change", "samples", "");
        String unit = ", " + two.unit().words();
        return table("Methods that grew most" + unit, head, rows.toString())
                + (fewer.length() == 0 ? "" : table("Methods that shrank" + unit, head, fewer.toString()));
    }

    private static String changed(Difference.Change c) {
        return row(List.of(
                c.name(),
                Html.number(c.perBefore()),
                Html.number(c.perAfter()),
                Html.signed(c.grown()),
                c.before() + ", " + c.after(),
                c.beyondChance() ? "beyond chance" : "may be chance"));
    }

    private static String row(List<String> cells) {
        StringBuilder html = new StringBuilder("<tr>");
        for (String cell : cells) html.append("<td>").append(Html.escaped(cell)).append("</td>");
        return html.append("</tr>\n").toString();
    }

    private static String table(String title, List<String> head, String rows) {
        StringBuilder html = new StringBuilder("<section><h2>" + Html.escaped(title) + "</h2>\n"
                + "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + Html.escaped(title)
                + "\"><table><thead><tr>");
        for (String name : head)
            html.append("<th scope=\"col\">").append(Html.escaped(name)).append("</th>");
        return html.append("</tr></thead><tbody>\n")
                .append(rows)
                .append("</tbody></table></div></section>\n")
                .toString();
    }

    private static String page(String title, List<String> notes, Graph graph, String legend, String tables) {
        String script = resource("flame.js");
        StringBuilder html = new StringBuilder(1 << 17);
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
                .append("style-src 'unsafe-inline'; img-src data:; script-src 'sha256-")
                .append(digest(script))
                .append("'\">\n<link rel=\"icon\" href=\"data:,\">\n<title>")
                .append(Html.escaped(title))
                .append("</title>\n<style>\n")
                .append(resource("flame.css"))
                .append("</style>\n</head>\n<body>\n<header><h1>")
                .append(Html.escaped(title))
                .append("</h1>\n");
        for (String note : notes)
            html.append("<p class=\"note\">").append(Html.escaped(note)).append("</p>\n");
        html.append("</header>\n<main>\n");
        if (graph.rows() > 0) html.append(figure(graph, legend));
        html.append(tables).append("</main>\n<footer>");
        if (graph.leftOut() > 0)
            html.append("Left out of the picture: ")
                    .append(graph.leftOut())
                    .append(" calls narrower than a third of a thousandth; the folded text beside this page has all. ");
        return html.append("Tierdrill.</footer>\n<script>")
                .append(script)
                .append("</script>\n</body>\n</html>\n")
                .toString();
    }

    private static String figure(Graph graph, String legend) {
        return "<div class=\"bar\"><label>Find <input type=\"search\" id=\"find\" placeholder=\"part of a name\""
                + " autocomplete=\"off\"></label><output id=\"found\" for=\"find\"></output>"
                + "<button type=\"button\" id=\"back\" disabled>Show all</button></div>\n"
                + "<p id=\"told\" aria-live=\"polite\">Every box is a call, the callers above it. Point at a box for its"
                + " numbers; click it, or Enter, to zoom; arrows move, Escape shows all, / finds.</p>\n"
                + legend
                + "<div class=\"graph\" id=\"graph\" role=\"tree\" aria-label=\"Calls\" style=\"--rows:" + graph.rows()
                + "\">\n" + graph.html() + "</div>\n";
    }

    private static String resource(String name) {
        try (InputStream in = FlamePage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damagedJar) {
            throw new UncheckedIOException(damagedJar);
        }
    }

    /** The policy lets this very script run and no other, whatever a name may hold. */
    private static String digest(String script) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

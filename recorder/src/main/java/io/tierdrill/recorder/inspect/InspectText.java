package io.tierdrill.recorder.inspect;

import io.tierdrill.model.statistics.MessageStatistics;
import io.tierdrill.model.statistics.TraceStatistics;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An inspection for people at a terminal. Stateless. */
public final class InspectText {
    private static final int PLOT_WIDTH = 72;
    private static final int PLOT_HEIGHT = 5;
    private static final int KEY_WIDTH = 72;

    private final Appendable out;
    private final boolean unicode;

    private InspectText(Appendable out, boolean unicode) {
        this.out = out;
        this.unicode = unicode;
    }

    /** Writes about forty lines. */
    public static void write(Inspection inspection, Appendable out) throws IOException {
        write(inspection, out, true);
    }

    /** The same; without {@code unicode} the plot is in ASCII. */
    public static void write(Inspection inspection, Appendable out, boolean unicode) throws IOException {
        new InspectText(out, unicode).write(inspection);
    }

    private void write(Inspection inspection) throws IOException {
        TraceStatistics s = inspection.statistics();
        line("%s", safe(inspection.file()));
        line("  source      %s", safe(inspection.header().source()));
        line("  start       %s", inspection.header().start());
        for (Map.Entry<String, String> note : new TreeMap<>(inspection.header().notes()).entrySet())
            line("  note        %s: %s", safe(note.getKey()), safe(note.getValue()));
        if (inspection.damage().isPresent())
            line("  DAMAGED     %s", safe(inspection.damage().get()));
        line("  requests    %,d over %s%s", s.requests(), HumanTime.of(s.spanSeconds()), rate(s));
        if (s.outOfOrder() > 0) line("  disorder    %,d requests stand behind later ones", s.outOfOrder());
        body(s);
        messages(inspection.messages());
    }

    /** What passes on WebSockets; nothing where nothing does. */
    public static void messages(MessageStatistics messages, Appendable out) throws IOException {
        new InspectText(out, true).messages(messages);
    }

    private void messages(MessageStatistics m) throws IOException {
        if (m.messages() == 0) return;
        line("");
        line("%-13s %,d on WebSockets", "Messages", m.messages());
        line("  of clients  %s", messages(m.fromClients()));
        line("  of servers  %s", messages(m.fromServers()));
    }

    private static String messages(MessageStatistics.Direction d) {
        if (d.messages() == 0) return "none";
        return String.format(Locale.ROOT, "%,d: %s; %,d B", d.messages(), counts(d.kinds()), d.bytes());
    }

    /** What any stream of requests is like, a trace's or a schedule's: all below its title and length. */
    public static void body(TraceStatistics statistics, Appendable out) throws IOException {
        new InspectText(out, true).body(statistics);
    }

    private void body(TraceStatistics s) throws IOException {
        if (s.requests() == 0) return;
        plot(s.rate());
        line("");
        line("Burstiness    %s", burstiness(s.burstiness()));
        line("Dispersion    %s", dispersion(s.burstiness()));
        line("Visits        %s", visits(s.visits()));
        line("Methods       %s", counts(s.methods()));
        line("Statuses      %s", counts(s.statuses()));
        line("Request body  %s", sizes(s.requestBodies()));
        line("Response      %s", sizes(s.responses()));
        if (s.latency().known() > 0) line("Latency       %s", latency(s.latency()));
        popularity("Clients", s.clients());
        popularity("Paths", s.paths());
    }

    private static String rate(TraceStatistics s) {
        return s.meanPerSecond() == null ? "" : ", mean " + number(s.meanPerSecond()) + "/s";
    }

    private void plot(TraceStatistics.RateOverTime rate) throws IOException {
        RatePlot plot = RatePlot.of(rate, PLOT_WIDTH, PLOT_HEIGHT, unicode);
        line("");
        line(
                "Rate over time: a column is %s, the highest is %,d requests (%s/s)",
                HumanTime.of(plot.secondsPerColumn()), plot.top(), number(plot.top() / plot.secondsPerColumn()));
        for (String row : plot.rows()) line("  %s%s", unicode ? "│" : "|", row);
    }

    private static String burstiness(TraceStatistics.Burstiness b) {
        return String.format(
                Locale.ROOT,
                "peak %,d in the second from %s, peak to mean %s, CV of gaps %s (Poisson: 1)",
                b.peakRequests(),
                HumanTime.of(b.peakAtSeconds()),
                number(b.peakToMean()),
                number(b.gapCv()));
    }

    private static String dispersion(TraceStatistics.Burstiness b) {
        return b.dispersion().stream()
                .map(d -> number(d.index()) + " in windows of " + HumanTime.of(d.windowSeconds()))
                .collect(Collectors.joining(", ", "index ", " (Poisson: 1)"));
    }

    private static String visits(TraceStatistics.Visits v) {
        String think = v.thinkTime().known() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; think time mean %s, p50 %s, p90 %s",
                        HumanTime.of(v.thinkTime().meanMicros() / 1e6),
                        HumanTime.of(v.thinkTime().p50Micros() / 1e6),
                        HumanTime.of(v.thinkTime().p90Micros() / 1e6));
        return String.format(
                Locale.ROOT,
                "%s%,d users, %,d visits of %s requests (p50 %,d, p90 %,d, max %,d)%s",
                v.exact() ? "" : "a sample of about ",
                v.users(),
                v.visits(),
                number(v.meanRequests()),
                v.p50Requests(),
                v.p90Requests(),
                v.maxRequests(),
                think);
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .limit(12)
                .map(e -> String.format(Locale.ROOT, "%s %,d", safe(e.getKey()), e.getValue()))
                .collect(Collectors.joining(", "))
                .concat(counts.size() > 12 ? ", and " + (counts.size() - 12) + " more" : "");
    }

    private static String sizes(TraceStatistics.Sizes s) {
        if (s.known() == 0) return "size unknown";
        if (s.maxBytes() == 0) return "none";
        return String.format(
                Locale.ROOT,
                "mean %s B, p50 %s B, p90 %s B, p99 %s B, max %,d B%s",
                number(s.meanBytes()),
                number(s.p50Bytes()),
                number(s.p90Bytes()),
                number(s.p99Bytes()),
                s.maxBytes(),
                s.unknown() == 0 ? "" : String.format(Locale.ROOT, "; unknown for %,d", s.unknown()));
    }

    private static String latency(TraceStatistics.Latency l) {
        return String.format(
                Locale.ROOT,
                "mean %s us, p50 %s us, p90 %s us, p99 %s us, max %s us",
                number(l.meanMicros()),
                number(l.p50Micros()),
                number(l.p90Micros()),
                number(l.p99Micros()),
                number(l.maxMicros()));
    }

    private void popularity(String title, TraceStatistics.Popularity p) throws IOException {
        line("");
        line("%-13s %s%,d different%s", title, p.exact() ? "" : "more than ", p.distinct(), shares(p));
        if (p.zipf() != null)
            line(
                    "  Zipf exponent %.2f, fitted by %s (%,d)",
                    p.zipf().exponent(), p.zipf().method(), p.zipf().ranks());
        for (TraceStatistics.Count c : p.top().subList(0, Math.min(5, p.top().size())))
            line("  %,9d  %5.1f %%  %s", c.requests(), 100 * c.share(), shortened(safe(c.key())));
    }

    private static String shares(TraceStatistics.Popularity p) {
        if (p.top1PercentShare() == null) return "; counts are approximate";
        return String.format(
                Locale.ROOT,
                "; the top 1 %% have %.1f %% of the requests, the top 10 %% have %.1f %%",
                100 * p.top1PercentShare(),
                100 * p.top10PercentShare());
    }

    /** Three digits, or a dash for what is not known. */
    private static String number(Number value) {
        if (value == null) return "-";
        double v = value.doubleValue();
        if (v == Math.rint(v) || Math.abs(v) >= 100) return String.format(Locale.ROOT, "%,.0f", v);
        return String.format(Locale.ROOT, v >= 1 ? "%.2f" : "%.3g", v);
    }

    private static String shortened(String key) {
        return key.length() <= KEY_WIDTH ? key : key.substring(0, KEY_WIDTH - 3) + "...";
    }

    /** Requests come from strangers; nothing of theirs may steer the terminal. */
    private static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) || isFormat(c) ? '?' : c));
        return safe.toString();
    }

    private static boolean isFormat(int c) {
        return Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.LINE_SEPARATOR;
    }

    private void line(String form, Object... values) throws IOException {
        out.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}

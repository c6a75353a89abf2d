package io.tierdrill.recorder.mirror;

import java.util.Locale;

/** The account of a mirror in words, and for Prometheus. */
public final class MirrorText {
    private MirrorText() {}

    /** Several lines, each ended. */
    public static String of(MirrorAccount account) {
        StringBuilder text = new StringBuilder();
        line(text, "took %,d copies", account.copies());
        if (account.incomplete() > 0) line(text, "  %,d more broke off and were not recorded", account.incomplete());
        if (account.notHttp() > 0) line(text, "  %,d connections sent what is no HTTP/1.x", account.notHttp());
        if (account.timesNotBelieved() > 0)
            line(
                    text,
                    "  %,d came with a time far from ours and stand at the time they came",
                    account.timesNotBelieved());
        return text.toString();
    }

    /** Prometheus text format 0.0.4. */
    public static String metrics(MirrorAccount account) {
        StringBuilder page = new StringBuilder();
        counter(page, "copies", "Copies read whole.", account.copies());
        counter(page, "incomplete", "Copies that broke off.", account.incomplete());
        counter(page, "not_http", "Connections that sent what is no HTTP/1.x.", account.notHttp());
        counter(page, "times_not_believed", "Copies with a time far from ours.", account.timesNotBelieved());
        page.append("# TYPE tierdrill_mirror_connections gauge\ntierdrill_mirror_connections ")
                .append(account.connections())
                .append('\n');
        return page.toString();
    }

    private static void counter(StringBuilder page, String name, String help, long value) {
        String full = "tierdrill_mirror_" + name + "_total";
        page.append("# HELP ").append(full).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(full).append(" counter\n");
        page.append(full).append(' ').append(value).append('\n');
    }

    private static void line(StringBuilder text, String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}

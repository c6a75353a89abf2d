package io.tierdrill.recorder.live;

import java.util.Locale;
import java.util.Map;

/**
 * A recording as Prometheus reads it, for the admin endpoint of whoever records. Plain text, so that it can be added to
 * a page that something else renders.
 */
public final class LiveMetrics {
    private LiveMetrics() {}

    /** Prometheus text format 0.0.4, all reasons of drops among it, so that a rate of one that is zero can be asked for. */
    public static String text(LiveAccount account) {
        StringBuilder page = new StringBuilder();
        counter(page, "begun", "Requests the recording was told of.", account.begun());
        counter(page, "requests", "Requests in the trace, where they survive a kill.", account.recorded());
        family(page, "dropped_total", "counter", "Requests that are not in the trace.");
        reasons(page, "dropped", account.dropped());
        counter(page, "written_early", "Requests recorded without their response.", account.writtenEarly());
        counter(page, "out_of_order", "Requests recorded at a later time than their own.", account.outOfOrder());
        counter(page, "bodies_left_out", "Requests recorded without their body.", account.bodiesLeftOut());
        if (!account.masked().isEmpty()) family(page, "masked_total", "counter", "Secrets replaced by pseudonyms.");
        account.masked()
                .forEach((kind, count) -> page.append("tierdrill_record_masked_total{kind=\"")
                        .append(kind)
                        .append("\"} ")
                        .append(count)
                        .append('\n'));
        counter(page, "files", "Traces written to.", account.files());
        counter(page, "bytes", "Bytes of these traces.", account.bytes());
        gauge(page, "buffer_bytes", "Memory in use for requests on their way.", account.heldBytes());
        gauge(page, "buffer_limit_bytes", "The most memory for them.", account.bufferBytes());
        gauge(
                page,
                "failing",
                "1 while nothing can be written.",
                account.problem().isEmpty() ? 0 : 1);
        messages(page, account.messages());
        return page.toString().replace("\r\n", "\n");
    }

    private static void messages(StringBuilder page, MessageAccount messages) {
        counter(page, "messages_seen", "Messages on WebSockets the recording was told of.", messages.seen());
        counter(page, "messages", "Messages in the trace, where they survive a kill.", messages.recorded());
        family(page, "messages_dropped_total", "counter", "Messages that are not in the trace.");
        reasons(page, "messages_dropped", messages.dropped());
        counter(page, "messages_unreadable", "Sides of WebSockets that sent something else.", messages.unreadable());
    }

    private static void reasons(StringBuilder page, String name, Map<String, Long> dropped) {
        for (DropReason reason : DropReason.values())
            page.append(String.format(
                    Locale.ROOT,
                    "tierdrill_record_%s_total{reason=\"%s\"} %d%n",
                    name,
                    reason.word(),
                    dropped.getOrDefault(reason.word(), 0L)));
    }

    private static void counter(StringBuilder page, String name, String help, long value) {
        family(page, name + "_total", "counter", help);
        page.append("tierdrill_record_")
                .append(name)
                .append("_total ")
                .append(value)
                .append('\n');
    }

    private static void gauge(StringBuilder page, String name, String help, long value) {
        family(page, name, "gauge", help);
        page.append("tierdrill_record_").append(name).append(' ').append(value).append('\n');
    }

    private static void family(StringBuilder page, String name, String type, String help) {
        page.append("# HELP tierdrill_record_")
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        page.append("# TYPE tierdrill_record_")
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }
}

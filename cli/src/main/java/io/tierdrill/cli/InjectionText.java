package io.tierdrill.cli;

import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.Stopped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A replay's result for people. */
final class InjectionText {
    private InjectionText() {}

    static String of(Injection i, long leftOut) {
        StringBuilder text = new StringBuilder();
        line(text, i.status(), i.reasons().isEmpty() ? "the injector kept up" : String.join("; ", i.reasons()));
        i.stopped().ifPresent(s -> stopped(text, s));
        line(
                text,
                "requests",
                "%,d due, %,d answered, %s",
                i.requests(),
                i.responses(),
                i.errors().isEmpty() ? "no errors" : errors(i));
        if (leftOut > 0)
            line(
                    text,
                    "left out",
                    "%,d that change things (POST, PUT, PATCH, DELETE); --unsafe-methods sends them",
                    leftOut);
        line(
                text,
                "rate",
                "%,.1f/s offered, %,.1f/s answered, stretch %.4f",
                i.offeredPerSecond(),
                i.achievedPerSecond(),
                i.stretch());
        quantiles(text, "latency", i.latency(), "from the due time: corrected for coordinated omission");
        quantiles(text, "service", i.service(), "from the send: uncorrected, as most tools measure");
        quantiles(text, "lateness", i.lateness(), "due to send: the injector's own error");
        i.held()
                .ifPresent(
                        held -> quantiles(text, "held", held, "waiting for their own user, or for a free connection"));
        line(
                text,
                "generator",
                "%.2f CPU-seconds, %.2f more to prepare, %,d MiB, %s, %,d connections opened, %,d open at most",
                i.generator().cpuSeconds(),
                i.generator().prepareCpuSeconds(),
                i.generator().rssBytes() >> 20,
                i.transport(),
                i.generator().connectionsOpened(),
                i.generator().connectionsPeak());
        if (!i.connections().isEmpty()) line(text, "wire", "%s", connections(i.connections()));
        messages(text, i.connections());
        return text.toString();
    }

    private static String connections(Map<String, Long> events) {
        List<String> parts = new ArrayList<>();
        if (events.containsKey("tlsHandshakes"))
            parts.add(String.format(
                    Locale.ROOT,
                    "%,d TLS handshakes, %.0f %% of them resumed",
                    events.get("tlsHandshakes"),
                    100.0 * events.getOrDefault("tlsResumed", 0L) / events.get("tlsHandshakes")));
        if (events.containsKey("reconnects"))
            parts.add(String.format(
                    Locale.ROOT, "%,d connections opened again that the target had closed", events.get("reconnects")));
        if (events.containsKey("webSockets"))
            parts.add(String.format(Locale.ROOT, "%,d WebSockets opened", events.get("webSockets")));
        if (events.containsKey("dnsQuestions"))
            parts.add(String.format(
                    Locale.ROOT,
                    "%,d DNS questions, %,d answered",
                    events.get("dnsQuestions"),
                    events.getOrDefault("dnsAnswers", 0L)));
        return String.join(", ", parts);
    }

    private static void messages(StringBuilder text, Map<String, Long> events) {
        if (!events.containsKey("messagesPlanned") && !events.containsKey("messagesAwaited")) return;
        line(
                text,
                "messages",
                "%,d sent of %,d recorded (%,d late, %,d on WebSockets that had ended); %,d came, %,d were recorded",
                events.getOrDefault("messagesSent", 0L),
                events.getOrDefault("messagesPlanned", 0L),
                events.getOrDefault("messagesLate", 0L),
                events.getOrDefault("messagesUnsent", 0L),
                events.getOrDefault("messagesReceived", 0L),
                events.getOrDefault("messagesAwaited", 0L));
    }

    private static void quantiles(StringBuilder text, String name, Injection.Quantiles q, String what) {
        line(
                text,
                name,
                "mean %s  p50 %s  p90 %s  p99 %s  max %s  (%s)",
                millis(q.meanMicros()),
                millis(q.p50Micros()),
                enough(q.p90Micros(), Injection.Quantiles.NEEDED_FOR_P90),
                enough(q.p99Micros(), Injection.Quantiles.NEEDED_FOR_P99),
                millis(q.maxMicros()),
                what);
    }

    private static void stopped(StringBuilder text, Stopped s) {
        line(
                text,
                "stopped",
                "after %.1f of %.1f s: %s",
                s.atSeconds(),
                s.ofSeconds(),
                s.rule()
                        .map(rule -> rule + " was broken: " + s.found().orElseThrow())
                        .orElse("by Ctrl-C or a signal"));
    }

    private static String enough(Double micros, long needed) {
        return micros == null ? String.format(Locale.ROOT, "needs %,d samples", needed) : millis(micros);
    }

    private static String errors(Injection i) {
        return i.errors().entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%,d %s", e.getValue(), e.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String millis(Double micros) {
        return micros == null ? "-" : String.format(Locale.ROOT, "%.2f ms", micros / 1e3);
    }

    private static void line(StringBuilder text, String name, String form, Object... values) {
        text.append(String.format(Locale.ROOT, "%-10s ", name));
        text.append(values.length == 0 ? form : String.format(Locale.ROOT, form, values));
        text.append(System.lineSeparator());
    }
}

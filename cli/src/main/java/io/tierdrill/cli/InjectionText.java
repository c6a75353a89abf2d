package io.tierdrill.cli;

import io.tierdrill.model.run.Injection;
import java.util.Locale;
import java.util.stream.Collectors;

/** A replay's result for people. */
final class InjectionText {
    private InjectionText() {}

    static String of(Injection i, long leftOut) {
        StringBuilder text = new StringBuilder();
        line(text, i.status(), i.reasons().isEmpty() ? "the injector kept up" : String.join("; ", i.reasons()));
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
        quantiles(text, "latency", i.latency(), "from the due time");
        quantiles(text, "service", i.service(), "from the send");
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
        return text.toString();
    }

    private static void quantiles(StringBuilder text, String name, Injection.Quantiles q, String what) {
        line(
                text,
                name,
                "mean %s  p50 %s  p90 %s  p99 %s  max %s  (%s)",
                millis(q.meanMicros()),
                millis(q.p50Micros()),
                millis(q.p90Micros()),
                q.p99Micros() == null
                        ? "needs " + Injection.Quantiles.NEEDED_FOR_P99 + " samples"
                        : millis(q.p99Micros()),
                millis(q.maxMicros()),
                what);
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

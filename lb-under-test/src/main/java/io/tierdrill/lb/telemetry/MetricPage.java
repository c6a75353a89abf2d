package io.tierdrill.lb.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The series in Micrometer's Prometheus registry, with types and help, for Prometheus and whoever else asks. Made only
 * when somebody does: loading the registry would be a third of a process's start.
 */
final class MetricPage implements AutoCloseable {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    void add(Series series) {
        if (series.counts())
            FunctionCounter.builder(series.name(), series, s -> s.value().getAsDouble())
                    .tags(series.tags())
                    .register(registry);
        else
            Gauge.builder(series.name(), series, s -> s.value().getAsDouble())
                    .tags(series.tags())
                    .register(registry);
    }

    /**
     * Those named by {@code name[]} in the query, or all.
     *
     * @param beside families that others have rendered, behind ours
     */
    byte[] render(String query, List<Supplier<String>> beside) throws IOException {
        Set<String> names = wanted(query);
        ByteArrayOutputStream text = new ByteArrayOutputStream(8192);
        if (names.isEmpty()) registry.scrape(text, TYPE);
        else registry.scrape(text, TYPE, names);
        for (Supplier<String> other : beside)
            text.writeBytes(only(names, other.get()).getBytes(StandardCharsets.UTF_8));
        return text.toByteArray();
    }

    private static String only(Set<String> names, String page) {
        if (names.isEmpty()) return page;
        StringBuilder wanted = new StringBuilder();
        page.lines()
                .filter(line -> names.contains(family(line)))
                .forEach(line -> wanted.append(line).append('\n'));
        return wanted.toString();
    }

    /** Of "# TYPE name counter", "# HELP name words" or "name{labels} value". */
    private static String family(String line) {
        String rest = line.startsWith("# ") ? line.substring("# TYPE ".length()) : line;
        return rest.split("[ {]", 2)[0];
    }

    @Override
    public void close() {
        registry.close();
    }

    /** The {@code name[]} parameters; a counter is known to the registry without its ending, so both forms count. */
    private static Set<String> wanted(String query) {
        Set<String> names = new HashSet<>();
        for (String pair : query.split("&")) {
            String text = URLDecoder.decode(pair, StandardCharsets.UTF_8);
            if (!text.startsWith("name[]=")) continue;
            String name = text.substring("name[]=".length());
            names.add(name);
            if (name.endsWith("_total")) names.add(name.substring(0, name.length() - "_total".length()));
        }
        return names;
    }
}

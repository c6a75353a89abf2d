package io.tierdrill.dashboards;

import io.tierdrill.dashboards.Dashboard.Panel;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.sample.MetricNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus itself evaluates every alert and every panel, over series made up for the purpose. */
class PrometheusTest {
    private static final List<String> INSTANCES = List.of("l7/1", "l7/2", "service/1");
    private static final String RESOURCE_LABELS = ", " + MetricNames.RESOURCE + "=\"pool\", " + MetricNames.KIND
            + "=\"pool\", " + MetricNames.SETTING + "=\"stack.x\"";

    @TempDir
    Path folder;

    private Promtool promtool;

    @BeforeEach
    void promtool() {
        promtool = Promtool.require();
    }

    @Test
    void readsTheConfigurationAndTheRules() throws Exception {
        promtool.accepts("check", "config", "prometheus/prometheus.yml");
    }

    @Test
    void raisesEachAlertWhenItShouldAndOnlyThen() throws Exception {
        promtool.accepts("test", "rules", "src/test/resources/alerts-test.yml");
    }

    @Test
    void fillsEveryPanelWhileTheStackIsUnderLoad() throws Exception {
        evaluate(series("0+3x60", "5x60"), query -> "count((" + query + ") == (" + query + ")) > bool 0", 1);
    }

    @Test
    void showsNoNotANumberWhileTheStackIsIdle() throws Exception {
        evaluate(series("0x60", "0x60"), query -> "count((" + query + ") != (" + query + ")) or vector(0)", 0);
    }

    /** Asks promtool whether each panel's query, wrapped, gives the value at the end of the series. */
    private void evaluate(List<Map<String, String>> series, UnaryOperator<String> wrapping, int expected)
            throws Exception {
        List<Map<String, Object>> questions = new ArrayList<>();
        for (Panel panel : Dashboard.tiers().panels()) {
            for (String query : panel.expressions()) {
                questions.add(Map.of(
                        "expr", wrapping.apply(chosen(query)),
                        "eval_time", "60s",
                        "exp_samples", List.of(Map.of("labels", "{}", "value", expected))));
            }
        }
        write(Map.of(
                "tests", List.of(Map.of("interval", "1s", "input_series", series, "promql_expr_test", questions))));
        promtool.accepts("test", "rules", folder.resolve("panels-test.yml").toString());
    }

    private void write(Map<String, Object> test) throws IOException {
        Files.writeString(folder.resolve("panels-test.yml"), ConfigFile.write(test));
    }

    /** As Grafana would send it with everything chosen. */
    private static String chosen(String query) {
        return query.replace("$__rate_interval", "15s").replace("$tier", ".*").replace("$instance", ".*");
    }

    private static List<Map<String, String>> series(String counter, String gauge) {
        List<Map<String, String>> series = new ArrayList<>();
        for (String instance : INSTANCES) {
            String labels = MetricNames.TIER + "=\"" + instance.substring(0, instance.indexOf('/')) + "\", "
                    + MetricNames.INSTANCE + "=\"" + instance + "\"";
            for (String name : List.of(
                    MetricNames.ARRIVALS,
                    MetricNames.COMPLETIONS,
                    MetricNames.ERRORS,
                    MetricNames.RESIDENCE_SECONDS,
                    MetricNames.QUEUE_SECONDS,
                    MetricNames.DOWNSTREAM_SECONDS)) series.add(one(name, labels, counter));
            series.add(one(MetricNames.IN_FLIGHT, labels, gauge));
            series.add(one(MetricNames.QUEUED, labels, gauge));
            series.add(one(MetricNames.RESOURCE_DROPS, labels + RESOURCE_LABELS, counter));
            series.add(one(MetricNames.RESOURCE_USED, labels + RESOURCE_LABELS, gauge));
            series.add(one(MetricNames.RESOURCE_WAITERS, labels + RESOURCE_LABELS, gauge));
            series.add(one(MetricNames.RESOURCE_CAPACITY, labels + RESOURCE_LABELS, "5x60"));
        }
        return series;
    }

    private static Map<String, String> one(String name, String labels, String values) {
        return Map.of("series", name + "{" + labels + "}", "values", values);
    }
}

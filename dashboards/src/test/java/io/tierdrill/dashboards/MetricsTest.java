package io.tierdrill.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.sample.MetricNames;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked for, against {@link MetricNames}, which is what tiers expose. */
class MetricsTest {
    private static final Pattern METRIC = Pattern.compile("\\btierdrill_[a-z_]+");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Set<String> CONSTANTS = constants();
    private static final Predicate<String> IS_METRIC = METRIC.asMatchPredicate();

    @Test
    void theDashboardAsksOnlyForMetricsThatTiersExpose() throws IOException {
        assertThat(metrics(Dashboard.tiers().queries())).isSubsetOf(exposed());
    }

    @Test
    void theAlertsAskOnlyForMetricsThatTiersExpose() throws IOException {
        assertThat(metrics(alertExpressions())).isNotEmpty().isSubsetOf(exposed());
    }

    @Test
    void everyMetricOfTheTiersIsShownSomewhere() throws IOException {
        assertThat(metrics(Dashboard.tiers().queries())).containsAll(exposed());
    }

    @Test
    void sumsAreTakenOverLabelsThatTheMetricsCarry() throws IOException {
        Set<String> labels = CONSTANTS.stream().filter(IS_METRIC.negate()).collect(Collectors.toSet());
        List<String> queries = Stream.concat(Dashboard.tiers().queries().stream(), alertExpressions().stream())
                .toList();

        Set<String> grouped = queries.stream()
                .flatMap(q -> BY.matcher(q).results())
                .flatMap(by -> Arrays.stream(by.group(1).split(",\\s*")))
                .collect(Collectors.toSet());
        assertThat(grouped).isNotEmpty().isSubsetOf(labels);
    }

    static Set<String> exposed() {
        return CONSTANTS.stream().filter(IS_METRIC).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> metrics(List<String> queries) {
        return queries.stream()
                .flatMap(q -> METRIC.matcher(q).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> alertExpressions() {
        Problems problems = new Problems();
        List<String> expressions =
                ConfigFile.read(Path.of("prometheus", "alerts.yml"), problems).objects("groups").stream()
                        .flatMap(group -> group.objects("rules").stream())
                        .map(rule -> rule.text("expr", ""))
                        .toList();
        assertThat(problems.all()).isEmpty();
        return expressions;
    }

    private static Set<String> constants() {
        return Arrays.stream(MetricNames.class.getFields())
                .map(MetricsTest::value)
                .collect(Collectors.toSet());
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException notPublic) {
            throw new IllegalStateException(notPublic);
        }
    }
}

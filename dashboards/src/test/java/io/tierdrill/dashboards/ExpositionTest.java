package io.tierdrill.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.sample.MetricNames;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.tier.InstanceId;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a tier really answers at {@code /metrics}, against what the panels ask for. */
class ExpositionTest {
    private static final Pattern SERIES = Pattern.compile("(?m)^(tierdrill_\\w+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    @Test
    void aTierExposesEveryMetricAndLabelThatThePanelsAskFor() throws Exception {
        Map<String, Set<String>> exposed = new TreeMap<>();
        SERIES.matcher(scraped()).results().forEach(s -> exposed.put(s.group(1), labels(s.group(2))));

        assertThat(exposed.keySet()).isEqualTo(MetricsTest.exposed());
        assertThat(exposed.values()).allMatch(l -> l.containsAll(Set.of(MetricNames.TIER, MetricNames.INSTANCE)));
        assertThat(exposed.get(MetricNames.RESOURCE_USED))
                .contains(MetricNames.RESOURCE, MetricNames.KIND, MetricNames.SETTING);
    }

    private static Set<String> labels(String braces) {
        return new TreeSet<>(LABEL.matcher(braces)
                .results()
                .map((MatchResult l) -> l.group(1))
                .toList());
    }

    private static String scraped() throws Exception {
        try (TierTelemetry tier = TierTelemetry.start(new InstanceId("l7", 1), InetAddress.getLoopbackAddress())) {
            tier.resource("pool", ResourceKind.POOL, 5, "stack.l7.connectionsPerUpstream", () -> 1, () -> 0, () -> 0);
            URI metrics = URI.create("http://127.0.0.1:" + tier.admin().getPort() + "/metrics");
            HttpRequest request = HttpRequest.newBuilder(metrics)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}

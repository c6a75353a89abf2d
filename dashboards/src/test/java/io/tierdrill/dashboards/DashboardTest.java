package io.tierdrill.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.dashboards.Dashboard.Panel;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DashboardTest {
    private final Dashboard tiers;

    DashboardTest() throws IOException {
        tiers = Dashboard.tiers();
    }

    @Test
    void keepsItsAddress() {
        assertThat(tiers.json().get("uid").asString()).isEqualTo("tierdrill-tiers");
        assertThat(tiers.json().get("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
        assertThat(tiers.json().get("title").asString()).isNotBlank();
    }

    @Test
    void givesEveryPanelAnIdOfItsOwn() {
        List<Integer> ids =
                tiers.allPanels().stream().map(p -> p.json().get("id").asInt()).toList();

        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void laysPanelsSideBySideWithinTheGrid() {
        List<Panel> panels = tiers.allPanels();
        for (int i = 0; i < panels.size(); i++) {
            Panel panel = panels.get(i);
            assertThat(panel.at("x") + panel.at("w"))
                    .as("right edge of " + panel)
                    .isBetween(1, 24);
            assertThat(panels.subList(i + 1, panels.size()))
                    .as("beside " + panel)
                    .noneMatch(panel::overlaps);
        }
    }

    @Test
    void saysOfEveryPanelWhatItShowsInWhichUnit() {
        assertThat(tiers.panels()).allSatisfy(panel -> {
            assertThat(panel.title()).isNotBlank();
            assertThat(panel.description()).endsWith(".").hasSizeGreaterThan(30);
            assertThat(panel.unit()).isIn("none", "ops", "s", "percentunit");
            assertThat(panel.targets()).isNotEmpty();
        });
    }

    @Test
    void usesOnlyPanelsThatGrafanaHasKeptForYears() {
        Set<String> types = tiers.allPanels().stream().map(Panel::type).collect(Collectors.toSet());

        assertThat(types).isSubsetOf("row", "timeseries", "stat", "table");
    }

    @Test
    void asksTheChosenDataSourceEverywhere() {
        Stream<JsonNode> panels = tiers.panels().stream().map(Panel::json);
        Stream<JsonNode> targets = tiers.panels().stream().flatMap(p -> p.targets().stream());
        Stream<JsonNode> queries =
                tiers.variables().stream().filter(v -> v.get("type").asString().equals("query"));

        assertThat(Stream.of(panels, targets, queries).flatMap(s -> s))
                .allSatisfy(node ->
                        assertThat(node.at("/datasource/uid").asString()).isEqualTo("${datasource}"));
        assertThat(tiers.variables())
                .extracting(v -> v.get("name").asString())
                .containsExactly("datasource", "tier", "instance");
    }

    @Test
    void followsTheChosenTiersAndInstancesInEveryQuery() {
        for (Panel panel : tiers.panels()) {
            assertThat(panel.expressions()).as(panel.title()).allSatisfy(query -> {
                assertThat(withoutChoice(query)).doesNotContainPattern("tierdrill_\\w+");
            });
        }
    }

    @Test
    void measuresRatesOverTheIntervalThatGrafanaComputes() {
        assertThat(tiers.panels()).flatExtracting(Panel::expressions).allSatisfy(query -> {
            assertThat(query.replace("[$__rate_interval]", "")).doesNotContain("[");
            assertThat(query.split("rate\\(", -1)).hasSameSizeAs(query.split("\\[\\$__rate_interval]", -1));
        });
    }

    /** The query less every selector that names both choices. */
    private static String withoutChoice(String query) {
        return query.replaceAll("tierdrill_\\w+\\{tier=~\"\\$tier\", instance=~\"\\$instance\"}", "");
    }
}

package io.tierdrill.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A Grafana dashboard in the classic JSON form, as far as the tests ask. */
record Dashboard(JsonNode json) {
    static final Path TIERS = Path.of("grafana", "tiers.json");

    static Dashboard tiers() throws IOException {
        return new Dashboard(new ObjectMapper().readTree(Files.readString(TIERS)));
    }

    /** Every panel that shows something; rows only separate. */
    List<Panel> panels() {
        return allPanels().stream().filter(p -> !p.type().equals("row")).toList();
    }

    List<Panel> allPanels() {
        return stream(json.get("panels")).map(Panel::new).toList();
    }

    List<JsonNode> variables() {
        return stream(json.get("templating").get("list")).toList();
    }

    /** Every PromQL expression, of panels and of variables. */
    List<String> queries() {
        Stream<String> ofPanels = panels().stream().flatMap(p -> p.expressions().stream());
        Stream<String> ofVariables =
                variables().stream().map(v -> v.path("definition").asString(""));
        return Stream.concat(ofPanels, ofVariables).filter(q -> !q.isEmpty()).toList();
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return array.valueStream();
    }

    record Panel(JsonNode json) {
        String title() {
            return json.path("title").asString("");
        }

        String type() {
            return json.get("type").asString();
        }

        String description() {
            return json.path("description").asString("");
        }

        String unit() {
            return json.path("fieldConfig").path("defaults").path("unit").asString("");
        }

        List<JsonNode> targets() {
            return stream(json.get("targets")).toList();
        }

        List<String> expressions() {
            return targets().stream().map(t -> t.get("expr").asString()).toList();
        }

        int at(String key) {
            return json.get("gridPos").get(key).asInt();
        }

        boolean overlaps(Panel other) {
            return at("x") < other.at("x") + other.at("w")
                    && other.at("x") < at("x") + at("w")
                    && at("y") < other.at("y") + other.at("h")
                    && other.at("y") < at("y") + at("h");
        }

        @Override
        public String toString() {
            return title();
        }
    }
}

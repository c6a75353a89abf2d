package io.tierdrill.load.rules;

import io.tierdrill.load.match.PathPattern;
import io.tierdrill.load.match.Take;
import io.tierdrill.load.match.When;
import io.tierdrill.model.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rule of {@code correlate}: a value taken from answers replaces the recorded one wherever the same user sends it
 * later.
 *
 * @param name what the newest value is called in gaps of {@code rewrite}
 * @param from requests whose answers hold the value
 * @param take where in them
 * @param into where the recorded value stands in later requests
 * @param latest whether the newest value always goes in; otherwise each recorded value keeps the one it met first
 */
public record CorrelationRule(String name, When from, Take take, Into into, boolean latest) {

    /**
     * Places in a request; those that are written count.
     *
     * @param path a pattern with one named gap, where the value stands
     * @param query the name of a parameter
     * @param header the name of a header, whose whole value it is
     * @param cookie the name of a cookie
     * @param form the name of a field in a form
     * @param json a pointer into a JSON body
     */
    public record Into(
            Optional<PathPattern> path,
            Optional<String> query,
            Optional<String> header,
            Optional<String> cookie,
            Optional<String> form,
            Optional<String> json) {
        private static final Into NOWHERE = new Into(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        static Into from(ConfigNode node) {
            Optional<PathPattern> path = When.path(node, "path").filter(p -> oneGap(node, p));
            Optional<String> header = node.optionalText("header").filter(h -> Texts.headerName(node, "header", h));
            Optional<String> json = node.optionalText("json").filter(p -> pointer(node, p));
            var into = new Into(
                    path,
                    node.optionalText("query"),
                    header,
                    node.optionalText("cookie"),
                    node.optionalText("form"),
                    json);
            node.finish();
            return into;
        }

        private static boolean oneGap(ConfigNode node, PathPattern path) {
            if (path.names().size() == 1) return true;
            String help = "Write one {name} where the value stands, and * for other parts, such as /shops/*/cart/{id}.";
            node.problem("path", "has " + path.names().size() + " named parts", help);
            return false;
        }

        private static boolean pointer(ConfigNode node, String text) {
            if (Take.isPointer(text)) return true;
            node.problem("json", "cannot use \"" + Texts.visible(text) + "\"", Take.POINTER_HELP);
            return false;
        }

        Map<String, Object> toMap() {
            var map = new LinkedHashMap<String, Object>();
            path.ifPresent(v -> map.put("path", v.toString()));
            query.ifPresent(v -> map.put("query", v));
            header.ifPresent(v -> map.put("header", v));
            cookie.ifPresent(v -> map.put("cookie", v));
            form.ifPresent(v -> map.put("form", v));
            json.ifPresent(v -> map.put("json", v));
            return map;
        }
    }

    /** @param index of the rule, for a name where none is written */
    static CorrelationRule from(ConfigNode node, int index) {
        ConfigNode from = node.object("from");
        Take take = Take.from(from);
        When when = When.from(from);
        boolean named = node.has("name");
        String name = LoginConfig.name(node, "name", "value" + (index + 1));
        boolean somewhere = node.has("into");
        Into into = Into.from(node.object("into"));
        boolean latest = node.word("use", "paired", List.of("paired", "latest")).equals("latest");
        if (!named && !somewhere) {
            String help = "Add 'into:' with path, query, header, cookie, form or json; or a name for use as ${name}.";
            node.problem("into", "is missing", help);
        }
        node.finish();
        return new CorrelationRule(name, when, take, into, latest);
    }

    /** Whether it puts the value anywhere itself. */
    boolean replaces() {
        return !into.equals(Into.NOWHERE);
    }

    /** As written in a scenario. */
    Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", name);
        var taken = new LinkedHashMap<>(from.toMap());
        take.putInto(taken);
        map.put("from", taken);
        if (replaces()) map.put("into", into.toMap());
        map.put("use", latest ? "latest" : "paired");
        return map;
    }

    /** Names that several rules share would hide each other. */
    static Stream<String> names(List<CorrelationRule> rules) {
        return rules.stream().map(CorrelationRule::name);
    }
}

package io.tierdrill.load.rules;

import io.tierdrill.load.match.SafePattern;
import io.tierdrill.load.match.When;
import io.tierdrill.model.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rule of {@code rewrite}: what is changed in which requests. Texts may have gaps, see {@link Template}.
 *
 * @param host the authority to send, for all; empty to leave it
 * @param hosts recorded host, empty where none was, to the one to send; tried before {@code host}
 * @param path what becomes of the path, without its query
 * @param set headers with their new value, whether they were there or not
 * @param add headers added to those that are there
 * @param remove headers left out
 * @param setQuery parameters with their new value
 * @param removeQuery parameters left out
 */
public record RewriteRule(
        When when,
        Optional<String> host,
        Map<String, String> hosts,
        Optional<PathChange> path,
        Map<String, String> set,
        Map<String, String> add,
        List<String> remove,
        Map<String, String> setQuery,
        List<String> removeQuery) {

    /**
     * @param prefix replaced where the path begins with it; or empty, and
     * @param regex what is replaced, the first time it is found; groups are {@code $1} to {@code $9}
     * @param with what it becomes
     */
    public record PathChange(Optional<String> prefix, Optional<String> regex, String with) {}

    /** @param names what gaps may be called */
    static RewriteRule from(ConfigNode node, List<String> names) {
        boolean changes =
                List.of("host", "hosts", "path", "headers", "query").stream().anyMatch(node::has);
        ConfigNode headers = node.object("headers");
        ConfigNode query = node.object("query");
        var rule = new RewriteRule(
                When.from(node.object("when")),
                Texts.host(node, "host"),
                hosts(node),
                node.has("path") ? path(node.object("path"), names) : Optional.empty(),
                Texts.headers(headers, "set", names),
                Texts.headers(headers, "add", names),
                Texts.headerNames(headers, "remove"),
                parameters(query, names),
                query.oneOrMoreTexts("remove"));
        headers.finish();
        query.finish();
        node.finish();
        if (!changes)
            node.problem(
                    "when", "says nothing of what to change", "Add host, hosts, path, headers or query beside it.");
        return rule;
    }

    private static Map<String, String> hosts(ConfigNode node) {
        Map<String, String> hosts = node.textsByName("hosts");
        hosts.forEach((from, to) -> Texts.hostName(node, "hosts." + from, to));
        return hosts;
    }

    private static Map<String, String> parameters(ConfigNode query, List<String> names) {
        Map<String, String> set = query.textsByName("set");
        set.forEach((name, value) -> Texts.value(query, "set." + name, value, names));
        return set;
    }

    private static Optional<PathChange> path(ConfigNode node, List<String> names) {
        Optional<String> prefix = node.optionalText("prefix");
        Optional<String> regex = node.optionalText("regex");
        String with = node.text("with", "");
        node.finish();
        if (prefix.isPresent() == regex.isPresent()) {
            String found = prefix.isPresent() ? "stands beside a prefix" : "is missing, and so is a prefix";
            node.problem("regex", found, "Keep one of prefix and regex; 'with:' is what it becomes.");
            return Optional.empty();
        }
        boolean good =
                Texts.value(node, "with", with, names) && (regex.isEmpty() || regexFits(node, regex.get(), with));
        return good ? Optional.of(new PathChange(prefix, regex, with)) : Optional.empty();
    }

    private static boolean regexFits(ConfigNode node, String regex, String with) {
        Optional<String> fault = SafePattern.fault(regex);
        if (fault.isPresent()) {
            node.problem("regex", "cannot use \"" + Texts.visible(regex) + "\"", allowedRegex(fault.get()));
            return false;
        }
        int groups = SafePattern.of(regex).groups();
        int wanted = new Template(with).highestGroup();
        if (wanted <= groups) return true;
        node.problem("with", "refers to $" + wanted + ", and the expression has " + groups + " groups", "");
        return false;
    }

    private static String allowedRegex(String fault) {
        return "Allowed: a regular expression of Java; " + fault + ".";
    }

    /** Names of the values its texts need. */
    List<String> names() {
        return Stream.of(
                        set.values(),
                        add.values(),
                        setQuery.values(),
                        path.stream().map(PathChange::with).toList())
                .flatMap(texts -> texts.stream().flatMap(t -> new Template(t).names().stream()))
                .distinct()
                .toList();
    }

    /** As written in a scenario. */
    Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        put(map, "when", when.toMap());
        host.ifPresent(h -> map.put("host", h));
        put(map, "hosts", hosts);
        path.ifPresent(p -> {
            var change = new LinkedHashMap<String, Object>();
            p.prefix().ifPresent(prefix -> change.put("prefix", prefix));
            p.regex().ifPresent(regex -> change.put("regex", regex));
            change.put("with", p.with());
            map.put("path", change);
        });
        var headers = new LinkedHashMap<String, Object>();
        put(headers, "set", set);
        put(headers, "add", add);
        if (!remove.isEmpty()) headers.put("remove", remove);
        put(map, "headers", headers);
        var query = new LinkedHashMap<String, Object>();
        put(query, "set", setQuery);
        if (!removeQuery.isEmpty()) query.put("remove", removeQuery);
        put(map, "query", query);
        return map;
    }

    private static void put(Map<String, Object> map, String key, Map<String, ?> value) {
        if (!value.isEmpty()) map.put(key, value);
    }
}

package io.tierdrill.load.check;

import io.tierdrill.load.match.SafePattern;
import io.tierdrill.load.match.When;
import io.tierdrill.model.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rule of {@code check.rules}: what answers to these requests must be. The first rule that is about a request counts.
 *
 * @param status allowed, each three digits or such as {@code 2xx}; empty for what {@code check.status} says
 * @param headers that must be there, by name; the value must begin with this
 * @param bodyContains a text the body must hold
 * @param bodyMatches a regular expression that must be found in it
 * @param minBytes of the body, if that counts
 * @param maxBytes of the body, if that counts
 */
public record CheckRule(
        When when,
        List<String> status,
        Map<String, String> headers,
        Optional<String> bodyContains,
        Optional<String> bodyMatches,
        Optional<Long> minBytes,
        Optional<Long> maxBytes) {
    private static final String STATUS = "[1-5]([0-9][0-9]|xx)";
    private static final List<String> ASKED =
            List.of("status", "header", "bodyContains", "bodyMatches", "minBytes", "maxBytes");
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    public CheckRule {
        status = List.copyOf(status);
    }

    static CheckRule from(ConfigNode node) {
        boolean asks = ASKED.stream().anyMatch(node::has);
        var rule = new CheckRule(
                When.from(node.object("when")),
                statuses(node),
                headers(node),
                node.optionalText("bodyContains").filter(t -> !t.isEmpty()),
                node.optionalText("bodyMatches").filter(r -> isRegex(node, "bodyMatches", r)),
                size(node, "minBytes"),
                size(node, "maxBytes"));
        node.finish();
        if (!asks)
            node.problem(
                    "when",
                    "says nothing of what the answer must be",
                    "Add status, header, bodyContains, bodyMatches, minBytes or maxBytes beside it.");
        if (rule.minBytes.isPresent() && rule.maxBytes.isPresent() && rule.minBytes.get() > rule.maxBytes.get())
            node.problem("minBytes", "is more than maxBytes", "");
        return rule;
    }

    private static List<String> statuses(ConfigNode node) {
        List<String> found = node.oneOrMoreTexts("status");
        for (String status : found)
            if (!status.matches(STATUS))
                node.problem(
                        "status", "cannot use \"" + status + "\"", "Allowed: statuses, such as [200, 304] or 2xx.");
        return found.stream().filter(s -> s.matches(STATUS)).toList();
    }

    private static Map<String, String> headers(ConfigNode node) {
        Map<String, String> headers = node.textsByName("header");
        for (String name : headers.keySet())
            if (!name.matches(TOKEN))
                node.problem("header." + name, "is not the name of a header", "Such as content-type.");
        return headers;
    }

    static boolean isRegex(ConfigNode node, String key, String regex) {
        Optional<String> fault = SafePattern.fault(regex);
        fault.ifPresent(f ->
                node.problem(key, "cannot use \"" + regex + "\"", "Allowed: a regular expression of Java; " + f + "."));
        return fault.isEmpty();
    }

    private static Optional<Long> size(ConfigNode node, String key) {
        return node.has(key) ? Optional.of(node.bytes(key, 0)) : Optional.empty();
    }

    /** Whether the sender must tell of headers or bodies. */
    boolean needsBodies() {
        return !headers.isEmpty() || bodyContains.isPresent() || bodyMatches.isPresent();
    }

    /** Whether the body itself must be kept. */
    boolean readsBody() {
        return bodyContains.isPresent() || bodyMatches.isPresent();
    }

    boolean allows(int found) {
        for (int i = 0; i < status.size(); i++) {
            String s = status.get(i);
            if (s.charAt(0) - '0' != found / 100) continue;
            if (s.charAt(1) == 'x' || (s.charAt(1) - '0') * 10 + s.charAt(2) - '0' == found % 100) return true;
        }
        return false;
    }

    boolean allowsBytes(long bytes) {
        if (minBytes.isPresent() && bytes < minBytes.get()) return false;
        return maxBytes.isEmpty() || bytes <= maxBytes.get(); // Not orElse: that would make a Long for each answer.
    }

    /** As written in a scenario. */
    Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        if (!when.toMap().isEmpty()) map.put("when", when.toMap());
        if (!status.isEmpty()) map.put("status", status);
        if (!headers.isEmpty()) map.put("header", headers);
        bodyContains.ifPresent(text -> map.put("bodyContains", text));
        bodyMatches.ifPresent(regex -> map.put("bodyMatches", regex));
        minBytes.ifPresent(n -> map.put("minBytes", n));
        maxBytes.ifPresent(n -> map.put("maxBytes", n));
        return map;
    }
}

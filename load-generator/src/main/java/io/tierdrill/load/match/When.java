package io.tierdrill.load.match;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.trace.RequestRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests a rule is about: those that fit everything written.
 *
 * @param methods one of these; empty for any
 * @param host the recorded host, without its port where this names none, in lower case; {@code *.example.com} for all below
 * @param path the path without its query
 */
public record When(List<String> methods, Optional<String> host, Optional<PathPattern> path) {
    private static final String METHOD = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,30}";
    private static final When ANY = new When(List.of(), Optional.empty(), Optional.empty());

    public When {
        methods = List.copyOf(methods);
    }

    /** Every request. */
    public static When any() {
        return ANY;
    }

    /** Reads a mapping of conditions; mistakes become problems of the node's document. */
    public static When from(ConfigNode node) {
        List<String> methods = methods(node);
        Optional<String> host = node.optionalText("host").map(h -> h.toLowerCase(Locale.ROOT));
        Optional<PathPattern> path = path(node, "path");
        node.finish();
        return new When(methods, host, path);
    }

    private static List<String> methods(ConfigNode node) {
        List<String> methods = node.oneOrMoreTexts("method");
        for (String method : methods)
            if (!method.matches(METHOD))
                node.problem("method", "cannot use \"" + method + "\"", "Allowed: methods, such as [GET, POST].");
        return methods;
    }

    /** A pattern of a path where one is written; what is none becomes a problem. */
    public static Optional<PathPattern> path(ConfigNode node, String key) {
        Optional<String> text = node.optionalText(key);
        Optional<PathPattern> path = text.flatMap(PathPattern::parse);
        if (text.isPresent() && path.isEmpty())
            node.problem(key, "cannot use \"" + text.get() + "\"", "Allowed: " + PathPattern.ALLOWED + ".");
        return path;
    }

    public boolean matches(RequestRecord request) {
        if (!methods.isEmpty() && !methods.contains(request.method())) return false;
        if (host.isPresent() && !hostIs(request.authority())) return false;
        return path.isEmpty() || path.get().matches(PathPattern.pathOf(request.path()));
    }

    private boolean hostIs(String authority) {
        String wanted = host.get();
        String found = authority.toLowerCase(Locale.ROOT);
        if (wanted.startsWith("*.")) return hostOnly(found).endsWith(wanted.substring(1));
        return found.equals(wanted) || hostOnly(found).equals(wanted);
    }

    /** Without the port; an IPv6 address keeps its brackets. */
    public static String hostOnly(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 || authority.endsWith("]") ? authority : authority.substring(0, colon);
    }

    /** As written in a scenario. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        if (!methods.isEmpty()) map.put("method", methods);
        host.ifPresent(h -> map.put("host", h));
        path.ifPresent(p -> map.put("path", p.toString()));
        return map;
    }
}

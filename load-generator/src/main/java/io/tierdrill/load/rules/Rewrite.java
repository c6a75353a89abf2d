package io.tierdrill.load.rules;

import io.tierdrill.load.match.PathPattern;
import io.tierdrill.load.match.SafePattern;
import io.tierdrill.load.match.When;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;

/** A rule ready to be applied. It is applied whole or, where a value it needs is not known yet, not at all. */
final class Rewrite {
    private final RewriteRule rule;
    private final Map<String, String> hosts = new LinkedHashMap<>();
    private final Optional<SafePattern> regex;
    private final Optional<Template> with;
    private final Map<String, Template> set;
    private final Map<String, Template> add;
    private final Map<String, Template> setQuery;

    Rewrite(RewriteRule rule) {
        this.rule = rule;
        rule.hosts().forEach((from, to) -> hosts.put(from.toLowerCase(Locale.ROOT), to));
        regex = rule.path().flatMap(RewriteRule.PathChange::regex).map(SafePattern::of);
        with = rule.path().map(p -> new Template(p.with()));
        set = templates(rule.set());
        add = templates(rule.add());
        setQuery = templates(rule.setQuery());
    }

    private static Map<String, Template> templates(Map<String, String> texts) {
        var templates = new LinkedHashMap<String, Template>();
        texts.forEach((name, text) -> templates.put(name, new Template(text)));
        return templates;
    }

    When when() {
        return rule.when();
    }

    /**
     * The request as the rule wants it; equal to what it was where the rule finds nothing to change, and empty where a
     * value is missing.
     */
    Optional<RequestRecord> apply(RequestRecord r, Function<String, Optional<String>> values) {
        Optional<String> path = path(r.path(), values);
        Optional<List<Header>> headers = headers(r.headers(), values);
        if (path.isEmpty() || headers.isEmpty()) return Optional.empty();
        return Optional.of(Requests.changed(r, host(r.authority()), path.get(), headers.get()));
    }

    private String host(String recorded) {
        String lower = recorded.toLowerCase(Locale.ROOT);
        String mapped = hosts.get(lower);
        if (mapped == null) mapped = hosts.get(When.hostOnly(lower));
        return mapped != null ? mapped : rule.host().orElse(recorded);
    }

    private Optional<String> path(String target, Function<String, Optional<String>> values) {
        String path = PathPattern.pathOf(target);
        String query = target.substring(path.length());
        Optional<String> changed = path(path, with, values);
        if (changed.isEmpty()) return Optional.empty();
        Optional<Map<String, String>> parameters = filled(setQuery, values, Template::plain);
        parameters.ifPresent(all -> all.replaceAll((name, value) -> Template.url(value)));
        if (parameters.isEmpty()) return Optional.empty();
        boolean sameQuery = setQuery.isEmpty() && rule.removeQuery().isEmpty();
        return Optional.of(
                changed.get() + (sameQuery ? query : Query.changed(query, parameters.get(), rule.removeQuery())));
    }

    private Optional<String> path(String path, Optional<Template> template, Function<String, Optional<String>> values) {
        if (template.isEmpty()) return Optional.of(path);
        int start = 0;
        int end;
        Optional<MatchResult> match = Optional.empty();
        if (regex.isPresent()) {
            match = regex.get().find(path);
            if (match.isEmpty()) return Optional.of(path);
            start = match.get().start();
            end = match.get().end();
        } else {
            String prefix = rule.path().orElseThrow().prefix().orElseThrow();
            if (!path.startsWith(prefix)) return Optional.of(path);
            end = prefix.length();
        }
        String before = path.substring(0, start);
        String after = path.substring(end);
        return template.get()
                .fill(values, Template::url, match)
                .map(middle -> Requests.origin(before + middle + after));
    }

    private Optional<List<Header>> headers(List<Header> recorded, Function<String, Optional<String>> values) {
        if (set.isEmpty() && add.isEmpty() && rule.remove().isEmpty()) return Optional.of(recorded);
        Optional<Map<String, String>> toSet = filled(set, values, Template::plain);
        Optional<Map<String, String>> toAdd = filled(add, values, Template::plain);
        if (toSet.isEmpty() || toAdd.isEmpty()) return Optional.empty();
        List<Header> headers = new ArrayList<>(recorded);
        for (String name : rule.remove()) headers.removeIf(h -> h.name().equalsIgnoreCase(name));
        toSet.get().forEach((name, value) -> Requests.setHeader(headers, name, value));
        toAdd.get().forEach((name, value) -> headers.add(new Header(name, value)));
        return Optional.of(headers);
    }

    private static Optional<Map<String, String>> filled(
            Map<String, Template> templates, Function<String, Optional<String>> values, UnaryOperator<String> form) {
        var filled = new LinkedHashMap<String, String>();
        for (Map.Entry<String, Template> entry : templates.entrySet()) {
            Optional<String> value = entry.getValue().fill(values, form);
            if (value.isEmpty()) return Optional.empty();
            filled.put(entry.getKey(), value.get());
        }
        return Optional.of(filled);
    }
}

package io.tierdrill.load.rules;

import io.tierdrill.load.match.PathPattern;
import io.tierdrill.load.match.Take;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A rule of {@code correlate} ready to be applied. */
final class Correlation {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final CorrelationRule rule;
    final RuleCount count;
    final Take.Finder finder;

    Correlation(CorrelationRule rule, RuleCount count) {
        this.rule = rule;
        this.count = count;
        this.finder = rule.take().finder();
    }

    /** The request with the values of this user; the same where it holds none of those the rule is about. */
    RequestRecord apply(RequestRecord request, Pairing pairing) {
        if (!rule.replaces()) return request;
        Function<String, Optional<String>> instead = recorded -> {
            Optional<String> value = rule.latest() ? pairing.newest() : pairing.instead(recorded);
            if (value.isEmpty())
                count.missed(
                        count.neverMissed() ? Sessions.line(request) + ": no value was taken for this user yet" : "");
            return value;
        };
        RequestRecord changed = head(request, instead);
        changed = body(changed, instead);
        if (changed != request) count.applied();
        return changed;
    }

    private RequestRecord head(RequestRecord r, Function<String, Optional<String>> instead) {
        String path = path(r.path(), instead);
        path = query(path, instead);
        List<Header> headers = headers(r.headers(), instead);
        if (path.equals(r.path()) && headers.equals(r.headers())) return r;
        return Requests.changed(r, r.authority(), path, headers);
    }

    private String path(String target, Function<String, Optional<String>> instead) {
        if (rule.into().path().isEmpty()) return target;
        PathPattern pattern = rule.into().path().get();
        Optional<int[]> gap =
                pattern.find(PathPattern.pathOf(target), pattern.names().get(0));
        if (gap.isEmpty()) return target;
        int start = gap.get()[0];
        int end = gap.get()[1];
        return instead.apply(Query.decoded(target.substring(start, end)))
                .map(value -> target.substring(0, start) + Template.url(value) + target.substring(end))
                .orElse(target);
    }

    private String query(String target, Function<String, Optional<String>> instead) {
        int question = target.indexOf('?');
        if (rule.into().query().isEmpty() || question < 0) return target;
        String name = rule.into().query().get();
        return Query.value(target.substring(question + 1), name)
                .flatMap(instead)
                .map(value -> target.substring(0, question)
                        + Query.changed(target.substring(question), Map.of(name, Template.url(value)), List.of()))
                .orElse(target);
    }

    private List<Header> headers(List<Header> recorded, Function<String, Optional<String>> instead) {
        if (rule.into().header().isEmpty() && rule.into().cookie().isEmpty()) return recorded;
        List<Header> headers = new ArrayList<>(recorded);
        headers.replaceAll(header -> {
            if (rule.into().header().filter(header.name()::equalsIgnoreCase).isPresent())
                return instead.apply(header.value())
                        .map(v -> new Header(header.name(), v))
                        .orElse(header);
            boolean cookie = rule.into().cookie().isPresent() && header.name().equalsIgnoreCase("cookie");
            return cookie ? new Header(header.name(), cookies(header.value(), instead)) : header;
        });
        return headers;
    }

    private String cookies(String header, Function<String, Optional<String>> instead) {
        Map<String, String> pairs = CookieJar.pairs(header);
        String name = rule.into().cookie().orElseThrow();
        if (!pairs.containsKey(name)) return header;
        Optional<String> value = instead.apply(pairs.get(name)).filter(v -> v.indexOf(';') < 0);
        if (value.isEmpty()) return header;
        pairs.put(name, value.get());
        return CookieJar.joined(pairs);
    }

    private RequestRecord body(RequestRecord r, Function<String, Optional<String>> instead) {
        boolean whole =
                r.body().size() > 0 && r.body().bytes().length == r.body().size();
        if (!whole || rule.into().form().isEmpty() && rule.into().json().isEmpty()) return r;
        String text = new String(r.body().bytes(), StandardCharsets.UTF_8);
        Optional<String> changed = rule.into().form().flatMap(name -> form(text, name, instead));
        if (changed.isEmpty()) changed = rule.into().json().flatMap(pointer -> json(text, pointer, instead));
        if (changed.isEmpty()) return r;
        Body body = Body.of(changed.get().getBytes(StandardCharsets.UTF_8));
        return Requests.changed(r, r.authority(), r.path(), r.headers(), body);
    }

    private static Optional<String> form(String text, String name, Function<String, Optional<String>> instead) {
        return Query.value(text, name)
                .flatMap(instead)
                .map(value -> Query.changedForm(text, Map.of(name, Template.url(value)), List.of()));
    }

    private static Optional<String> json(String text, String pointer, Function<String, Optional<String>> instead) {
        try {
            JsonNode root = JSON.readTree(text);
            JsonPointer at = JsonPointer.compile(pointer);
            JsonNode recorded = root.at(at);
            if (!recorded.isValueNode() || recorded.isNull()) return Optional.empty();
            if (!(root.at(at.head()) instanceof ObjectNode parent)) return Optional.empty();
            Optional<String> value = instead.apply(recorded.asString());
            if (value.isEmpty()) return Optional.empty();
            parent.set(at.last().getMatchingProperty(), node(value.get(), recorded.isNumber()));
            return Optional.of(JSON.writeValueAsString(root));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static JsonNode node(String value, boolean number) {
        boolean whole = number && value.matches("-?(0|[1-9][0-9]{0,17})");
        return whole
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
                : JsonNodeFactory.instance.stringNode(value);
    }
}

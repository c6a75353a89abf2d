package io.tierdrill.load.rules;

import io.tierdrill.load.match.Take;
import io.tierdrill.model.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The settings under {@code login}: a request sent before a user's first, whose answer holds a value for the later ones.
 *
 * @param method of that request
 * @param host its authority; empty for the one the user's request goes to
 * @param path may have gaps for user and client, as may the headers and the body
 * @param take where the value stands in its answer
 * @param as what the value is called in gaps
 * @param once for everybody together instead of for each user
 * @param again statuses of other answers after which the user logs in once more
 */
public record LoginConfig(
        String method,
        Optional<String> host,
        String path,
        Map<String, String> headers,
        String body,
        Take take,
        String as,
        boolean once,
        List<Integer> again) {
    static final String DEFAULT_NAME = "token";

    private static final String NAME = "[A-Za-z][A-Za-z0-9_]*";

    static LoginConfig from(ConfigNode node) {
        List<String> names = Texts.STATIC_NAMES;
        ConfigNode take = node.object("take");
        String body = node.text("body", "");
        Texts.gaps(node, "body", body, names);
        var config = new LoginConfig(
                method(node),
                Texts.host(node, "host"),
                path(node, names),
                Texts.headers(node, "headers", names),
                body,
                Take.from(take),
                name(node, "as", DEFAULT_NAME),
                node.word("for", "user", List.of("user", "all")).equals("all"),
                statuses(node));
        take.finish();
        node.finish();
        return config;
    }

    private static String method(ConfigNode node) {
        String method = node.text("method", "POST");
        if (method.matches("[A-Z]{1,20}")) return method;
        node.problem("method", "cannot use \"" + Texts.visible(method) + "\"", "Allowed: a method, such as POST.");
        return "POST";
    }

    private static String path(ConfigNode node, List<String> names) {
        String path = node.requiredText("path");
        if (path.startsWith("/") && path.chars().noneMatch(c -> c <= ' ' || c == 0x7f)) {
            Texts.gaps(node, "path", path, names);
            return path;
        }
        if (!path.isEmpty())
            node.problem("path", "cannot use \"" + Texts.visible(path) + "\"", "Allowed: a path starting with '/'.");
        return "/";
    }

    /** What a value is called: one that no recorded fact has. */
    static String name(ConfigNode node, String key, String otherwise) {
        String name = node.text(key, otherwise);
        if (name.matches(NAME) && !Texts.STATIC_NAMES.contains(name)) return name;
        String taken =
                Texts.STATIC_NAMES.contains(name) ? " other than " + String.join(" and ", Texts.STATIC_NAMES) : "";
        node.problem(
                key,
                "cannot use \"" + Texts.visible(name) + "\"",
                "Allowed: a word of letters and digits" + taken + ".");
        return otherwise;
    }

    private static List<Integer> statuses(ConfigNode node) {
        if (!node.has("again")) return List.of(401);
        List<Integer> again = new ArrayList<>();
        List<String> texts = node.oneOrMoreTexts("again");
        for (String text : texts) {
            if (text.matches("[1-5][0-9][0-9]")) again.add(Integer.parseInt(text));
            else
                node.problem(
                        "again", "cannot use \"" + Texts.visible(text) + "\"", "Allowed: statuses, such as [401].");
        }
        return again;
    }

    boolean isAgain(int status) {
        return IntStream.range(0, again.size()).anyMatch(i -> again.get(i) == status);
    }

    /** As written in a scenario. */
    Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("method", method);
        host.ifPresent(h -> map.put("host", h));
        map.put("path", path);
        if (!headers.isEmpty()) map.put("headers", headers);
        if (!body.isEmpty()) map.put("body", body);
        var taken = new LinkedHashMap<String, Object>();
        take.putInto(taken);
        map.put("take", taken);
        map.put("as", as);
        map.put("for", once ? "all" : "user");
        map.put("again", again);
        return map;
    }
}

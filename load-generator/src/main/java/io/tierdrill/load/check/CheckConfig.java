package io.tierdrill.load.check;

import io.tierdrill.load.match.Take;
import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings under {@code load.check}.
 *
 * @param status whether it must be the recorded one, of the same class (2xx, 3xx ...), or anything
 * @param length whether the body must be as long as recorded
 * @param lengthTolerance by how much it may differ, as a share of the recorded length
 * @param baseline answers kept by an earlier run that these must equal
 * @param keep where this run's answers are kept for a later one
 * @param keepBytes the most that file may take before compression of any kind
 * @param ignore what may differ from the baseline: JSON pointers, in which {@code *} is any name, and for text regular
 *     expressions
 * @param limit the share of mismatches from which on the run fails; 0 for one
 * @param rules the first that is about a request goes before the recording
 */
public record CheckConfig(
        Status status,
        boolean length,
        double lengthTolerance,
        Optional<Path> baseline,
        Optional<Path> keep,
        long keepBytes,
        List<String> ignore,
        double limit,
        List<CheckRule> rules) {
    static final int MOST_RULES = 1_000;
    private static final long KEEP_BYTES = 64L << 20;
    private static final List<String> WORDS = List.of("recorded", "class", "off");

    /** What a status is held against. */
    public enum Status {
        RECORDED,
        CLASS,
        OFF
    }

    public CheckConfig {
        ignore = List.copyOf(ignore);
        rules = List.copyOf(rules);
        if (!(limit >= 0 && limit <= 1)) throw new IllegalArgumentException("limit must be 0 to 1, was " + limit);
    }

    /** Recorded statuses, and nothing else. */
    public static CheckConfig ofStatus() {
        return new CheckConfig(
                Status.RECORDED, false, 0, Optional.empty(), Optional.empty(), KEEP_BYTES, List.of(), 0, List.of());
    }

    /** @param folder where relative files are looked for: the scenario's */
    public static CheckConfig from(ConfigNode node, Path folder) {
        Status status = Status.values()[WORDS.indexOf(node.word("status", "recorded", WORDS))];
        boolean length = node.word("length", "off", List.of("recorded", "off")).equals("recorded");
        boolean tolerance = node.has("lengthTolerance");
        double share = node.number("lengthTolerance", 0, 0, 10);
        if (tolerance && !length)
            node.problem("lengthTolerance", "has no effect while lengths are off", "Say 'length: recorded'.");
        Optional<Path> baseline = file(node, "baseline", folder);
        baseline.filter(b -> !Files.isRegularFile(b))
                .ifPresent(b -> node.problem("baseline", "there is no file " + b, "Make one with 'keep: FILE'."));
        var config = new CheckConfig(
                status,
                length,
                share,
                baseline,
                file(node, "keep", folder),
                node.bytes("keepBytes", KEEP_BYTES),
                ignore(node),
                node.number("limit", 0, 0, 1),
                rules(node));
        node.finish();
        return config;
    }

    private static Optional<Path> file(ConfigNode node, String key, Path folder) {
        return node.optionalText(key)
                .filter(f -> !f.isEmpty())
                .map(f -> folder.resolve(f).normalize());
    }

    private static List<String> ignore(ConfigNode node) {
        List<String> written = node.oneOrMoreTexts("ignore");
        List<String> good = new ArrayList<>();
        for (String item : written) {
            if (item.startsWith("/") && !Take.isPointer(item))
                node.problem("ignore", "cannot use \"" + item + "\"", Take.POINTER_HELP);
            else if (item.startsWith("/") || CheckRule.isRegex(node, "ignore", item)) good.add(item);
        }
        return good;
    }

    private static List<CheckRule> rules(ConfigNode node) {
        List<CheckRule> rules = new ArrayList<>();
        for (ConfigNode item : node.objects("rules")) rules.add(CheckRule.from(item));
        if (rules.size() <= MOST_RULES) return rules;
        node.problem("rules", rules.size() + " rules are too many", "Allowed: " + MOST_RULES + ".");
        return List.of();
    }

    /** Whether the sender must tell of headers or bodies, which the fastest one does not. */
    public boolean needsBodies() {
        return baseline.isPresent() || keep.isPresent() || rules.stream().anyMatch(CheckRule::needsBodies);
    }

    /** As written in a scenario. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("status", WORDS.get(status.ordinal()));
        map.put("length", length ? "recorded" : "off");
        if (length) map.put("lengthTolerance", lengthTolerance);
        baseline.ifPresent(b -> map.put("baseline", b.toAbsolutePath().toString()));
        keep.ifPresent(k -> map.put("keep", k.toAbsolutePath().toString()));
        if (keep.isPresent()) map.put("keepBytes", keepBytes);
        if (!ignore.isEmpty()) map.put("ignore", ignore);
        map.put("limit", limit);
        if (!rules.isEmpty())
            map.put("rules", rules.stream().map(CheckRule::toMap).toList());
        return map;
    }
}

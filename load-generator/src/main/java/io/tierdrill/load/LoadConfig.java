package io.tierdrill.load;

import io.tierdrill.load.check.CheckConfig;
import io.tierdrill.load.pattern.PatternConfig;
import io.tierdrill.load.pattern.PatternReader;
import io.tierdrill.load.replay.ReplayConfig;
import io.tierdrill.load.rules.RulesConfig;
import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings under {@code load}: what is sent, from a trace or from a pattern, and how.
 *
 * @param replay the trace, or empty
 * @param pattern the pattern, or empty; exactly one of the two is there
 * @param injector connections, timeout, pacing
 * @param rules how requests are changed before they are sent
 * @param check what answers are held against, if anything
 */
public record LoadConfig(
        Optional<ReplayConfig> replay,
        Optional<PatternConfig> pattern,
        InjectorConfig injector,
        RulesConfig rules,
        Optional<CheckConfig> check) {
    private static final List<String> REPLAY_KEYS = List.of("speed", "rate", "scale", "loop");

    public LoadConfig {
        if (replay.isPresent() == pattern.isPresent())
            throw new IllegalArgumentException("there must be a trace or a pattern, not both or neither");
    }

    /** A trace with the injector's defaults. */
    public static LoadConfig of(ReplayConfig replay) {
        return new LoadConfig(
                Optional.of(replay), Optional.empty(), InjectorConfig.defaults(), RulesConfig.none(), Optional.empty());
    }

    /**
     * Reads the settings; mistakes become problems of the node's document and read as defaults.
     *
     * @param folder where a relative trace file is looked for: the scenario's
     */
    public static LoadConfig from(ConfigNode node, Path folder) {
        boolean trace = node.has("trace");
        boolean pattern = node.has("pattern");
        Optional<ReplayConfig> replay = trace ? Optional.of(ReplayConfig.from(node, folder)) : Optional.empty();
        Optional<PatternConfig> written =
                pattern ? Optional.of(PatternReader.read(node.object("pattern"))) : Optional.empty();
        if (trace && pattern) node.problem("trace", "stands beside a pattern", "Keep one of trace and pattern.");
        if (!trace && !pattern)
            node.problem("trace", "is missing, and so is a pattern", "Add 'trace: FILE' or 'pattern:'.");
        if (!trace) refuseReplayKeys(node);
        InjectorConfig injector = InjectorConfig.from(node);
        RulesConfig rules = RulesConfig.from(node);
        Optional<CheckConfig> check = check(node, folder);
        node.finish();
        if (trace || pattern) return new LoadConfig(replay, trace ? Optional.empty() : written, injector, rules, check);
        return new LoadConfig(Optional.of(ReplayConfig.asRecorded(folder)), Optional.empty(), injector, rules, check);
    }

    private static Optional<CheckConfig> check(ConfigNode node, Path folder) {
        return node.has("check") ? Optional.of(CheckConfig.from(node.object("check"), folder)) : Optional.empty();
    }

    private static void refuseReplayKeys(ConfigNode node) {
        for (String key : REPLAY_KEYS) {
            if (!node.has(key)) continue;
            node.text(key, "");
            node.problem(key, "belongs to a trace, and there is none", "Write the rate and its curve in 'pattern:'.");
        }
    }

    /** As many times the load from as many times the users. */
    public LoadConfig scaledBy(double factor) {
        return new LoadConfig(
                replay.map(r -> r.scaledBy(factor)), pattern.map(p -> p.scaledBy(factor)), injector, rules, check);
    }

    /** Whether the sender has to tell of heads or bodies of answers, which the fastest one does not. */
    public boolean needsBodies() {
        return rules.readsAnswers() || check.filter(CheckConfig::needsBodies).isPresent();
    }

    /** As written in a scenario, every default spelled out. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        replay.ifPresent(r -> r.putInto(map));
        pattern.ifPresent(p -> map.put("pattern", p.toMap()));
        injector.putInto(map);
        rules.putInto(map);
        check.ifPresent(c -> map.put("check", c.toMap()));
        return map;
    }
}

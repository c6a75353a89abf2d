package io.tierdrill.load;

import io.tierdrill.load.check.CheckConfig;
import io.tierdrill.load.live.LiveConfig;
import io.tierdrill.load.pattern.PatternConfig;
import io.tierdrill.load.pattern.PatternReader;
import io.tierdrill.load.replay.ReplayConfig;
import io.tierdrill.load.replay.ReplayReader;
import io.tierdrill.load.rules.RulesConfig;
import io.tierdrill.load.shape.Shape;
import io.tierdrill.load.shape.ShapeReader;
import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param live rules that end a run early, and where it is watched
 * @param rules how requests are changed before they are sent
 * @param check what answers are held against, if anything
 */
public record LoadConfig(
        Optional<ReplayConfig> replay,
        Optional<PatternConfig> pattern,
        InjectorConfig injector,
        LiveConfig live,
        RulesConfig rules,
        Optional<CheckConfig> check) {
    private static final double UNKNOWN_RATE = 100;
    private static final List<String> REPLAY_KEYS = List.of("speed", "rate", "scale", "loop", "window");

    public LoadConfig {
        if (replay.isPresent() == pattern.isPresent())
            throw new IllegalArgumentException("there must be a trace or a pattern, not both or neither");
    }

    /** A trace with the injector's defaults. */
    public static LoadConfig of(ReplayConfig replay) {
        return new LoadConfig(
                Optional.of(replay),
                Optional.empty(),
                InjectorConfig.defaults(),
                LiveConfig.none(),
                RulesConfig.none(),
                Optional.empty());
    }

    /**
     * Reads the settings; mistakes become problems of the node's document and read as defaults.
     *
     * @param folder where a relative trace file is looked for: the scenario's
     */
    public static LoadConfig from(ConfigNode node, Path folder) {
        boolean trace = node.has("trace") || node.has("mix");
        boolean pattern = node.has("pattern");
        Optional<ReplayConfig> replay = trace ? Optional.of(ReplayReader.read(node, folder)) : Optional.empty();
        Optional<PatternConfig> written = pattern && !trace ? Optional.of(pattern(node, folder)) : Optional.empty();
        if (trace && node.has("trace") && node.has("mix"))
            node.problem("mix", "stands beside a trace", "List that trace in the mix as well.");
        if (trace && pattern) node.object("pattern");
        if (trace && pattern) node.problem("trace", "stands beside a pattern", "Keep one of trace and pattern.");
        if (!trace && !pattern)
            node.problem("trace", "is missing, and so is a pattern", "Add 'trace: FILE' or 'pattern:'.");
        if (!trace) refuseReplayKeys(node);
        InjectorConfig injector = InjectorConfig.from(node, folder);
        LiveConfig live = LiveConfig.from(node);
        RulesConfig rules = RulesConfig.from(node);
        Optional<CheckConfig> check = check(node, folder);
        node.finish();
        if (trace || pattern) return new LoadConfig(replay, written, injector, live, rules, check);
        return new LoadConfig(
                Optional.of(ReplayConfig.asRecorded(folder)), Optional.empty(), injector, live, rules, check);
    }

    private static Optional<CheckConfig> check(ConfigNode node, Path folder) {
        return node.has("check") ? Optional.of(CheckConfig.from(node.object("check"), folder)) : Optional.empty();
    }

    private static PatternConfig pattern(ConfigNode node, Path folder) {
        Optional<Shape> shape = node.has("shape") ? Optional.of(ShapeReader.read(node, folder)) : Optional.empty();
        return PatternReader.read(node.object("pattern"), shape);
    }

    /** When the load has changed for the last time, where it says so: how long a run without a length shall be. */
    public Optional<Duration> end() {
        Optional<Shape> shape = replay.isPresent() ? replay.get().shape() : pattern.map(PatternConfig::shape);
        return shape.flatMap(Shape::end);
    }

    private static void refuseReplayKeys(ConfigNode node) {
        for (String key : REPLAY_KEYS) {
            if (!node.has(key)) continue;
            node.text(key, "");
            node.problem(key, "belongs to a trace, and there is none", "Write the rate and its curve in 'pattern:'.");
        }
    }

    /** The same with other rules and another endpoint, where they are given. */
    public LoadConfig watchedAs(LiveConfig other) {
        return new LoadConfig(replay, pattern, injector, live.with(other), rules, check);
    }

    /** As many times the load from as many times the users. */
    public LoadConfig scaledBy(double factor) {
        return new LoadConfig(
                replay.map(r -> r.scaledBy(factor)),
                pattern.map(p -> p.scaledBy(factor)),
                injector,
                live,
                rules,
                check);
    }

    /**
     * The same requests of the same users in another shape: a trace loops and its users are sampled and cloned to follow
     * it, a pattern gets as many clients as its mean rate asks for. Rules that end a run early stay.
     *
     * @param length the run's, over which a pattern's own mean rate is taken
     */
    public LoadConfig shapedAs(Shape shape, Duration length) {
        return new LoadConfig(
                replay.map(r -> r.shapedAs(shape)),
                pattern.map(p -> p.shapedAs(shape, length)),
                injector,
                live,
                rules,
                check);
    }

    /** Requests a second over a run of this length, as far as it can be said without reading a trace; 100 otherwise. */
    public double meanPerSecond(Duration length) {
        Optional<Shape> shape = replay.isPresent() ? replay.get().shape() : pattern.map(PatternConfig::shape);
        Optional<Double> drawn =
                shape.map(s -> s.curve(length).expectedBy(length.toNanos()) / (length.toNanos() / 1e9));
        return drawn.or(() -> replay.flatMap(ReplayConfig::rate))
                .filter(r -> r > 0)
                .orElse(UNKNOWN_RATE);
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
        pattern.filter(PatternConfig::shapedOutside)
                .ifPresent(p -> map.put("shape", p.shape().toMap()));
        injector.putInto(map);
        live.putInto(map);
        rules.putInto(map);
        check.ifPresent(c -> map.put("check", c.toMap()));
        return map;
    }
}

package io.tierdrill.scenarios;

import io.tierdrill.analysis.SloConfig;
import io.tierdrill.load.LoadConfig;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.DurationText;
import io.tierdrill.scenarios.events.PlannedEvent;
import io.tierdrill.targets.StackConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole rehearsal: what load, on what stack, for how long, held against what. The sum of the modules' own settings
 * and nothing more.
 *
 * @param warmup played before the measured time and left out of it
 * @param duration the measured time
 * @param stack the bundled stack to bring up, or empty when {@code target} is given
 * @param target somebody else's stack, or empty when {@code stack} is given
 * @param events what is done to the stack on purpose, in the order of time; empty where it is somebody else's
 * @param places where each setting is written: its path to {@code file:line:column}
 */
public record Scenario(
        String name,
        String description,
        long seed,
        Duration warmup,
        Duration duration,
        LoadConfig load,
        Optional<StackConfig> stack,
        Optional<TargetConfig> target,
        SloConfig slo,
        List<PlannedEvent> events,
        Map<String, String> places) {

    public Scenario {
        if (stack.isPresent() == target.isPresent())
            throw new IllegalArgumentException("a scenario has either a stack or a target");
        events = List.copyOf(events);
        places = Map.copyOf(places);
    }

    /** The same with another load, for another length, held against another promise; nothing happens to its stack. */
    public Scenario with(LoadConfig other, Duration lead, Duration length, SloConfig promise, long drawnFrom) {
        return new Scenario(
                name, description, drawnFrom, lead, length, other, stack, target, promise, List.of(), places);
    }

    /** The same with this happening to its stack. */
    public Scenario with(List<PlannedEvent> happening) {
        return new Scenario(name, description, seed, warmup, duration, load, stack, target, slo, happening, places);
    }

    /** The same on another stack. */
    Scenario on(StackConfig other) {
        return new Scenario(
                name, description, seed, warmup, duration, load, Optional.of(other), target, slo, events, places);
    }

    public Seeds seeds() {
        return new Seeds(seed);
    }

    /** Warm-up and measured time together. */
    public Duration length() {
        return warmup.plus(duration);
    }

    /** How many processes a stack is made of. */
    public static int processes(StackConfig stack) {
        return Arrays.stream(TierKind.values()).mapToInt(stack::instances).sum();
    }

    /** Every setting with its default written out, in the order people read it; {@link ScenarioFile} reads it back. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("description", description);
        map.put("seed", seed);
        map.put("warmup", DurationText.format(warmup));
        map.put("duration", DurationText.format(duration));
        map.put("load", load.toMap());
        stack.ifPresent(s -> map.put("stack", s.toMap()));
        target.ifPresent(t -> map.put("target", t.toMap()));
        if (!events.isEmpty())
            map.put("events", events.stream().map(PlannedEvent::toMap).toList());
        map.put("slo", slo.toMap());
        return map;
    }
}

package io.tierdrill.scenarios.evaluate.force;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Other people's processes that compute in bursts. */
record Neighbour(int processes, Duration busy, Duration every) implements Force {
    static Force from(ConfigNode node) {
        var neighbour = new Neighbour(
                node.integer("processes", 1, 1, 64),
                node.duration("busy", Duration.ofMillis(300)),
                node.duration("every", Duration.ofSeconds(1)));
        if (neighbour.busy.isZero() || neighbour.busy.compareTo(neighbour.every) >= 0)
            node.problem(
                    "busy",
                    "is no part of " + DurationText.format(neighbour.every),
                    "Allowed: above 0 and below 'every'.");
        node.finish();
        return neighbour;
    }

    @Override
    public Optional<String> impossible() {
        return Script.impossible();
    }

    @Override
    public String words() {
        return processes + " neighbours busy for " + DurationText.format(busy) + " every " + DurationText.format(every);
    }

    @Override
    public Applied apply(Processes others) throws IOException, InterruptedException {
        String turn = String.format(
                Locale.ROOT,
                "timeout %.3f /bin/sh -c 'while :; do :; done'; sleep %.3f",
                busy.toMillis() / 1e3,
                every.minus(busy).toMillis() / 1e3);
        Undoing undoing = new Undoing();
        for (int i = 0; i < processes; i++) undoing.add(() -> Script.loop(turn, List.of()));
        return undoing;
    }
}

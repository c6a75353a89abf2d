package io.tierdrill.scenarios.evaluate.force;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Processes that are stopped for a moment again and again, as by a collector that stops the world (SIGSTOP, SIGCONT). */
record Pulses(Whom whom, Duration stop, Duration every) implements Force {
    static Optional<Force> from(ConfigNode node) {
        Optional<Whom> whom = Whom.from(node);
        Duration stop = node.duration("stop", Duration.ofMillis(100));
        Duration every = node.duration("every", Duration.ofMillis(500));
        if (stop.isZero() || stop.compareTo(every) >= 0)
            node.problem("stop", "is no part of " + DurationText.format(every), "Allowed: above 0 and below 'every'.");
        node.finish();
        return whom.map(w -> new Pulses(w, stop, every));
    }

    @Override
    public Optional<String> impossible() {
        return Script.impossible();
    }

    @Override
    public String words() {
        return whom.words() + " stopped for " + DurationText.format(stop) + " every " + DurationText.format(every);
    }

    @Override
    public Applied apply(Processes processes) throws IOException {
        List<String> pids = processes.of(whom).stream().map(String::valueOf).toList();
        String all = pids.stream().collect(Collectors.joining(" "));
        String turn = String.format(
                Locale.ROOT,
                "sleep %.3f; kill -STOP %s; sleep %.3f; kill -CONT %s",
                every.minus(stop).toMillis() / 1e3,
                all,
                stop.toMillis() / 1e3,
                all);
        List<String> goOn = new ArrayList<>(List.of("kill", "-CONT"));
        goOn.addAll(pids);
        return Script.loop(turn, goOn);
    }
}

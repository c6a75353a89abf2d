package io.tierdrill.scenarios.evaluate.force;

import io.tierdrill.model.config.ConfigNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Processor time allotted: each process gets a control group of its own. The period is short, or the quota alone would
 * make pauses of its own kind: with the kernel's usual 100 ms, a process that has used up its share waits for most of it.
 */
record Quota(Whom whom, double cores, Duration period) implements Force {
    private static final Duration SHORT = Duration.ofMillis(10);

    static Optional<Force> from(ConfigNode node) {
        Optional<Whom> whom = Whom.from(node);
        double cores = node.number("cores", 0.5, 0.01, 64);
        Duration period = node.duration("period", SHORT);
        if (period.toMillis() < 1 || period.toMillis() > 1_000) {
            node.problem("period", "is out of range", "Allowed: from 1ms to 1s.");
            period = SHORT;
        }
        node.finish();
        Duration every = period;
        return whom.map(w -> new Quota(w, cores, every));
    }

    @Override
    public Optional<String> impossible() {
        return ControlGroup.impossible();
    }

    @Override
    public String words() {
        return String.format(Locale.ROOT, "%s held to %.3g processors", whom.words(), cores);
    }

    @Override
    public Applied apply(Processes processes) throws IOException, InterruptedException {
        Undoing undoing = new Undoing();
        for (long pid : processes.of(whom)) undoing.add(() -> ControlGroup.hold(pid, cores, period));
        return undoing;
    }
}

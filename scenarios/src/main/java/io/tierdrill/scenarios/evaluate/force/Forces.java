package io.tierdrill.scenarios.evaluate.force;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Several forces as one. */
public final class Forces {
    private Forces() {}

    /** Why they cannot be done here; empty where all can. */
    public static Optional<String> impossible(List<Force> forces) {
        return forces.stream().flatMap(f -> f.impossible().stream()).findFirst();
    }

    /** All of them, until what is returned is closed. */
    public static Force.Applied apply(List<Force> forces, Processes processes)
            throws IOException, InterruptedException {
        Undoing undoing = new Undoing();
        for (Force force : forces) undoing.add(() -> force.apply(processes));
        return undoing;
    }

    /** Those of both. */
    public static List<Force> both(List<Force> some, List<Force> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}

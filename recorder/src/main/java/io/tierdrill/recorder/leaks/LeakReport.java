package io.tierdrill.recorder.leaks;

import java.util.List;
import java.util.Optional;

/**
 * What looks like a secret in a trace. Serialises to the JSON of {@code inspect --leaks --json} as it stands.
 *
 * @param file the trace, as the user named it
 * @param requests looked at
 * @param clean whether nothing was found
 * @param leaks one for each kind that was found, in the order of their first
 * @param damage what of the file could not be looked at, empty if it is whole
 */
public record LeakReport(String file, long requests, boolean clean, List<Leak> leaks, Optional<String> damage) {
    public LeakReport {
        leaks = List.copyOf(leaks);
        if (clean != leaks.isEmpty()) throw new IllegalArgumentException("clean must be " + leaks.isEmpty());
    }
}

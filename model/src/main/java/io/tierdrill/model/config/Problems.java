package io.tierdrill.model.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects everything wrong with the input, so that the user sees all of it at once. Belongs to one thread, which calls
 * {@link #throwIfAny} before anything is started.
 */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(Problem problem) {
        found.add(problem);
    }

    public boolean any() {
        return !found.isEmpty();
    }

    public List<Problem> all() {
        return List.copyOf(found);
    }

    /** Stops here if there is anything to report. */
    public void throwIfAny() throws BadInputException {
        if (any()) throw new BadInputException(all());
    }
}

package io.tierdrill.scenarios.evaluate;

import java.util.Optional;

/**
 * A run without the plant, or why there is none.
 *
 * @param asked empty where it could not be measured
 * @param missing why; empty where it was
 */
record Control(Optional<Asked> asked, String missing) {
    /** Of a cell in which nothing is planted. */
    static final Control NOT_NEEDED = new Control(Optional.empty(), "");

    static Control of(Asked asked) {
        return new Control(Optional.of(asked), "");
    }

    static Control missing(String why) {
        return new Control(Optional.empty(), why);
    }
}

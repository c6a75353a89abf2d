package io.tierdrill.load.live;

import io.tierdrill.load.record.Second;
import java.util.List;
import java.util.Optional;

/**
 * Holds a run against its abort rules, second by second. Pure: it knows no clock and no run, and the same seconds give
 * the same answer. Belongs to one thread.
 */
final class AbortWatch {
    /**
     * A rule that was broken.
     *
     * @param rule as written
     * @param found since when and with which figures
     */
    record Breach(String rule, String found) {}

    private final List<RuleWatch> watches;
    private final Waiting waiting = new Waiting();

    AbortWatch(List<AbortRule> rules) {
        watches = rules.stream().map(RuleWatch::new).toList();
    }

    /** Takes the next second; the first rule in the order written that is broken now, if any. */
    Optional<Breach> over(Second second) {
        waiting.over(second);
        Optional<Breach> first = Optional.empty();
        for (RuleWatch watch : watches) {
            Optional<Breach> breach = watch.over(second, waiting);
            if (first.isEmpty()) first = breach;
        }
        return first;
    }
}

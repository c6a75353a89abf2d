package io.tierdrill.scenarios;

import io.tierdrill.model.run.Checks;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What rules and checks of a run have to say, as things that happened. */
final class CheckEvents {
    private CheckEvents() {}

    /** Too many answers that were not as expected, and rules that did not do what they were written for. */
    static List<RunEvent> of(Injection injection, long atNanos) {
        List<RunEvent> events = new ArrayList<>();
        injection
                .checks()
                .filter(checks -> !checks.passed())
                .ifPresent(checks -> events.add(new RunEvent(atNanos, "checks", "run", failed(checks))));
        injection
                .rules()
                .ifPresent(
                        rules -> rules.warnings().forEach(w -> events.add(new RunEvent(atNanos, "rules", "run", w))));
        return events;
    }

    private static String failed(Checks checks) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d answers were not as expected (%.3g %%, allowed %.3g %%), most of them %s",
                checks.mismatches(),
                checks.checked(),
                100 * checks.share(),
                100 * checks.limit(),
                checks.classes().get(0).name());
    }
}

package io.tierdrill.cli;

import io.tierdrill.model.run.Checks;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.run.RuleReport;
import io.tierdrill.model.run.RuleUse;
import java.util.Locale;
import java.util.stream.Collectors;

/** What became of a replay's rules and checks, for people. */
final class CheckText {
    private static final int LISTED = 5;

    private CheckText() {}

    /** Lines to follow those of the result; empty where there were no rules and no checks. */
    static String of(Injection injection) {
        StringBuilder text = new StringBuilder();
        injection.rules().ifPresent(rules -> rules(text, rules));
        injection.checks().ifPresent(checks -> checks(text, checks));
        return text.toString();
    }

    /** Whether more answers were wrong than allowed. */
    static boolean failed(Injection injection) {
        return injection.checks().filter(checks -> !checks.passed()).isPresent();
    }

    private static void rules(StringBuilder text, RuleReport rules) {
        if (!rules.rules().isEmpty())
            line(text, "rules", rules.rules().stream().map(CheckText::use).collect(Collectors.joining(", ")));
        for (String warning : rules.warnings()) line(text, "warning", warning);
    }

    private static String use(RuleUse use) {
        return use.rule() + String.format(Locale.ROOT, " %,d times", use.applied());
    }

    private static void checks(StringBuilder text, Checks checks) {
        String kinds = checks.kinds().entrySet().stream()
                .map(k -> String.format(Locale.ROOT, "%,d %s", k.getValue(), k.getKey()))
                .collect(Collectors.joining(", ", " in ", ""));
        line(
                text,
                "checks",
                String.format(
                        Locale.ROOT,
                        "%s: %,d of %,d answers not as expected (%.3g %%, allowed %.3g %%)%s; nothing expected of %,d",
                        checks.passed() ? "PASS" : "FAIL",
                        checks.mismatches(),
                        checks.checked(),
                        100 * checks.share(),
                        100 * checks.limit(),
                        checks.kinds().isEmpty() ? "" : kinds,
                        checks.unchecked()));
        checks.classes().stream().limit(LISTED).forEach(c -> requestClass(text, c));
        if (checks.classes().size() > LISTED)
            line(text, "", (checks.classes().size() - LISTED) + " more kinds of requests; --json lists them");
    }

    private static void requestClass(StringBuilder text, Checks.RequestClass c) {
        line(text, "", String.format(Locale.ROOT, "%s: %,d of %,d", c.name(), c.mismatches(), c.checked()));
        c.first()
                .ifPresent(e -> line(
                        text, "", "  first " + e.request() + ": expected " + e.expected() + "; found " + e.found()));
    }

    /** What a target says may hold anything, and goes to a terminal. */
    private static void line(StringBuilder text, String name, String what) {
        text.append(String.format(Locale.ROOT, "%-10s ", name));
        text.append(what.replaceAll("\\p{Cntrl}", "?")).append(System.lineSeparator());
    }
}

package io.tierdrill.load.check;

import io.tierdrill.model.run.Checks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Adds up what the loops counted. */
public final class CheckResult {
    /** Classes with mismatches that are listed, those with the most first. */
    private static final int LISTED = 50;

    private CheckResult() {}

    /** The result of all loops, which have ended. */
    public static Checks of(Expectations expectations, List<CheckTally> tallies) {
        long checked = tallies.stream().mapToLong(CheckTally::checked).sum();
        long mismatches = tallies.stream().mapToLong(CheckTally::mismatches).sum();
        double limit = expectations.config().limit();
        double share = checked == 0 ? 0 : (double) mismatches / checked;
        return new Checks(
                checked,
                tallies.stream().mapToLong(CheckTally::unchecked).sum(),
                mismatches,
                share,
                limit,
                share <= limit,
                kinds(tallies),
                classes(expectations, tallies));
    }

    private static Map<String, Long> kinds(List<CheckTally> tallies) {
        var kinds = new TreeMap<String, Long>();
        for (Kind kind : Kind.values()) {
            long count = tallies.stream().mapToLong(t -> t.byKind(kind)).sum();
            if (count > 0) kinds.put(kind.word(), count);
        }
        return kinds;
    }

    private static List<Checks.RequestClass> classes(Expectations expectations, List<CheckTally> tallies) {
        List<Checks.RequestClass> classes = new ArrayList<>();
        int most = tallies.stream().mapToInt(CheckTally::classes).max().orElse(0);
        for (int id = 0; id < most; id++) {
            int now = id;
            long wrong = tallies.stream().mapToLong(t -> t.mismatchesOf(now)).sum();
            if (wrong == 0) continue;
            classes.add(new Checks.RequestClass(
                    expectations.classes().name(id),
                    tallies.stream().mapToLong(t -> t.checkedOf(now)).sum(),
                    wrong,
                    tallies.stream()
                            .map(t -> t.exampleOf(now))
                            .filter(Objects::nonNull)
                            .findFirst()));
        }
        classes.sort(Comparator.comparingLong(Checks.RequestClass::mismatches)
                .reversed()
                .thenComparing(Checks.RequestClass::name));
        return classes.size() > LISTED ? List.copyOf(classes.subList(0, LISTED)) : classes;
    }
}

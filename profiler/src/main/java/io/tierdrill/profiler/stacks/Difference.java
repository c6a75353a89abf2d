package io.tierdrill.profiler.stacks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Two profiles of the same process under two loads, in one unit. A cost that does not depend on the load is the same in
 * both; what grew is what gets dearer under load.
 */
public record Difference(Profile before, Profile after) {
    /** Of a normal distribution: with hundreds of methods, twice would be reached by chance all the time. */
    private static final double BEYOND_CHANCE = 3;

    /**
     * What became of one thing, whatever it is.
     *
     * @param name a method, or whatever was counted
     * @param before samples, and {@code perBefore} the same in the unit
     */
    public record Change(String name, long before, long after, double perBefore, double perAfter, double deviations) {

        /** In the unit. */
        public double grown() {
            return perAfter - perBefore;
        }

        /** Whether so many samples are enough to say so: the difference is three times its own standard deviation. */
        public boolean beyondChance() {
            return Math.abs(deviations) >= BEYOND_CHANCE;
        }
    }

    public Unit unit() {
        return Unit.of(List.of(before, after));
    }

    /** Of all samples. */
    public Change whole() {
        return change("all", before.samples(), after.samples());
    }

    /** What was the innermost frame, those that grew most first. */
    public List<Change> methods() {
        SortedMap<String, Long> was = before.stacks().self();
        SortedMap<String, Long> is = after.stacks().self();
        SortedSet<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) changes.add(change(name, was.getOrDefault(name, 0L), is.getOrDefault(name, 0L)));
        changes.sort(Comparator.comparingDouble(Change::grown).reversed());
        return changes;
    }

    /** Counts are Poisson; one is added to each so that a method seen once is no certainty. */
    public Change change(String name, long was, long is) {
        Unit unit = unit();
        double perBefore = unit.of(before, was);
        double perAfter = unit.of(after, is);
        double spread = Math.hypot(unit.of(before, 1) * Math.sqrt(was + 1), unit.of(after, 1) * Math.sqrt(is + 1));
        return new Change(name, was, is, perBefore, perAfter, spread > 0 ? (perAfter - perBefore) / spread : 0);
    }
}

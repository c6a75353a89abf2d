package io.tierdrill.analysis.score;

import java.util.List;

/**
 * What was planted: the knob whose release restores the capacity.
 *
 * @param tier whose knob it is
 * @param classes by what words of {@link io.tierdrill.analysis.finding.Bottleneck#kind} it may be called, the best one
 *     first
 */
public record Truth(String tier, List<String> classes) {
    public Truth {
        classes = List.copyOf(classes);
        if (classes.isEmpty()) throw new IllegalArgumentException("classes must name one or more");
    }

    /** The class by which it is counted. */
    public String kind() {
        return classes.get(0);
    }

    boolean isTierOf(Said said) {
        return said.tier().equals(tier);
    }

    boolean is(Said said) {
        return isTierOf(said) && classes.contains(said.kind());
    }
}

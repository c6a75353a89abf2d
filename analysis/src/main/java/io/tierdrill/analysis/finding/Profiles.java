package io.tierdrill.analysis.finding;

import java.util.List;

/**
 * The flame graphs that were taken of a stack; {@code profiles.json} is this record.
 *
 * @param links outermost tier first
 * @param during whether they were taken during the run that links them, so that its figures contain their cost
 */
public record Profiles(List<ProfileLink> links, boolean during) {
    public static final String COST = "profiled meanwhile: the figures contain what that cost";

    public Profiles {
        links = List.copyOf(links);
    }
}

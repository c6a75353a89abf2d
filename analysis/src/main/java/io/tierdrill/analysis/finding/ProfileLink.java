package io.tierdrill.analysis.finding;

import java.util.Optional;

/**
 * A flame graph of a process or of a tier.
 *
 * @param of an instance ({@code l7/1}), or a tier ({@code l7}), its instances added up
 * @param page where it is, told from the folder of the run; empty where there is none
 * @param sentence what is to be seen on it, or why there is none
 */
public record ProfileLink(String of, Optional<String> page, String sentence) {
    public ProfileLink {
        if (of.isBlank()) throw new IllegalArgumentException("of must name a tier or an instance");
        if (sentence.isBlank()) throw new IllegalArgumentException("sentence must not be empty");
    }

    /** The same told from another folder, {@code ../../}. */
    public ProfileLink from(String elsewhere) {
        return new ProfileLink(of, page.map(p -> elsewhere + p), sentence);
    }

    /** Whether it is of that tier, or of an instance of it. */
    public boolean isOf(String tier) {
        return of.equals(tier) || of.startsWith(tier + "/");
    }
}

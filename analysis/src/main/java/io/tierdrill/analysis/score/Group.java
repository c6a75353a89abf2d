package io.tierdrill.analysis.score;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;

/** What kind of truth a run has. */
public enum Group {
    /** One limit was planted: it has to be named. */
    PLANTED("planted"),
    /** Nothing is saturated: no tier may be called a bottleneck. */
    HEALTHY("healthy"),
    /** The load generator is the limit: no tier may be blamed for it. */
    GENERATOR("generator"),
    /** Two limits were planted at once: either may be named. */
    DOUBLE("double");

    private final String word;

    Group(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** Undoes {@link #word}. */
    @JsonCreator
    public static Group of(String word) {
        for (Group group : values()) if (group.word.equals(word)) return group;
        throw new IllegalArgumentException("group must be one of " + words() + ", was '" + word + "'");
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Group::word).toList();
    }

    /** Whether there is a tier to be named. */
    public boolean hasCulprit() {
        return this == PLANTED || this == DOUBLE;
    }
}

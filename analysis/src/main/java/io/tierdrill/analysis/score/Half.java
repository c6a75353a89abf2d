package io.tierdrill.analysis.score;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;

/** Rules are tuned on one half of the cells; only the other one says how good they are. */
public enum Half {
    TUNE("tune"),
    REPORT("report");

    private final String word;

    Half(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** Undoes {@link #word}. */
    @JsonCreator
    public static Half of(String word) {
        for (Half half : values()) if (half.word.equals(word)) return half;
        throw new IllegalArgumentException("half must be tune or report, was '" + word + "'");
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Half::word).toList();
    }
}

package io.tierdrill.analysis.finding;

/**
 * What has changed since an earlier run.
 *
 * @param when that run was, in one or two words: {@code 12 Dec}
 * @param sentence what changed, for people
 */
public record Since(String when, String sentence) {
    /** Longer ones do not fit beside the word on the first screen. */
    private static final int LONGEST = 8;

    public Since {
        if (when.isBlank() || when.length() > LONGEST)
            throw new IllegalArgumentException("when must be 1 to " + LONGEST + " characters, was '" + when + "'");
        if (sentence.isBlank()) throw new IllegalArgumentException("sentence must not be empty");
    }
}

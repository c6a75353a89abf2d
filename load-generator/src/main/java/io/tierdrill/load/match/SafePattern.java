package io.tierdrill.load.match;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of Java whose search ends, whatever the text: Java's engine backtracks, and a text can be made
 * for many an innocent expression on which that takes longer than the universe has. Here every look at a character
 * counts, and a search that takes more than {@value #STEPS} looks and {@value #STEPS_A_CHARACTER} for each character is
 * given up as if nothing were found. Any thread may search.
 */
public final class SafePattern {
    static final int STEPS = 100_000;
    static final int STEPS_A_CHARACTER = 20;

    private static final int LONGEST = 1_000;

    private final Pattern pattern;

    private SafePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** The expression; what is wrong with it is the message of the exception. */
    public static SafePattern of(String regex) throws PatternSyntaxException {
        if (regex.length() > LONGEST)
            throw new PatternSyntaxException("longer than " + LONGEST + " characters", regex, LONGEST);
        return new SafePattern(Pattern.compile(regex));
    }

    /** What is wrong with the expression, in words; empty where nothing is. */
    public static Optional<String> fault(String regex) {
        try {
            of(regex);
            return Optional.empty();
        } catch (PatternSyntaxException wrong) {
            String where = wrong.getIndex() < 0 ? "" : " at character " + (wrong.getIndex() + 1);
            return Optional.of(wrong.getDescription() + where);
        } catch (StackOverflowError nested) {
            return Optional.of("nested too deep");
        }
    }

    /** The first place where it matches; nothing also where the search was given up. */
    public Optional<MatchResult> find(String text) {
        Matcher matcher = pattern.matcher(new Counted(text));
        return search(matcher, false);
    }

    /** The match of the whole text; nothing also where the search was given up. */
    public Optional<MatchResult> matches(String text) {
        return search(pattern.matcher(new Counted(text)), true);
    }

    private static Optional<MatchResult> search(Matcher matcher, boolean whole) {
        try {
            return (whole ? matcher.matches() : matcher.find())
                    ? Optional.of(matcher.toMatchResult())
                    : Optional.empty();
        } catch (OutOfSteps | StackOverflowError givenUp) { // Java's engine recurses into groups that repeat.
            return Optional.empty();
        }
    }

    /** The text with everything that matches left out; as it is where that takes too long. */
    public String without(String text) {
        try {
            return pattern.matcher(new Counted(text)).replaceAll("");
        } catch (OutOfSteps | StackOverflowError givenUp) {
            return text;
        }
    }

    /** How many groups can be referred to. */
    public int groups() {
        return pattern.matcher("").groupCount();
    }

    /** A text that counts how often it is looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long left;

        Counted(String text) {
            this.text = text;
            left = STEPS + (long) STEPS_A_CHARACTER * text.length();
        }

        @Override
        public char charAt(int index) {
            if (left-- <= 0) throw new OutOfSteps();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class OutOfSteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfSteps() {
            super("the search took too long", null, false, false);
        }
    }
}

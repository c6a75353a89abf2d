package io.tierdrill.model.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the user gave cannot be used. The command prints the message and ends with status 2; nothing was started.
 * Checked on purpose: every caller decides where the user is told.
 */
public final class BadInputException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public BadInputException(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    public BadInputException(Problem problem) {
        this(List.of(problem));
    }

    /** All problems, in the order of the input. */
    public List<Problem> problems() {
        return problems;
    }

    private static String text(List<Problem> problems) {
        String lines = problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator()));
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return lines + System.lineSeparator() + count + "; nothing was started.";
    }
}

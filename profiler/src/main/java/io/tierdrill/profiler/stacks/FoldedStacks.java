package io.tierdrill.profiler.stacks;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often each stack was seen. A stack is its frames from the outermost to the innermost, joined by semicolons, as in
 * the text form that flame graph tools share: {@code main;serve;read 17}.
 *
 * @param counts by stack, in the order of the alphabet; every count above 0
 */
public record FoldedStacks(SortedMap<String, Long> counts) {
    private static final String BETWEEN = ";";

    public FoldedStacks {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        counts.forEach((stack, n) -> {
            if (stack.isBlank()) throw new IllegalArgumentException("a stack must have a frame");
            if (n < 1) throw new IllegalArgumentException("count of '" + stack + "' must be 1 or more, was " + n);
        });
    }

    /** Nothing was seen. */
    public static FoldedStacks none() {
        return new FoldedStacks(new TreeMap<>());
    }

    /**
     * From the text form; empty lines are skipped, equal stacks added up.
     *
     * @throws IllegalArgumentException naming the line that is no stack with a count
     */
    public static FoldedStacks parse(String text) {
        Builder builder = new Builder();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            int space = line.lastIndexOf(' ');
            if (space < 1 || !line.substring(space + 1).matches("[1-9]\\d{0,17}"))
                throw new IllegalArgumentException("not a stack and its count: '" + line + "'");
            builder.add(frames(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
        });
        return builder.build();
    }

    /** The text form; the same stacks give the same bytes. */
    public String text() {
        StringBuilder text = new StringBuilder();
        counts.forEach((stack, n) -> text.append(stack).append(' ').append(n).append('\n'));
        return text.toString();
    }

    /** Of one stack, outermost first. */
    static List<String> frames(String stack) {
        return List.of(stack.split(BETWEEN));
    }

    /** All that was seen. */
    public long total() {
        return sum(counts.values());
    }

    /** Both added up. */
    public FoldedStacks plus(FoldedStacks other) {
        SortedMap<String, Long> both = new TreeMap<>(counts);
        other.counts.forEach((stack, n) -> both.merge(stack, n, Long::sum));
        return new FoldedStacks(both);
    }

    /** By frame, how often it was the innermost: where time was spent. */
    public SortedMap<String, Long> self() {
        SortedMap<String, Long> self = new TreeMap<>();
        counts.forEach((stack, n) -> self.merge(stack.substring(stack.lastIndexOf(BETWEEN) + 1), n, Long::sum));
        return self;
    }

    /** By frame, how often it was on the stack: what time was spent for. A frame that calls itself counts once. */
    public SortedMap<String, Long> inclusive() {
        SortedMap<String, Long> inclusive = new TreeMap<>();
        counts.forEach((stack, n) -> new HashSet<>(frames(stack)).forEach(f -> inclusive.merge(f, n, Long::sum)));
        return inclusive;
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Counts stacks; belongs to one thread. */
    static final class Builder {
        private final Map<String, Long> counts = new TreeMap<>();

        /** @param frames outermost first; what would break the text form is replaced */
        Builder add(List<String> frames, long n) {
            StringBuilder stack = new StringBuilder();
            for (String frame : frames)
                stack.append(stack.length() == 0 ? "" : BETWEEN).append(plain(frame));
            counts.merge(stack.toString(), n, Long::sum);
            return this;
        }

        /** Semicolons part frames and line breaks part stacks; neither may stand in a name. */
        private static String plain(String frame) {
            String plain = frame.replace(';', ':')
                    .replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")
                    .strip();
            return plain.isEmpty() ? "[no name]" : plain;
        }

        FoldedStacks build() {
            return new FoldedStacks(new TreeMap<>(counts));
        }
    }
}

package io.tierdrill.analysis.score;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What was said where something else, or the same, was true.
 *
 * @param counts from the truth to what was said to how often
 */
public record Confusion(SortedMap<String, SortedMap<String, Integer>> counts) {
    /** Said where no tier was named. */
    public static final String NOBODY = "nobody";

    static Confusion of(List<ScoredRun> runs, Function<Truth, String> truth, Function<Said, String> answer) {
        SortedMap<String, SortedMap<String, Integer>> counts = new TreeMap<>();
        for (ScoredRun run : runs)
            counts.computeIfAbsent(truth.apply(run.truths().get(0)), t -> new TreeMap<>())
                    .merge(run.said().map(answer).orElse(NOBODY), 1, Integer::sum);
        return new Confusion(counts);
    }

    /** All that was ever said, in the order of the alphabet, nobody last. */
    public List<String> answers() {
        return counts.values().stream()
                .map(Map::keySet)
                .flatMap(java.util.Set::stream)
                .distinct()
                .sorted((a, b) ->
                        a.equals(NOBODY) ? (b.equals(NOBODY) ? 0 : 1) : b.equals(NOBODY) ? -1 : a.compareTo(b))
                .toList();
    }

    public int count(String truth, String answer) {
        return counts.getOrDefault(truth, new TreeMap<>()).getOrDefault(answer, 0);
    }
}

package io.tierdrill.model.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Guesses what was meant by a mistyped word. */
public final class NearestWord {
    private NearestWord() {}

    /** {@code Known: a, b, c. Did you mean b?} */
    public static String help(String found, List<String> known) {
        if (known.isEmpty()) return "Nothing is allowed here.";
        String list = "Known: " + String.join(", ", known.stream().distinct().toList()) + ".";
        return of(found, known)
                .map(near -> list + " Did you mean " + near + "?")
                .orElse(list);
    }

    /** The known word that a few slips of the finger turn into the one found. */
    public static Optional<String> of(String found, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(k -> distance(found, k)))
                .filter(k -> distance(found, k) <= Math.max(1, k.length() / 3));
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) previous[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}

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

    /** Letters missing, added, changed or swapped with their neighbour (Damerau 1964, optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] slips = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) slips[i][0] = i;
        for (int j = 0; j <= b.length(); j++) slips[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = slips[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                slips[i][j] = Math.min(change, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
                if (swapped(a, i, b, j)) slips[i][j] = Math.min(slips[i][j], slips[i - 2][j - 2] + 1);
            }
        }
        return slips[a.length()][b.length()];
    }

    private static boolean swapped(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}

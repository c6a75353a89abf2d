package io.tierdrill.recorder.redact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found in a text, by places in the original. One thread. */
final class Findings {
    private final List<Finding> found = new ArrayList<>();

    /**
     * @param from where it begins in the original
     * @param to where it ends
     * @param secret what becomes a pseudonym: the same for all ways to write it
     */
    record Finding(int from, int to, String secret, SecretKind kind) {}

    /** Adds the stretch of the layer's text. */
    void add(Layer layer, int from, int to, String secret, SecretKind kind) {
        if (from < to) found.add(new Finding(layer.original(from), layer.original(to), secret, kind));
    }

    boolean none() {
        return found.isEmpty();
    }

    /** In order, none within or across another: what overlaps is one, and counts as its longest part. */
    List<Finding> apart() {
        found.sort(Comparator.comparingInt(Finding::from).thenComparing(Finding::to, Comparator.reverseOrder()));
        List<Finding> apart = new ArrayList<>();
        for (Finding next : found) {
            Finding last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
            if (last == null || next.from() >= last.to()) apart.add(next);
            else if (next.to() > last.to()) apart.set(apart.size() - 1, joined(last, next));
        }
        return apart;
    }

    private static Finding joined(Finding a, Finding b) {
        Finding longer = b.to() - b.from() > a.to() - a.from() ? b : a;
        return new Finding(a.from(), Math.max(a.to(), b.to()), longer.secret(), longer.kind());
    }
}

package io.tierdrill.scenarios.evaluate.force;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Several at once: ended in the opposite order, all of them, whatever one says. */
final class Undoing implements Force.Applied {
    private final Deque<Force.Applied> applied = new ArrayDeque<>();

    /** Does one more thing. */
    interface Doing {
        Force.Applied apply() throws IOException, InterruptedException;
    }

    /** Does one thing more; where it fails, the others are undone. */
    void add(Doing doing) throws IOException, InterruptedException {
        try {
            applied.push(doing.apply());
        } catch (IOException | InterruptedException | RuntimeException failed) {
            try {
                close();
            } catch (IOException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!applied.isEmpty()) {
            try {
                applied.pop().close();
            } catch (IOException failed) {
                if (first == null) first = failed;
            }
        }
        if (first != null) throw first;
    }
}

package io.tierdrill.targets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be done to an instance of a {@link Stack} on purpose. */
public enum DrillAction {
    /** Its process is killed (SIGKILL): connections to it are reset, its address refuses new ones. */
    KILL("killed"),
    /** Its process is stopped (SIGSTOP): connections stay open, new ones are taken by the kernel, nobody answers. */
    HANG("hung"),
    /** The tier above sends nothing new to it; what it has goes on. */
    DRAIN("drained"),
    /** Its process is ended (SIGTERM) and started again at its address; one that is dead is only started. */
    RESTART("restarted"),
    /** One that hangs goes on; one that is drained is sent to again. */
    RESUME("resumed");

    private final String done;

    DrillAction(String done) {
        this.done = done;
    }

    /** As written in scenarios: {@code kill}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As told afterwards: {@code killed}. */
    public String done() {
        return done;
    }

    /** Undoes {@link #word}. */
    public static Optional<DrillAction> of(String word) {
        return Arrays.stream(values()).filter(a -> a.word().equals(word)).findFirst();
    }

    /** In the order of this page. */
    public static List<String> words() {
        return Arrays.stream(values()).map(DrillAction::word).toList();
    }
}

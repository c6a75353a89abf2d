package io.tierdrill.analysis;

/** The few lines that decide: the same text on the terminal, in the report, in {@code verdict.json} and in CI. */
public final class FirstScreen {
    private FirstScreen() {}

    /** The first screen; lines that have nothing to say are left out. Ends without a line break. */
    public static String text(Verdict verdict) {
        return verdict.status().word() + "  ·  " + verdict.headline();
    }
}

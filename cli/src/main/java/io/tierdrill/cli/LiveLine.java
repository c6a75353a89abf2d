package io.tierdrill.cli;

import java.io.PrintWriter;

/**
 * One line that changes in place where a person is looking, plain lines elsewhere. The launcher knows which it is and
 * says so with {@code -Dtierdrill.terminal=true}, and how wide it is with {@code -Dtierdrill.columns}: a line that
 * wraps cannot be replaced. Not thread-safe.
 */
final class LiveLine {
    private final PrintWriter out;
    private final boolean living;
    private final int columns;
    private int width;

    LiveLine(PrintWriter out, boolean living, int columns) {
        this.out = out;
        this.living = living;
        this.columns = columns;
    }

    static LiveLine on(PrintWriter out) {
        return new LiveLine(out, Boolean.getBoolean("tierdrill.terminal"), columns());
    }

    private static int columns() {
        int told = Integer.getInteger("tierdrill.columns", 0);
        return told > 0 ? told : Integer.MAX_VALUE;
    }

    boolean living() {
        return living;
    }

    /** Replaces what stood there, or adds a line. */
    void show(String text) {
        if (!living) {
            out.println(text);
            return;
        }
        // The last column stays free: some terminals wrap as soon as it is taken.
        String fitting = text.substring(0, Math.min(text.length(), columns - 1));
        out.print("\r" + fitting + " ".repeat(Math.max(0, width - fitting.length())));
        out.flush();
        width = fitting.length();
    }

    /** Adds a line that stays. */
    void keep(String text) {
        wipe();
        out.println(text);
    }

    void wipe() {
        if (width == 0) return;
        out.print("\r" + " ".repeat(width) + "\r");
        out.flush();
        width = 0;
    }
}

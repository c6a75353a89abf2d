package io.tierdrill.cli;

import java.io.PrintWriter;

/**
 * One line that changes in place where a person is looking, plain lines elsewhere. The launcher knows which it is and
 * says so with {@code -Dtierdrill.terminal=true}. Not thread-safe.
 */
final class LiveLine {
    private final PrintWriter out;
    private final boolean living;
    private int width;

    LiveLine(PrintWriter out, boolean living) {
        this.out = out;
        this.living = living;
    }

    static LiveLine on(PrintWriter out) {
        return new LiveLine(out, Boolean.getBoolean("tierdrill.terminal"));
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
        out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        out.flush();
        width = text.length();
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

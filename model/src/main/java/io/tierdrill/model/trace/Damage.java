package io.tierdrill.model.trace;

import java.util.Optional;

/** What a reader had to leave out. Keeps the first places in words and counts the rest, so its memory is bounded. */
final class Damage {
    private static final int TOLD = 3;

    private final StringBuilder told = new StringBuilder();
    private int places;
    private long bytes;

    /** The file ends within a block. */
    void cut(long from, long end) {
        add(
                from,
                end,
                "the file ends within a block that begins at byte " + from + ": its " + (end - from)
                        + " bytes are lost, every request before it was read");
    }

    /** Reading went on behind a damaged stretch. */
    void skipped(long from, long to, String why) {
        add(
                from,
                to,
                "bytes " + from + " to " + (to - 1) + " are damaged (" + why
                        + ") and their requests lost, reading went on at byte " + to);
    }

    private void add(long from, long to, String words) {
        places++;
        bytes += to - from;
        if (places > TOLD) return;
        if (places > 1) told.append("; ");
        told.append(words);
    }

    Optional<String> words() {
        if (places == 0) return Optional.empty();
        if (places <= TOLD) return Optional.of(told.toString());
        return Optional.of(told + "; and " + (places - TOLD) + " more damaged places, " + bytes + " bytes in all");
    }
}

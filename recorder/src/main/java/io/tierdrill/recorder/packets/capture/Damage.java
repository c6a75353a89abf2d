package io.tierdrill.recorder.packets.capture;

import java.util.Locale;
import java.util.Optional;

/** The first thing wrong with a file; what stands before it was read. */
final class Damage {
    private String text;

    boolean any() {
        return text != null;
    }

    Optional<String> text() {
        return Optional.ofNullable(text);
    }

    void cut(long at, int left, String within) {
        say("is cut off within %s at byte %,d: the last %,d bytes were not read", within, at, left);
    }

    <T> Optional<T> wrongLength(long at, long length) {
        say("is damaged at byte %,d: a length of %,d cannot be; nothing behind it was read", at, length);
        return Optional.empty();
    }

    void say(String form, Object... values) {
        if (text == null) text = String.format(Locale.ROOT, form, values);
    }
}

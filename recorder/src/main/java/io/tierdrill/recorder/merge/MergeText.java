package io.tierdrill.recorder.merge;

import java.util.Locale;

/** The account in words, for the terminal. */
public final class MergeText {
    private MergeText() {}

    /** Several lines, each ended. */
    public static String of(MergeAccount account) {
        StringBuilder text = new StringBuilder();
        for (MergeAccount.Input input : account.inputs()) {
            String messages =
                    input.messages() == 0 ? "" : String.format(Locale.ROOT, ", %,d messages", input.messages());
            line(text, "%s: %,d requests%s, from %s", input.file(), input.requests(), messages, input.start());
            if (!input.damage().isEmpty()) line(text, "  damaged: %s", input.damage());
        }
        line(text, "read %,d = imported %,d + rejected 0", account.read(), account.imported());
        if (account.redacted()) line(text, "secrets were masked: not all of these traces had been");
        if (account.read() > 0) line(text, "from %s to %s", account.first(), account.last());
        return text.toString();
    }

    private static void line(StringBuilder text, String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}

package io.tierdrill.recorder.live;

import io.tierdrill.recorder.output.MaskedText;
import java.util.Locale;

/** The account in words, for the terminal. */
public final class LiveText {
    private LiveText() {}

    /** Several lines, each ended. */
    public static String of(LiveAccount account) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "saw %,d requests = recorded %,d + dropped %,d%s",
                account.begun(),
                account.recorded(),
                account.droppedInAll(),
                account.held() == 0 ? "" : String.format(Locale.ROOT, " + %,d in memory", account.held()));
        for (DropReason reason : DropReason.values()) {
            long count = account.dropped().getOrDefault(reason.word(), 0L);
            if (count > 0) line(text, "  %,d %s: %s", count, reason.word(), reason.meaning());
        }
        messages(text, account.messages());
        if (account.writtenEarly() > 0)
            line(text, "%,d were written before their response came; it is unknown", account.writtenEarly());
        if (account.outOfOrder() > 0)
            line(text, "%,d were told too late to be sorted in and stand a little later", account.outOfOrder());
        if (account.bodiesLeftOut() > 0)
            line(text, "%,d have only the size of their body, as the buffer was full", account.bodiesLeftOut());
        if (!account.masked().isEmpty()) line(text, "%s", MaskedText.of(account.masked()));
        account.clockSteps().forEach(step -> line(text, "%s", step));
        if (!account.problem().isEmpty()) line(text, "the last problem: %s", account.problem());
        line(text, "%,d files, %,d bytes", account.files(), account.bytes());
        return text.toString();
    }

    private static void messages(StringBuilder text, MessageAccount messages) {
        if (messages.seen() > 0) {
            line(
                    text,
                    "saw %,d messages on WebSockets = recorded %,d + dropped %,d%s",
                    messages.seen(),
                    messages.recorded(),
                    messages.droppedInAll(),
                    messages.held() == 0 ? "" : String.format(Locale.ROOT, " + %,d in memory", messages.held()));
            for (DropReason reason : DropReason.values()) {
                long count = messages.dropped().getOrDefault(reason.word(), 0L);
                if (count > 0) line(text, "  %,d %s: %s", count, reason.word(), reason.meaning());
            }
        }
        if (messages.unreadable() > 0)
            line(
                    text,
                    "%,d sides of WebSockets sent what is no WebSocket, and were not read on",
                    messages.unreadable());
    }

    private static void line(StringBuilder text, String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}

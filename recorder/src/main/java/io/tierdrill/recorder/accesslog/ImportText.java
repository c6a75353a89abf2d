package io.tierdrill.recorder.accesslog;

import java.util.Locale;

/** The account in words, for the terminal and for messages. */
public final class ImportText {
    private ImportText() {}

    /** Several lines, each ended. */
    public static String of(ImportAccount account) {
        StringBuilder text = new StringBuilder();
        for (ImportAccount.Input input : account.inputs()) {
            line(text, "%s: %,d lines, format %s%s", input.file(), input.read(), input.format(), how(input));
        }
        line(text, "read %,d = imported %,d + rejected %,d", account.read(), account.imported(), rejected(account));
        account.rejected().forEach((word, count) -> reason(text, account, word, count));
        if (account.outOfOrder() > 0) line(text, "out of order, sorted: %,d", account.outOfOrder());
        if (account.cutHeaders() > 0)
            line(text, "without a whole referer and user agent, imported without: %,d", account.cutHeaders());
        if (account.extraFields() > 0)
            line(text, "with fields behind those of the format, ignored: %,d", account.extraFields());
        if (account.imported() > 0)
            line(
                    text,
                    "from %s to %s; placed within the second with seed %d",
                    account.firstSecond(),
                    account.lastSecond(),
                    account.seed());
        return text.toString();
    }

    private static void reason(StringBuilder text, ImportAccount account, String word, long count) {
        ImportAccount.Example example = account.examples().get(word);
        line(text, "  %,d %s, first %s: %s", count, word, example.where(), example.found());
    }

    private static String how(ImportAccount.Input input) {
        return input.formatFound() ? " (found)" : "";
    }

    private static long rejected(ImportAccount account) {
        return account.rejected().values().stream().mapToLong(Long::longValue).sum();
    }

    private static void line(StringBuilder text, String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}

package io.tierdrill.recorder.imports;

import io.tierdrill.recorder.output.MaskedText;
import java.util.List;
import java.util.Locale;

/** The account in words, for the terminal and for messages. */
public final class ImportText {
    private ImportText() {}

    /** Several lines, each ended. */
    public static String of(ImportAccount account) {
        StringBuilder text = new StringBuilder();
        for (ImportAccount.Input input : account.inputs()) {
            line(
                    text,
                    "%s: %,d %ss, format %s%s",
                    input.file(),
                    input.read(),
                    input.unit(),
                    input.format(),
                    how(input));
        }
        line(text, "read %,d = imported %,d + rejected %,d", account.read(), account.imported(), rejected(account));
        account.rejected().forEach((word, count) -> reason(text, account, word, count));
        if (account.outOfOrder() > 0) line(text, "out of order, sorted: %,d", account.outOfOrder());
        account.remarks().values().forEach(remark -> line(text, "%s: %,d", remark.meaning(), remark.count()));
        if (!account.masked().isEmpty()) line(text, "%s", MaskedText.of(account.masked()));
        if (account.imported() > 0) line(text, "from %s to %s%s", account.first(), account.last(), placed(account));
        return text.toString();
    }

    private static void reason(StringBuilder text, ImportAccount account, String word, long count) {
        ImportAccount.Example example = account.examples().get(word);
        line(text, "  %,d %s (%s), first %s: %s", count, word, example.meaning(), example.where(), example.found());
    }

    private static String how(ImportAccount.Input input) {
        return input.formatFound() ? " (found)" : "";
    }

    private static String placed(ImportAccount account) {
        List<String> coarse = account.inputs().stream()
                .map(ImportAccount.Input::resolution)
                .filter(r -> r.endsWith(" s") || r.equals("none"))
                .distinct()
                .toList();
        if (coarse.isEmpty()) return "";
        String where = coarse.equals(List.of("none"))
                ? "arrivals drawn"
                : coarse.equals(List.of("1 s")) ? "placed within the second" : "placed within their stamps";
        return "; " + where + " with seed " + account.seed();
    }

    private static long rejected(ImportAccount account) {
        return account.rejected().values().stream().mapToLong(Long::longValue).sum();
    }

    private static void line(StringBuilder text, String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}

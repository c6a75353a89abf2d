package io.tierdrill.recorder.imports;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.util.Locale;

/** Refuses an import that would lose more than is allowed, with the whole account. */
final class Loss {
    private Loss() {}

    static void refuseIfTooMuch(ImportAccount account, double maxRejects) throws BadInputException {
        if (account.imported() > 0 && account.rejectedShare() <= maxRejects) return;
        String what = account.imported() == 0
                ? "found no request in " + account.read() + " "
                        + account.inputs().get(0).unit() + "s"
                : String.format(
                        Locale.ROOT,
                        "%.1f %% of the %ss are no requests, more than the %s %% allowed",
                        100 * account.rejectedShare(),
                        account.inputs().get(0).unit(),
                        percent(maxRejects));
        String help = ImportText.of(account).strip().replace(System.lineSeparator(), System.lineSeparator() + "  ");
        if (account.imported() > 0)
            help += System.lineSeparator() + "  If that is as it should be, allow more with --max-rejects.";
        throw new BadInputException(new Problem(where(account), "", what, help));
    }

    /** The first reject that matters. */
    private static String where(ImportAccount account) {
        return account.examples().values().stream()
                .filter(ImportAccount.Example::counts)
                .findFirst()
                .map(ImportAccount.Example::where)
                .orElse(account.inputs().get(0).file());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4f", 100 * share).replaceAll("\\.?0+$", "");
    }
}

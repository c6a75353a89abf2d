package io.tierdrill.recorder.leaks;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Card and account numbers by their check digits. Stateless. */
final class Numbers {
    private static final Pattern RUN = Pattern.compile("(?<![0-9])[0-9](?:[ +-]?[0-9]){12,63}(?![0-9])");
    /** Issuers, with the lengths of their numbers; no dates and times, no bar codes. */
    private static final Pattern ISSUER = Pattern.compile("4(?:\\d{12}|\\d{15}|\\d{17}|\\d{18})|3[47]\\d{13}"
            + "|3(?:0|6|8|9)\\d{12,17}|3[1235]\\d{14,17}|5\\d{13,18}|6\\d{13,18}|1\\d{14}"
            + "|2(?!0\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))\\d{15,18}|[789]\\d{15}");

    private static final Pattern ACCOUNT =
            Pattern.compile("(?<![A-Za-z0-9])(?=([A-Za-z]{2})[0-9]{2}(?:[ +-]?[A-Za-z0-9]){11,30})");
    private static final Pattern COUNTRIES = Pattern.compile("NO15|BE16|(?:DK|FI|FO|FK|GL|NL|SD)18|(?:MK|SI)19"
            + "|(?:AT|BA|EE|KZ|LT|LU|MN|XK)20|(?:CH|CR|HR|LI|LV)21|(?:BG|BH|DE|GB|GE|IE|ME|RS|VA)22"
            + "|(?:AE|GI|IL|IQ|OM|SO|TL)23|(?:AD|CZ|ES|MD|PK|RO|SA|SE|SK|TN|VG)24|(?:LY|PT|QA|ST)25|(?:IS|TR)26"
            + "|(?:BI|DJ|FR|GR|IT|MC|SM)27|(?:AL|AZ|BY|CY|DO|GT|HN|HU|LB|NI|PL|SV)28|(?:BR|EG|PS|UA)29"
            + "|(?:JO|KW|MU)30|(?:MT|SC)31|LC32|RU33");

    private Numbers() {}

    static List<String> cards(String text) {
        List<String> cards = new ArrayList<>();
        Matcher run = RUN.matcher(text);
        while (run.find()) {
            if (isPartOfOther(text, run.start())) continue;
            String[] groups = run.group().split("[ +-]");
            for (int from = 0; from < groups.length; from++)
                for (int to = from + 1; to <= groups.length; to++) {
                    String digits = String.join("", List.of(groups).subList(from, to));
                    if (digits.length() > 19) break;
                    boolean glued = to - from > 1
                            && (from == 0 && isLetter(text, run.start() - 1)
                                    || to == groups.length && isLetter(text, run.end()));
                    if (!glued && ISSUER.matcher(digits).matches() && luhn(digits)) cards.add(digits);
                }
        }
        return cards;
    }

    /** Behind a decimal point, or of an escape. */
    private static boolean isPartOfOther(String text, int start) {
        String before = text.substring(Math.max(0, start - 2), start);
        return before.matches("[0-9]\\.|.?%|%[0-9A-Fa-f]");
    }

    private static boolean isLetter(String text, int i) {
        return i >= 0 && i < text.length() && Character.isLetter(text.charAt(i));
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--, twice = !twice) {
            int d = Character.digit(digits.charAt(i), 10) * (twice ? 2 : 1);
            sum += d / 10 + d % 10;
        }
        return sum % 10 == 0;
    }

    static List<String> accounts(String text) {
        List<String> accounts = new ArrayList<>();
        Matcher start = ACCOUNT.matcher(text);
        while (start.find()) {
            int length = length(start.group(1).toUpperCase(Locale.ROOT));
            if (length == 0) continue;
            Matcher whole = Pattern.compile("[A-Za-z0-9](?:[ +-]?[A-Za-z0-9]){" + (length - 1) + "}(?![A-Za-z0-9])")
                    .matcher(text)
                    .region(start.start(), text.length())
                    .useTransparentBounds(true);
            if (!whole.lookingAt()) continue;
            String bare = whole.group().replaceAll("[ +-]", "").toUpperCase(Locale.ROOT);
            StringBuilder number = new StringBuilder();
            for (char c : (bare.substring(4) + bare.substring(0, 4)).toCharArray())
                number.append(Character.digit(c, 36));
            if (new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue() == 1) accounts.add(bare);
        }
        return accounts;
    }

    private static int length(String country) {
        for (int length = 15; length <= 33; length++)
            if (COUNTRIES.matcher(country + length).matches()) return length;
        return 0;
    }
}

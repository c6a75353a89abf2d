package io.tierdrill.recorder.redact;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes secrets, no two alike, and writes them in every way. */
final class Secrets {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /** What a secret is known by. */
    enum Kind {
        /** By its looks. */
        EMAIL,
        CARD,
        SPACED_CARD,
        DASHED_CARD,
        IBAN,
        SPACED_IBAN,
        JWT,
        AWS_KEY,
        GITHUB_KEY,
        SLACK_KEY,
        STRIPE_KEY,
        /** By its name only. */
        PASSWORD;

        boolean hasLooks() {
            return this != PASSWORD;
        }
    }

    /** Ways to write it. */
    enum Writing {
        PLAIN,
        PERCENT,
        PERCENT_ALL,
        PERCENT_TWICE,
        PLUS,
        BASE64,
        BASE64_URL,
        UNICODE,
        UPPER,
        LOWER,
        ENTITY
    }

    private final RandomGenerator chance;

    Secrets(RandomGenerator chance) {
        this.chance = chance;
    }

    String make(Kind kind) {
        return switch (kind) {
            case EMAIL ->
                text(6).toLowerCase(Locale.ROOT) + "." + text(4) + (chance.nextBoolean() ? "+x" : "") + "@"
                        + text(7).toLowerCase(Locale.ROOT)
                        + List.of(".example", ".co.uk", ".de", ".museum").get(chance.nextInt(4));
            case CARD -> card();
            case SPACED_CARD -> grouped(card(), " ");
            case DASHED_CARD -> grouped(card(), "-");
            case IBAN -> iban();
            case SPACED_IBAN -> grouped(iban(), " ");
            case JWT -> "eyJ" + text(17) + "." + text(60) + "." + text(43);
            case AWS_KEY -> "AKIA" + text(16).toUpperCase(Locale.ROOT);
            case GITHUB_KEY -> "ghp_" + text(35) + "7";
            case SLACK_KEY -> "xoxb-" + digits(11) + "-" + text(20) + "Q";
            case STRIPE_KEY -> "sk_live_" + text(24) + "9";
            case PASSWORD -> text(8 + chance.nextInt(16));
        };
    }

    String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) text.append(LETTERS.charAt(chance.nextInt(LETTERS.length())));
        return text.toString();
    }

    private String digits(int length) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < length; i++) digits.append(chance.nextInt(10));
        return digits.toString();
    }

    private String card() {
        List<String> beginnings = List.of("4", "51", "55", "2221", "37", "6011", "3530", "36", "6759", "62");
        String beginning = beginnings.get(chance.nextInt(beginnings.size()));
        int length = beginning.equals("37") ? 15 : beginning.equals("36") ? 14 : 16;
        String body = beginning + digits(length - 1 - beginning.length());
        for (int check = 0; check < 10; check++) if (luhn(body + check)) return body + check;
        throw new IllegalStateException();
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int d = digits.charAt(i) - '0';
            if ((digits.length() - i) % 2 == 0) d = d < 5 ? 2 * d : 2 * d - 9;
            sum += d;
        }
        return sum % 10 == 0;
    }

    private String iban() {
        String bank = List.of("DE18", "GB18", "FR23", "NO11", "NL14").get(chance.nextInt(5));
        int length = Integer.parseInt(bank.substring(2));
        String account = bank.startsWith("GB") || bank.startsWith("NL")
                ? text(4).replaceAll("[0-9]", "A").toUpperCase(Locale.ROOT) + digits(length - 4)
                : digits(length);
        for (int check = 2; check < 99; check++) {
            String iban = bank.substring(0, 2) + (check < 10 ? "0" : "") + check + account;
            StringBuilder number = new StringBuilder();
            for (char c : (iban.substring(4) + iban.substring(0, 4)).toCharArray())
                number.append(Character.digit(c, 36));
            if (new java.math.BigInteger(number.toString())
                            .mod(java.math.BigInteger.valueOf(97))
                            .intValue()
                    == 1) return iban;
        }
        throw new IllegalStateException();
    }

    private static String grouped(String text, String by) {
        return text.replaceAll("(.{4})(?=.)", "$1" + by);
    }

    static String write(String secret, Writing writing) {
        return switch (writing) {
            case PLAIN -> secret;
            case PERCENT -> percent(secret, false);
            case PERCENT_ALL -> percent(secret, true);
            case PERCENT_TWICE -> percent(percent(secret, false), false);
            case PLUS -> percent(secret, false).replace("%20", "+");
            case BASE64 -> Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            case BASE64_URL ->
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            case UNICODE -> unicode(secret);
            case UPPER -> secret.toUpperCase(Locale.ROOT);
            case LOWER -> secret.toLowerCase(Locale.ROOT);
            case ENTITY -> secret.replace("@", "&#64;").replace(".", "&#x2e;").replace("-", "&#45;");
        };
    }

    static String percent(String text, boolean all) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            if (plain && !all) out.append(c);
            else out.append(String.format("%%%02x", (int) c));
        }
        return out.toString();
    }

    static String unicode(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) out.append(String.format("\\u%04x", (int) c));
        return out.toString();
    }
}

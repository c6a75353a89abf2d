package io.tierdrill.recorder.template;

import io.tierdrill.recorder.line.Escape;
import io.tierdrill.recorder.line.LogField;
import io.tierdrill.recorder.line.LoggedRequest.Logged;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Apache's {@code LogFormat}: text and {@code %>s}, {@code %{NAME}i}. The whole directive as it stands in a configuration
 * is read too. Apache logs when it received a request, unless asked for {@code %{end:...}t}.
 */
final class ApacheDialect {
    private static final Pattern DIRECTIVE =
            Pattern.compile("%(?:!?[0-9,]*)([<>]?)(?:\\{([^}]*)\\})?(\\^?[a-zA-Z]{1,2}|%)");
    private static final Pattern LOG_FORMAT =
            Pattern.compile("\\s*LogFormat\\s+\"((?:[^\"\\\\]|\\\\.)*)\".*", Pattern.DOTALL);

    private static final Map<String, LogField> FIELDS = Map.ofEntries(
            Map.entry("h", LogField.CLIENT),
            Map.entry("a", LogField.CLIENT),
            Map.entry("u", LogField.USER),
            Map.entry("r", LogField.REQUEST),
            Map.entry("m", LogField.METHOD),
            Map.entry("U", LogField.PATH),
            Map.entry("q", LogField.QUERY),
            Map.entry("v", LogField.HOST),
            Map.entry("V", LogField.HOST),
            Map.entry("p", LogField.PORT),
            Map.entry("s", LogField.STATUS),
            Map.entry("b", LogField.BYTES),
            Map.entry("B", LogField.BYTES),
            Map.entry("D", LogField.DURATION_MICROS),
            Map.entry("T", LogField.DURATION_SECONDS));

    private ApacheDialect() {}

    static boolean speaks(String format) {
        Matcher directive = DIRECTIVE.matcher(format);
        return directive.find();
    }

    /** @return empty where the string asks for a form of time that is not read */
    static Optional<Template> read(String format) {
        Matcher whole = LOG_FORMAT.matcher(format);
        String text = whole.matches() ? whole.group(1).replaceAll("\\\\([\"\\\\])", "$1") : format;
        text = text.replace("\\t", "\t");
        // Bytes with headers are better than none.
        if (!text.matches("(?s).*%[0-9,!<>]*[bB].*")) text = text.replace("%O", "%B");
        Template.Builder template = new Template.Builder();
        Matcher directive = DIRECTIVE.matcher(text);
        boolean end = false;
        int at = 0;
        while (directive.find()) {
            template.text(text.substring(at, directive.start()));
            at = directive.end();
            String argument = directive.group(2) == null ? "" : directive.group(2);
            String letter = directive.group(3);
            if (letter.length() == 2 && letter.charAt(0) != '^') {
                at--;
                letter = letter.substring(0, 1);
            }
            if (letter.equals("%")) template.text("%");
            else if (letter.equals("t")) {
                end |= argument.startsWith("end:");
                LogField time = time(argument);
                if (time == null) return Optional.empty();
                if (time == LogField.TIME_CLF) template.text("[");
                template.field(time, "", text.substring(directive.start(), at));
                if (time == LogField.TIME_CLF) template.text("]");
            } else add(template, letter, argument, text.substring(directive.start(), at));
        }
        template.text(text.substring(at));
        return Optional.of(template.build(Escape.LOGGER, end ? Logged.END : Logged.ARRIVAL));
    }

    private static void add(Template.Builder template, String letter, String argument, String written) {
        if (argument.isEmpty()) template.field(FIELDS.getOrDefault(letter, LogField.IGNORED), "", written);
        else if (letter.equals("i")) template.field(header(argument), argument, written);
        else if (letter.equals("C")) template.field(LogField.COOKIE, argument, written);
        else if (letter.equals("T")) template.field(duration(argument), "", written);
        else if (letter.equals("p"))
            template.field(argument.equals("remote") ? LogField.CLIENT_PORT : LogField.PORT, "", written);
        else if (letter.equals("a") || letter.equals("h")) template.field(LogField.IGNORED, "", written);
        else if (letter.equals("x") && argument.startsWith("SSL_PROTOCOL")) template.field(LogField.TLS, "", written);
        else template.field(LogField.IGNORED, "", written);
    }

    private static LogField header(String name) {
        return switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "host" -> LogField.HOST;
            case "x-forwarded-for" -> LogField.FORWARDED_FOR;
            case "content-length" -> LogField.BODY_BYTES;
            default -> LogField.HEADER;
        };
    }

    private static LogField duration(String unit) {
        return switch (unit) {
            case "us" -> LogField.DURATION_MICROS;
            case "ms" -> LogField.DURATION_MILLIS;
            default -> LogField.DURATION_SECONDS;
        };
    }

    /** Null where the form is not read: a form of {@code strftime}. */
    private static LogField time(String argument) {
        String form = argument.replaceFirst("^(begin|end):", "");
        return switch (form) {
            case "" -> LogField.TIME_CLF;
            case "sec" -> LogField.TIME_SECONDS;
            case "msec" -> LogField.TIME_MILLIS;
            case "usec" -> LogField.TIME_MICROS;
            case "%FT%T%z", "%Y-%m-%dT%H:%M:%S%z" -> LogField.TIME_ISO;
            case "%d/%b/%Y:%H:%M:%S %z", "%d/%b/%Y:%T %z" -> LogField.TIME_CLF;
            default -> null;
        };
    }
}

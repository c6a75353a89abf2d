package io.tierdrill.recorder.template;

import io.tierdrill.recorder.line.Escape;
import io.tierdrill.recorder.line.LogField;
import io.tierdrill.recorder.line.LoggedRequest.Logged;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * nginx's {@code log_format}: text and {@code $variables}. The whole directive as it stands in a configuration is read
 * too. nginx logs a request when it has answered it, so its times are ends.
 */
final class NginxDialect {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
    private static final Pattern DIRECTIVE = Pattern.compile(
            "\\s*log_format\\s+\\S+\\s+(?:escape=(default|json|none)\\s+)?(.*?)\\s*;?\\s*", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("escape=(default|json|none)\\s+(.*)", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|\\S+");

    private static final Map<String, LogField> FIELDS = Map.ofEntries(
            Map.entry("remote_addr", LogField.CLIENT),
            Map.entry("remote_port", LogField.CLIENT_PORT),
            Map.entry("http_x_forwarded_for", LogField.FORWARDED_FOR),
            Map.entry("connection", LogField.CONNECTION),
            Map.entry("remote_user", LogField.USER),
            Map.entry("time_local", LogField.TIME_CLF),
            Map.entry("time_iso8601", LogField.TIME_ISO),
            Map.entry("msec", LogField.TIME_SECONDS),
            Map.entry("request", LogField.REQUEST),
            Map.entry("request_method", LogField.METHOD),
            Map.entry("request_uri", LogField.URI),
            Map.entry("uri", LogField.PATH),
            Map.entry("document_uri", LogField.PATH),
            Map.entry("args", LogField.QUERY),
            Map.entry("query_string", LogField.QUERY),
            Map.entry("is_args", LogField.IGNORED),
            Map.entry("scheme", LogField.SCHEME),
            Map.entry("host", LogField.HOST),
            Map.entry("http_host", LogField.HOST),
            Map.entry("server_port", LogField.PORT),
            Map.entry("ssl_protocol", LogField.TLS),
            Map.entry("https", LogField.TLS),
            Map.entry("status", LogField.STATUS),
            Map.entry("body_bytes_sent", LogField.BYTES),
            Map.entry("content_length", LogField.BODY_BYTES),
            Map.entry("http_content_length", LogField.BODY_BYTES),
            Map.entry("http_cookie", LogField.HEADER),
            Map.entry("request_time", LogField.DURATION_SECONDS));

    private NginxDialect() {}

    static boolean speaks(String format) {
        return VARIABLE.matcher(format).find();
    }

    static Template read(String format) {
        Escape escape = Escape.LOGGER;
        String text = format;
        Matcher directive = DIRECTIVE.matcher(format);
        Matcher bare = ESCAPE.matcher(format);
        if (directive.matches()) {
            escape = escape(directive.group(1));
            text = joined(directive.group(2));
        } else if (bare.matches()) {
            escape = escape(bare.group(1));
            text = joined(bare.group(2));
        }
        // One field may be empty and have no text around it: ? and what follows it are one query.
        text = text.replace("$is_args$args", "$args").replace("$is_args$query_string", "$args");
        if (!text.contains("$body_bytes_sent")) text = text.replace("$bytes_sent", "$body_bytes_sent");
        return pieces(text, escape);
    }

    private static Template pieces(String text, Escape escape) {
        Template.Builder template = new Template.Builder();
        Matcher variable = VARIABLE.matcher(text);
        int at = 0;
        while (variable.find()) {
            template.text(text.substring(at, variable.start()));
            String name = variable.group(1) != null ? variable.group(1) : variable.group(2);
            add(template, name);
            at = variable.end();
        }
        template.text(text.substring(at));
        return template.build(escape, Logged.END);
    }

    private static void add(Template.Builder template, String name) {
        String written = "$" + name;
        LogField field = field(name);
        if (field == LogField.COOKIE) template.field(field, name.substring("cookie_".length()), written);
        else if (field == LogField.HEADER) template.field(field, headerName(name), written);
        else template.field(field, "", written);
    }

    /** What a variable means; what a trace has no use for is skipped. */
    static LogField field(String name) {
        LogField known = FIELDS.get(name);
        if (known != null) return known;
        if (name.startsWith("cookie_")) return LogField.COOKIE;
        return name.startsWith("http_") ? LogField.HEADER : LogField.IGNORED;
    }

    /** {@code http_user_agent} was {@code User-Agent}, as far as one can tell. */
    static String headerName(String variable) {
        StringBuilder name = new StringBuilder();
        for (String word : variable.substring("http_".length()).split("_")) {
            if (word.isEmpty()) continue;
            name.append(name.isEmpty() ? "" : "-")
                    .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1));
        }
        return name.toString();
    }

    private static Escape escape(String word) {
        if (word == null || word.equals("default")) return Escape.LOGGER;
        return word.equals("json") ? Escape.JSON : Escape.NONE;
    }

    /** A directive's value may be cut into several quoted strings. */
    private static String joined(String value) {
        if (!value.startsWith("'") && !value.startsWith("\"")) return value;
        StringBuilder text = new StringBuilder();
        Matcher part = QUOTED.matcher(value);
        while (part.find()) {
            String inner = part.group(1) != null ? part.group(1) : part.group(2) != null ? part.group(2) : part.group();
            text.append(inner.replaceAll("\\\\(['\"\\\\])", "$1").replace("\\t", "\t"));
        }
        return text.toString();
    }
}

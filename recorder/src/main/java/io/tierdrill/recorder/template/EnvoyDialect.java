package io.tierdrill.recorder.template;

import io.tierdrill.recorder.line.Escape;
import io.tierdrill.recorder.line.LogField;
import io.tierdrill.recorder.line.LoggedRequest.Logged;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Envoy's access log format: text and {@code %COMMAND(ARGUMENT):LENGTH%}. {@code START_TIME} is the arrival. Envoy
 * escapes nothing.
 */
final class EnvoyDialect {
    /** What Envoy logs unless told otherwise. */
    static final String DEFAULT = "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\""
            + " %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION%"
            + " %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% \"%REQ(X-FORWARDED-FOR)%\" \"%REQ(USER-AGENT)%\""
            + " \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\" \"%UPSTREAM_HOST%\"";

    /** What Envoy logs as the sidecar or gateway of an Istio mesh. */
    static final String ISTIO = "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\""
            + " %RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS%"
            + " \"%UPSTREAM_TRANSPORT_FAILURE_REASON%\" %BYTES_RECEIVED% %BYTES_SENT% %DURATION%"
            + " %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% \"%REQ(X-FORWARDED-FOR)%\" \"%REQ(USER-AGENT)%\""
            + " \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\" \"%UPSTREAM_HOST%\" %UPSTREAM_CLUSTER%"
            + " %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS%"
            + " %REQUESTED_SERVER_NAME% %ROUTE_NAME%";

    private static final Pattern COMMAND = Pattern.compile("%([A-Z][A-Z0-9_]+)(?:\\(([^)]*)\\))?(?::\\d+)?%");

    private static final Map<String, LogField> FIELDS = Map.of(
            "START_TIME", LogField.TIME_AUTO,
            "RESPONSE_CODE", LogField.STATUS,
            "BYTES_RECEIVED", LogField.BODY_BYTES,
            "BYTES_SENT", LogField.BYTES,
            "DURATION", LogField.DURATION_MILLIS,
            "DOWNSTREAM_REMOTE_ADDRESS", LogField.CLIENT_AND_PORT,
            "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", LogField.CLIENT,
            "DOWNSTREAM_TLS_VERSION", LogField.TLS,
            "CONNECTION_ID", LogField.CONNECTION);

    private EnvoyDialect() {}

    static boolean speaks(String format) {
        return COMMAND.matcher(format).find();
    }

    static Template read(String format) {
        Template.Builder template = new Template.Builder();
        String text = format.replaceAll("(\\\\n|\\s)+$", "");
        Matcher command = COMMAND.matcher(text);
        int at = 0;
        while (command.find()) {
            template.text(text.substring(at, command.start()));
            at = command.end();
            String argument = command.group(2) == null ? "" : command.group(2);
            if (command.group(1).equals("REQ")) header(template, argument, command.group());
            else template.field(FIELDS.getOrDefault(command.group(1), LogField.IGNORED), "", command.group());
        }
        template.text(text.substring(at));
        return template.build(Escape.NONE, Logged.ARRIVAL);
    }

    /** {@code X?Y} is Y where there is no X; pseudo-headers begin with a colon. */
    private static void header(Template.Builder template, String argument, String written) {
        String[] names = argument.toLowerCase(Locale.ROOT).split("\\?");
        String name = names[names.length - 1];
        LogField field = switch (name) {
            case ":method" -> LogField.METHOD;
            case ":path" -> LogField.URI;
            case ":authority", "host" -> LogField.HOST;
            case ":scheme", "x-forwarded-proto" -> LogField.SCHEME;
            case "x-forwarded-for" -> LogField.FORWARDED_FOR;
            default -> LogField.HEADER;
        };
        template.field(field, names[0], written);
    }
}

package io.tierdrill.recorder.template;

import io.tierdrill.recorder.line.LogField;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Fixed text and the field behind it.
 *
 * @param before the text, maybe empty
 * @param field what follows; {@link LogField#IGNORED} where a trace has no use for it
 * @param name of a header or a cookie, else empty
 * @param written the field as it stands in the format string, for messages
 */
record Piece(byte[] before, LogField field, String name, String written) {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    static Piece of(String before, LogField field, String name, String written) {
        return new Piece(before.getBytes(StandardCharsets.UTF_8), field, name, written);
    }

    /** Whether a header or a cookie has a name that is a token (RFC 9110, 5.6.2); other fields need none. */
    boolean isNamed() {
        boolean needed = field == LogField.HEADER || field == LogField.COOKIE;
        return !needed || TOKEN.matcher(name).matches();
    }

    /** As it stands in the format string, fit for a screen. */
    String printable() {
        return written.replaceAll("\\p{Cntrl}", "?");
    }

    /** Fields that begin with a byte of their own can follow another without text between. */
    int firstByte() {
        return switch (field) {
            case URI, PATH -> '/';
            case QUERY -> '?';
            default -> before.length == 0 ? -1 : before[0];
        };
    }
}

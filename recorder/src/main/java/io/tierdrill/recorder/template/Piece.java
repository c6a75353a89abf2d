package io.tierdrill.recorder.template;

import io.tierdrill.recorder.line.LogField;
import java.nio.charset.StandardCharsets;

/**
 * Fixed text and the field behind it.
 *
 * @param before the text, maybe empty
 * @param field what follows; {@link LogField#IGNORED} where a trace has no use for it
 * @param name of a header or a cookie, else empty
 * @param written the field as it stands in the format string, for messages
 */
record Piece(byte[] before, LogField field, String name, String written) {

    static Piece of(String before, LogField field, String name, String written) {
        return new Piece(before.getBytes(StandardCharsets.UTF_8), field, name, written);
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

package io.tierdrill.recorder.template;

import io.tierdrill.recorder.line.Escape;
import io.tierdrill.recorder.line.LogField;
import io.tierdrill.recorder.line.LoggedRequest.Logged;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a line looks like.
 *
 * @param pieces in order
 * @param after the text behind the last field
 * @param escape how fields are escaped
 * @param logged which instant the time is
 */
record Template(List<Piece> pieces, byte[] after, Escape escape, Logged logged) {

    /** Gathers pieces while a format string is read. */
    static final class Builder {
        private final List<Piece> pieces = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        void text(String more) {
            text.append(more);
        }

        void field(LogField field, String name, String written) {
            pieces.add(Piece.of(text.toString(), field, name, written));
            text.setLength(0);
        }

        Template build(Escape escape, Logged logged) {
            return new Template(List.copyOf(pieces), text.toString().getBytes(StandardCharsets.UTF_8), escape, logged);
        }
    }

    /** The first field of which one cannot tell where it ends, or null. */
    Piece endless() {
        for (int i = 0; i + 1 < pieces.size(); i++) {
            Piece next = pieces.get(i + 1);
            if (next.before().length == 0 && next.firstByte() < 0) return pieces.get(i);
        }
        return null;
    }

    /** The first field of a header or cookie whose name cannot be one's, or null. */
    Piece nameless() {
        for (Piece piece : pieces) if (!piece.isNamed()) return piece;
        return null;
    }

    boolean tells(java.util.function.Predicate<LogField> what) {
        return pieces.stream().map(Piece::field).anyMatch(what);
    }
}

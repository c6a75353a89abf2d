package io.tierdrill.recorder.line;

import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.UnitParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Judges a file by the lines at its beginning. */
public final class FirstLines {
    private static final int LINES_TO_JUDGE = 100;

    /** A line rejected for one of these is not of the format; garbage in the right fields still shows it. */
    private static final Set<RejectReason> FOREIGN = Set.of(
            RejectReason.NOT_THIS_FORMAT, RejectReason.BAD_TIMESTAMP, RejectReason.NO_TIME, RejectReason.NO_REQUEST);

    private FirstLines() {}

    public static Likeness judge(Head head, UnitParser parser) {
        return judge(head, parser, () -> true);
    }

    /** {@code also} is asked of every line that is a request. Blank lines and comments are not judged. */
    public static Likeness judge(Head head, UnitParser parser, BooleanSupplier also) {
        LineReader lines = new LineReader(new ByteArrayInputStream(head.bytes()));
        int judged = 0;
        int fitting = 0;
        try {
            while (judged < LINES_TO_JUDGE && lines.next()) {
                boolean cut = lines.atEnd() && !head.whole() && judged > 0;
                if (cut || lines.isBlank()) continue;
                boolean request = parser.parse(lines.bytes(), lines.from(), lines.to());
                if (!request && !parser.reason().counts()) continue;
                judged++;
                if (request ? also.getAsBoolean() : !FOREIGN.contains(parser.reason())) fitting++;
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Likeness(fitting, judged);
    }
}

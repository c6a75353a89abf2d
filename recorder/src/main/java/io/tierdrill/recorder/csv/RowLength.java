package io.tierdrill.recorder.csv;

import io.tierdrill.recorder.fields.Refused;
import java.util.List;
import java.util.Optional;

/** How long a row of a profile lasts: the least distance of two that follow each other; larger ones are missing rows. */
final class RowLength {
    private RowLength() {}

    /** Nanoseconds; empty when no two times differ. */
    static Optional<Long> of(CsvTimes times, List<String> samples) {
        long least = Long.MAX_VALUE;
        long before = Long.MAX_VALUE;
        for (String sample : samples) {
            try {
                long time = times.parse(sample, "");
                if (time > before) least = Math.min(least, time - before);
                before = time;
            } catch (Refused counted) {
                before = Long.MAX_VALUE;
            }
        }
        return least == Long.MAX_VALUE ? Optional.empty() : Optional.of(least);
    }
}

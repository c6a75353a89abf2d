package io.tierdrill.recorder.inspect;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.statistics.StatisticsCollector;
import io.tierdrill.model.statistics.TraceStatistics;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.model.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A trace, looked at from end to end. Serialises to the JSON of {@code inspect --json} as it stands.
 *
 * @param file the trace, as the user named it
 * @param header what its writer said
 * @param damage what was lost of it and where, empty if it is whole
 * @param statistics of the requests that could be read
 */
public record Inspection(String file, TraceHeader header, Optional<String> damage, TraceStatistics statistics) {
    private static final int PROGRESS_REQUESTS = 1 << 14;

    /** Reads the trace once. */
    public static Inspection of(Path trace) throws IOException, BadInputException {
        return of(trace, silently -> {});
    }

    /**
     * Reads the trace once.
     *
     * @param progress told the number of requests read so far, every few thousand, on this thread
     * @throws BadInputException when the file is no trace
     */
    public static Inspection of(Path trace, LongConsumer progress) throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(trace)) {
            StatisticsCollector collector = new StatisticsCollector();
            for (long count = 1; reader.hasNext(); count++) {
                collector.add(reader.next());
                if (count % PROGRESS_REQUESTS == 0) progress.accept(count);
            }
            return new Inspection(trace.toString(), reader.header(), reader.damage(), collector.statistics());
        }
    }
}

package io.tierdrill.recorder.inspect;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.statistics.MessageStatistics;
import io.tierdrill.model.statistics.StatisticsCollector;
import io.tierdrill.model.statistics.TraceStatistics;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceEntry;
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
 * @param messages on WebSockets that could be read
 */
public record Inspection(
        String file,
        TraceHeader header,
        Optional<String> damage,
        TraceStatistics statistics,
        MessageStatistics messages) {
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
            MessageStatistics.Collector messages = new MessageStatistics.Collector();
            for (long count = 0; reader.hasNextEntry(); ) {
                TraceEntry entry = reader.nextEntry();
                if (entry instanceof MessageRecord m) messages.add(m.from(), m.opcode(), m.bytes());
                if (!(entry instanceof RequestRecord request)) continue;
                collector.add(request);
                if (++count % PROGRESS_REQUESTS == 0) progress.accept(count);
            }
            return new Inspection(
                    trace.toString(), reader.header(), reader.damage(), collector.statistics(), messages.statistics());
        }
    }
}

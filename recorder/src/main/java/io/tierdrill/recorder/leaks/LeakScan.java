package io.tierdrill.recorder.leaks;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** Reads a whole trace, metadata and all fields of all requests, and says what looks like a secret. */
public final class LeakScan {
    private static final int PROGRESS_REQUESTS = 1 << 12;

    private LeakScan() {}

    /**
     * Reads the trace once.
     *
     * @param progress told the number of requests looked at, every few thousand, on this thread
     * @throws BadInputException when the file is no trace
     */
    public static LeakReport of(Path trace, LongConsumer progress) throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(trace)) {
            LeakTally tally = new LeakTally();
            RequestScan scan = new RequestScan(tally);
            metadata(trace, scan);
            long count = 0;
            while (reader.hasNextEntry()) {
                TraceEntry entry = reader.nextEntry();
                if (entry instanceof MessageRecord message) scan.message(message);
                if (!(entry instanceof RequestRecord request)) continue;
                tally.request(++count);
                scan.request(request);
                if (count % PROGRESS_REQUESTS == 0) progress.accept(count);
            }
            return new LeakReport(trace.toString(), count, tally.leaks().isEmpty(), tally.leaks(), reader.damage());
        }
    }

    /** All that the container says of itself, also what we do not know. */
    private static void metadata(Path trace, RequestScan scan) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(trace));
                DataFileStream<GenericRecord> file = new DataFileStream<>(in, new GenericDatumReader<>())) {
            for (String key : file.getMetaKeys()) scan.text("metadata " + key, file.getMetaString(key));
        }
    }
}

package io.tierdrill.recorder.imports;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.util.Optional;

/**
 * How to import.
 *
 * @param format of all inputs; empty to choose for each by its beginning
 * @param maxRejects share of units that may be rejected before the import is refused, 0 to 1; blank lines do not count
 * @param seeds places requests within stamps that are coarser than a millisecond, and draws arrivals where there are none
 * @param server for what inputs do not tell
 * @param rate requests a second, for inputs that tell no times
 * @param sortBytes memory for units to be sorted; beyond it they go through a temporary file beside the trace
 * @param redaction what is masked on the way into the trace
 */
public record ImportOptions(
        Optional<Format> format,
        double maxRejects,
        Seeds seeds,
        Server server,
        Optional<Double> rate,
        int sortBytes,
        RedactionConfig redaction) {

    public ImportOptions {
        if (!(maxRejects >= 0 && maxRejects <= 1))
            throw new IllegalArgumentException("maxRejects must be from 0 to 1, was " + maxRejects);
        if (rate.isPresent() && !(rate.get() > 0 && rate.get() < 1e9))
            throw new IllegalArgumentException("rate must be above 0, was " + rate.get());
        if (sortBytes < 1) throw new IllegalArgumentException("sortBytes must be 1 or more, was " + sortBytes);
    }

    /** Format as found, 1 % rejects, seed 1, http, no authority, no rate, 64 MiB. */
    public static ImportOptions defaults() {
        return new ImportOptions(
                Optional.empty(),
                0.01,
                new Seeds(1),
                new Server("http", ""),
                Optional.empty(),
                64 << 20,
                RedactionConfig.defaults());
    }

    public ImportOptions withFormat(Format other) {
        return new ImportOptions(Optional.of(other), maxRejects, seeds, server, rate, sortBytes, redaction);
    }

    public ImportOptions withMaxRejects(double share) {
        return new ImportOptions(format, share, seeds, server, rate, sortBytes, redaction);
    }

    public ImportOptions withSeeds(Seeds other) {
        return new ImportOptions(format, maxRejects, other, server, rate, sortBytes, redaction);
    }

    public ImportOptions withServer(Server other) {
        return new ImportOptions(format, maxRejects, seeds, other, rate, sortBytes, redaction);
    }

    public ImportOptions withRate(double perSecond) {
        return new ImportOptions(format, maxRejects, seeds, server, Optional.of(perSecond), sortBytes, redaction);
    }

    public ImportOptions withSortBytes(int bytes) {
        return new ImportOptions(format, maxRejects, seeds, server, rate, bytes, redaction);
    }

    public ImportOptions withRedaction(RedactionConfig other) {
        return new ImportOptions(format, maxRejects, seeds, server, rate, sortBytes, other);
    }
}

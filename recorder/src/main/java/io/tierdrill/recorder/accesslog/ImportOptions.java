package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.recorder.redact.RedactionConfig;

/**
 * How to import.
 *
 * @param format of all files, or {@link LogFormat#AUTO}
 * @param maxRejects share of lines that may be rejected before the import is refused, 0 to 1; blank lines do not count
 * @param seeds places requests within their second
 * @param scheme {@code http} or {@code https}; access logs do not tell
 * @param authority host of the virtual host, or empty; access logs do not tell
 * @param sortBytes memory for lines to be sorted; beyond it they go through a temporary file beside the trace
 * @param redaction what is masked on the way into the trace
 */
public record ImportOptions(
        LogFormat format,
        double maxRejects,
        Seeds seeds,
        String scheme,
        String authority,
        int sortBytes,
        RedactionConfig redaction) {

    public ImportOptions {
        if (!(maxRejects >= 0 && maxRejects <= 1))
            throw new IllegalArgumentException("maxRejects must be from 0 to 1, was " + maxRejects);
        if (!scheme.equals("http") && !scheme.equals("https"))
            throw new IllegalArgumentException("scheme must be http or https, was '" + scheme + "'");
        if (sortBytes < 1) throw new IllegalArgumentException("sortBytes must be 1 or more, was " + sortBytes);
    }

    /** Format as found, 1 % rejects, seed 1, http, no authority, 64 MiB. */
    public static ImportOptions defaults() {
        return new ImportOptions(LogFormat.AUTO, 0.01, new Seeds(1), "http", "", 64 << 20, RedactionConfig.defaults());
    }

    public ImportOptions withFormat(LogFormat other) {
        return new ImportOptions(other, maxRejects, seeds, scheme, authority, sortBytes, redaction);
    }

    public ImportOptions withMaxRejects(double share) {
        return new ImportOptions(format, share, seeds, scheme, authority, sortBytes, redaction);
    }

    public ImportOptions withSeeds(Seeds other) {
        return new ImportOptions(format, maxRejects, other, scheme, authority, sortBytes, redaction);
    }

    /** The server the logs are of, as its clients named it. */
    public ImportOptions withServer(String otherScheme, String otherAuthority) {
        return new ImportOptions(format, maxRejects, seeds, otherScheme, otherAuthority, sortBytes, redaction);
    }

    public ImportOptions withSortBytes(int bytes) {
        return new ImportOptions(format, maxRejects, seeds, scheme, authority, bytes, redaction);
    }

    public ImportOptions withRedaction(RedactionConfig other) {
        return new ImportOptions(format, maxRejects, seeds, scheme, authority, sortBytes, other);
    }
}

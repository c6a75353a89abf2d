package io.tierdrill.recorder.packets;

import io.tierdrill.recorder.packets.http.HttpLimits;
import io.tierdrill.recorder.packets.stream.StreamLimits;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to import captures.
 *
 * @param streams bounds of the connections
 * @param http bounds of the messages
 * @param heldBytes most memory for requests that wait for earlier ones to end
 * @param heldFor how long a request waits for its response while others wait for it; then it is written without. By
 *     default a second while recording, and as long as the memory lasts when importing
 * @param redaction what is masked on the way into the trace
 * @param tlsKeys a key log (SSLKEYLOGFILE) of the TLS connections; a recording reads it while it grows
 */
public record CaptureOptions(
        StreamLimits streams,
        HttpLimits http,
        long heldBytes,
        Optional<Duration> heldFor,
        RedactionConfig redaction,
        Optional<Path> tlsKeys) {
    public CaptureOptions {
        if (heldBytes < 0) throw new IllegalArgumentException("heldBytes must be 0 or more, was " + heldBytes);
        if (heldFor.filter(Duration::isNegative).isPresent())
            throw new IllegalArgumentException("heldFor must be 0 or more, was " + heldFor.get());
    }

    /** The defaults of the parts, and 64 MiB for requests that wait. */
    public static CaptureOptions defaults() {
        return new CaptureOptions(
                StreamLimits.defaults(),
                HttpLimits.defaults(),
                64 << 20,
                Optional.empty(),
                RedactionConfig.defaults(),
                Optional.empty());
    }

    public CaptureOptions withStreams(StreamLimits limits) {
        return new CaptureOptions(limits, http, heldBytes, heldFor, redaction, tlsKeys);
    }

    public CaptureOptions withHttp(HttpLimits limits) {
        return new CaptureOptions(streams, limits, heldBytes, heldFor, redaction, tlsKeys);
    }

    public CaptureOptions withHeldBytes(long bytes) {
        return new CaptureOptions(streams, http, bytes, heldFor, redaction, tlsKeys);
    }

    public CaptureOptions withHeldFor(Duration most) {
        return new CaptureOptions(streams, http, heldBytes, Optional.of(most), redaction, tlsKeys);
    }

    public CaptureOptions withRedaction(RedactionConfig other) {
        return new CaptureOptions(streams, http, heldBytes, heldFor, other, tlsKeys);
    }

    public CaptureOptions withTlsKeys(Optional<Path> keyLog) {
        return new CaptureOptions(streams, http, heldBytes, heldFor, redaction, keyLog);
    }
}

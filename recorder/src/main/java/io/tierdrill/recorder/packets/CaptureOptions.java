package io.tierdrill.recorder.packets;

import io.tierdrill.recorder.packets.http.HttpLimits;
import io.tierdrill.recorder.packets.stream.StreamLimits;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to import captures.
 *
 * @param streams bounds of the connections
 * @param http bounds of the messages
 * @param heldBytes most memory for requests that wait for earlier ones to end
 * @param redaction what is masked on the way into the trace
 * @param tlsKeys a key log (SSLKEYLOGFILE) of the TLS connections; a recording reads it while it grows
 */
public record CaptureOptions(
        StreamLimits streams, HttpLimits http, long heldBytes, RedactionConfig redaction, Optional<Path> tlsKeys) {
    public CaptureOptions {
        if (heldBytes < 0) throw new IllegalArgumentException("heldBytes must be 0 or more, was " + heldBytes);
    }

    /** The defaults of the parts, and 64 MiB for requests that wait. */
    public static CaptureOptions defaults() {
        return new CaptureOptions(
                StreamLimits.defaults(), HttpLimits.defaults(), 64 << 20, RedactionConfig.defaults(), Optional.empty());
    }

    public CaptureOptions withStreams(StreamLimits limits) {
        return new CaptureOptions(limits, http, heldBytes, redaction, tlsKeys);
    }

    public CaptureOptions withHttp(HttpLimits limits) {
        return new CaptureOptions(streams, limits, heldBytes, redaction, tlsKeys);
    }

    public CaptureOptions withHeldBytes(long bytes) {
        return new CaptureOptions(streams, http, bytes, redaction, tlsKeys);
    }

    public CaptureOptions withRedaction(RedactionConfig other) {
        return new CaptureOptions(streams, http, heldBytes, other, tlsKeys);
    }

    public CaptureOptions withTlsKeys(Optional<Path> keyLog) {
        return new CaptureOptions(streams, http, heldBytes, redaction, keyLog);
    }
}

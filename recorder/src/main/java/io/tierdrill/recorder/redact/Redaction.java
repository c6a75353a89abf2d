package io.tierdrill.recorder.redact;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.util.List;
import java.util.Map;

/** Takes the secrets out of requests before they are written. One thread. */
public final class Redaction {
    private static final List<String> CREDENTIALS =
            List.of("authorization", "proxy-authorization", "cookie", "cookie2", "set-cookie", "set-cookie2");

    private final MaskedCounts counts = new MaskedCounts();

    private Redaction() {}

    public static Redaction of(RedactionConfig config) {
        return new Redaction();
    }

    /** The request as it may be written. */
    public RequestRecord apply(RequestRecord raw) {
        List<Header> kept = raw.headers().stream().filter(h -> !isCredential(h)).toList();
        if (kept.size() == raw.headers().size()) return raw;
        return new RequestRecord(
                raw.offsetNanos(),
                raw.client(),
                raw.connection(),
                raw.user(),
                raw.scheme(),
                raw.method(),
                raw.authority(),
                raw.path(),
                kept,
                raw.body(),
                raw.response());
    }

    /** What a trace's notes say of it. */
    public Map<String, String> notes() {
        return Map.of("redaction", "Headers with credentials were left out.");
    }

    /** How much of each kind was masked so far. */
    public Map<String, Long> masked() {
        return counts.all();
    }

    private static boolean isCredential(Header header) {
        return CREDENTIALS.stream().anyMatch(c -> c.equalsIgnoreCase(header.name()));
    }
}

package io.tierdrill.recorder.packets.http;

import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides which headers reach the disk: every one passes here and nowhere else. Credentials do not. Redaction that keeps
 * sessions apart (keyed pseudonyms instead of nothing) belongs here.
 */
final class KeptHeaders {
    private static final List<String> CREDENTIALS =
            List.of("authorization", "proxy-authorization", "cookie", "cookie2", "set-cookie", "set-cookie2");
    /** Clients of WebSocket put tokens here, for want of another header that scripts may set. */
    private static final String WEBSOCKET_PROTOCOL = "sec-websocket-protocol";

    private final Tally tally;

    KeptHeaders(Tally tally) {
        this.tally = tally;
    }

    List<Header> of(Head head) {
        List<Header> kept = new ArrayList<>(head.headers().size());
        for (Header header : head.headers()) {
            if (isCredential(header)) tally.observed(Observation.CREDENTIALS);
            else kept.add(header);
        }
        return kept;
    }

    private static boolean isCredential(Header header) {
        String name = header.name();
        for (String credential : CREDENTIALS) if (credential.equalsIgnoreCase(name)) return true;
        return WEBSOCKET_PROTOCOL.equalsIgnoreCase(name)
                && header.value().toLowerCase(Locale.ROOT).contains("bearer");
    }
}

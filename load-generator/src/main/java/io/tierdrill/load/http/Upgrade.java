package io.tierdrill.load.http;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.util.Set;

/**
 * The handshake of a WebSocket (RFC 6455, 4), as a client. The key is the one of the standard's example: it proves to
 * us that the target speaks WebSocket, and is no secret.
 */
public final class Upgrade {
    /** Of an answer that agrees. */
    public static final int STATUS = 101;

    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPTED = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    /** Ours: the key, and no compression, for nobody here would undo it. */
    private static final Set<String> OURS =
            Set.of("sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions");

    private Upgrade() {}

    /** Whether a recorded request opened a WebSocket. */
    public static boolean isAskedBy(RequestRecord request) {
        if (request.response().isPresent() && request.response().get().status() == STATUS) return true;
        for (Header header : request.headers())
            if (header.name().equalsIgnoreCase("upgrade") && header.value().equalsIgnoreCase("websocket")) return true;
        return false;
    }

    /** Whether the target's answer to our key is right. */
    public static boolean accepts(String answer) {
        return answer.equals(ACCEPTED);
    }

    static boolean replaces(String lowerCaseName) {
        return OURS.contains(lowerCaseName);
    }
}

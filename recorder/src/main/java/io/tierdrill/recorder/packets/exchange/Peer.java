package io.tierdrill.recorder.packets.exchange;

import io.tierdrill.recorder.packets.frame.Endpoint;
import java.util.Locale;

/**
 * Who asks, as records name them.
 *
 * @param client the client's address
 * @param connection the client's address and port and when the connection began, which no other connection shares
 */
public record Peer(String client, String connection) {
    public static Peer of(Endpoint client, long beganNanos) {
        String began = String.format(Locale.ROOT, "%d.%09d", beganNanos / 1_000_000_000L, beganNanos % 1_000_000_000L);
        return new Peer(client.address().toString(), client + "@" + began);
    }
}

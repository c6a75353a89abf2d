package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.exchange.Exchange;
import io.tierdrill.recorder.packets.exchange.Peer;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Side;
import java.util.Optional;

/** Makes the readers of what is not HTTP/1.x, once a connection has shown what it speaks. */
public interface Successors {
    /** TLS, from its first bytes on. */
    Conversation tls(Conversation.Opening opening);

    /**
     * HTTP/2.
     *
     * @param secure within TLS
     * @param client who asks
     * @param upgraded the request of HTTP/1.1 that asked for HTTP/2 and is answered there as stream 1; if there is one,
     *     the server's bytes come next, else the client's preface
     */
    Conversation http2(Conversation.Opening opening, boolean secure, Side client, Optional<Exchange> upgraded);

    /**
     * A WebSocket, behind the answer that agreed to it.
     *
     * @param client who asked
     * @param peer as in the request
     */
    Conversation webSocket(Side client, Peer peer);

    /** HTTP/2 whose beginning was not captured. */
    Conversation http2Remainder();
}

package io.tierdrill.recorder.packets;

import io.tierdrill.recorder.packets.exchange.Desk;
import io.tierdrill.recorder.packets.exchange.Exchange;
import io.tierdrill.recorder.packets.exchange.Peer;
import io.tierdrill.recorder.packets.http.HttpConversation;
import io.tierdrill.recorder.packets.http.HttpLimits;
import io.tierdrill.recorder.packets.http.Successors;
import io.tierdrill.recorder.packets.http2.Http2Conversation;
import io.tierdrill.recorder.packets.http2.Http2Remainder;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Side;
import io.tierdrill.recorder.packets.tls.KeyLog;
import io.tierdrill.recorder.packets.tls.TlsConversations;
import io.tierdrill.recorder.packets.websocket.WebSocketConversation;
import java.util.Optional;

/** The readers of connections, and which of them follows on which. One thread. */
public final class Conversations implements Successors {
    private static final String HTTP2 = "h2";

    private final Desk desk;
    private final HttpLimits limits;
    private final TlsConversations tls;

    public Conversations(Desk desk, HttpLimits limits, KeyLog keys) {
        this.desk = desk;
        this.limits = limits;
        this.tls = new TlsConversations(desk, keys, this::inside);
    }

    /** What a connection speaks is found out by its first bytes. */
    public Conversation open(Conversation.Opening opening) {
        return new HttpConversation(opening, desk, limits, false, this);
    }

    private Conversation inside(Conversation.Opening opening, Optional<String> protocol) {
        boolean http2 = protocol.filter(HTTP2::equals).isPresent();
        if (http2) return http2(opening, true, Side.INITIATOR, Optional.empty());
        return new HttpConversation(opening, desk, limits, true, this);
    }

    /** Time went on. */
    void advance(long nowNanos) {
        tls.advance(nowNanos);
    }

    @Override
    public Conversation tls(Conversation.Opening opening) {
        return tls.open(opening);
    }

    @Override
    public Conversation http2(Conversation.Opening opening, boolean secure, Side client, Optional<Exchange> upgraded) {
        return new Http2Conversation(opening, desk, limits, secure, client, upgraded);
    }

    @Override
    public Conversation webSocket(Side client, Peer peer) {
        return new WebSocketConversation(desk.order(), desk.tally(), client, peer);
    }

    @Override
    public Conversation http2Remainder() {
        return new Http2Remainder(desk.tally());
    }
}

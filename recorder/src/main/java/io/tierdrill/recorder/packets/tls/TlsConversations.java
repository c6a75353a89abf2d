package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.exchange.Desk;
import io.tierdrill.recorder.packets.stream.Conversation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the readers of TLS connections, and wakes those that wait for keys. One thread. */
public final class TlsConversations {
    /** How often, on the capture's clock, the key log is looked at while someone waits. */
    private static final long LOOK_NANOS = 20_000_000;

    /** Makes the reader of what is inside. */
    @FunctionalInterface
    public interface Inside {
        /** @param protocol that client and server agreed on, such as {@code h2} */
        Conversation open(Conversation.Opening opening, Optional<String> protocol);
    }

    private final Desk desk;
    private final KeyLog keys;
    private final Inside inside;
    private final Set<TlsConversation> waiting = new LinkedHashSet<>();
    private final Engines engines = new Engines();
    private long lookedNanos;

    public TlsConversations(Desk desk, KeyLog keys, Inside inside) {
        this.desk = desk;
        this.keys = keys;
        this.inside = inside;
    }

    public Conversation open(Conversation.Opening opening) {
        return new TlsConversation(opening, this);
    }

    /** Time went on: keys that were missing may be there now. */
    public void advance(long nowNanos) {
        if (waiting.isEmpty() || nowNanos - lookedNanos < LOOK_NANOS) return;
        lookedNanos = nowNanos;
        keys.readMore();
        for (TlsConversation conversation : List.copyOf(waiting)) conversation.lookAgain(nowNanos);
    }

    void waits(TlsConversation conversation) {
        waiting.add(conversation);
    }

    void waitsNoLonger(TlsConversation conversation) {
        waiting.remove(conversation);
    }

    Desk desk() {
        return desk;
    }

    KeyLog keys() {
        return keys;
    }

    Engines engines() {
        return engines;
    }

    Inside inside() {
        return inside;
    }
}

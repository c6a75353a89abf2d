package io.tierdrill.load.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/** WebSockets on which something is still to be said. One thread. */
final class Talks {
    private final PriorityQueue<WebSocketPeer> byDue =
            new PriorityQueue<>(Comparator.comparingLong(WebSocketPeer::dueNanos));
    /** Those that wait until their target takes more, the longest first. */
    private final Set<WebSocketPeer> blocked = new LinkedHashSet<>();

    private final long patienceNanos;

    /** @param patienceNanos for a target that takes nothing more */
    Talks(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    /** It has something to say, or can say it again. */
    void add(WebSocketPeer peer) {
        blocked.remove(peer);
        if (!peer.isTalking() || peer.queued) return;
        peer.queued = true;
        byDue.add(peer);
    }

    /** Says all that is due; {@code silent} is told of each that has nothing more to say. */
    void speak(long nowNanos, Consumer<Connection> silent) {
        WebSocketPeer peer;
        while ((peer = byDue.peek()) != null && peer.dueNanos() <= nowNanos) {
            byDue.remove();
            peer.queued = false;
            peer.speak(nowNanos);
            if (peer.isBlocked()) blocked.add(peer);
            else if (peer.isTalking()) add(peer);
            else silent.accept(peer.connection());
        }
    }

    /** Connections whose target has taken nothing for too long. */
    List<Connection> stuck(long nowNanos) {
        List<Connection> stuck = new ArrayList<>(0);
        for (WebSocketPeer peer : blocked) {
            if (nowNanos - peer.blockedSince() < patienceNanos) break;
            stuck.add(peer.connection());
        }
        return stuck;
    }

    void remove(WebSocketPeer peer) {
        blocked.remove(peer);
        if (peer.queued) byDue.remove(peer);
        peer.queued = false;
    }

    /** When there is something to do; {@code Long.MAX_VALUE} for never. */
    long nextNanos() {
        long next = byDue.isEmpty() ? Long.MAX_VALUE : byDue.peek().dueNanos();
        if (blocked.isEmpty()) return next;
        return Math.min(next, blocked.iterator().next().blockedSince() + patienceNanos);
    }

    boolean isEmpty() {
        return byDue.isEmpty() && blocked.isEmpty();
    }

    void close() {
        byDue.forEach(peer -> peer.connection().close());
        blocked.forEach(peer -> peer.connection().close());
        byDue.clear();
        blocked.clear();
    }
}

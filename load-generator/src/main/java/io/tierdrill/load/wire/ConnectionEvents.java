package io.tierdrill.load.wire;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What happens to connections and is no request's ending. One thread. */
final class ConnectionEvents {
    /** Lanes whose connection the target closed, of which it is remembered; the oldest are forgotten. */
    private static final int REMEMBERED = 65_536;

    private final Map<Long, Integer> lost = new LinkedHashMap<>();
    private long reconnects;
    private long handshakes;
    private long resumed;
    private long webSockets;
    private final MessageCounts messages = new MessageCounts();

    /** The target closed a connection of this lane, or announced to. */
    void lost(long lane) {
        lost.merge(lane, 1, Integer::sum);
        if (lost.size() <= REMEMBERED) return;
        Iterator<Long> oldest = lost.keySet().iterator();
        oldest.next();
        oldest.remove();
    }

    /** A connection of this lane is opened: in place of one that the target closed, or not. */
    void opens(long lane) {
        if (!lost.containsKey(lane)) return;
        lost.computeIfPresent(lane, (key, count) -> count == 1 ? null : count - 1);
        reconnects++;
    }

    void handshake(boolean tookUpAnOldSession) {
        handshakes++;
        if (tookUpAnOldSession) resumed++;
    }

    void webSocket() {
        webSockets++;
    }

    MessageCounts messages() {
        return messages;
    }

    /** By name; without what never happened. */
    Map<String, Long> toMap() {
        Map<String, Long> map = new TreeMap<>();
        put(map, "reconnects", reconnects);
        put(map, "tlsHandshakes", handshakes);
        if (handshakes > 0) map.put("tlsResumed", resumed);
        put(map, "webSockets", webSockets);
        messages.putInto(map);
        return map;
    }

    private static void put(Map<String, Long> map, String name, long count) {
        if (count > 0) map.put(name, count);
    }
}

package io.tierdrill.model.statistics;

import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What passed on WebSockets. Serialises to JSON as it stands.
 *
 * @param fromClients in one direction
 * @param fromServers in the other
 */
public record MessageStatistics(Direction fromClients, Direction fromServers) {

    /** Of both directions. */
    public long messages() {
        return fromClients.messages() + fromServers.messages();
    }

    /**
     * One direction.
     *
     * @param messages of every kind, closes among them
     * @param bytes of payload on the wire
     * @param kinds how many of each, by its name in lower case; without those that never came
     */
    public record Direction(long messages, long bytes, Map<String, Long> kinds) {
        public Direction {
            kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
        }
    }

    /** Counts. One thread. */
    public static final class Collector {
        private final long[][] counts = new long[Side.values().length][Opcode.values().length];
        private final long[] bytes = new long[Side.values().length];

        public void add(Side from, Opcode opcode, long size) {
            counts[from.ordinal()][opcode.ordinal()]++;
            bytes[from.ordinal()] += size;
        }

        public MessageStatistics statistics() {
            return new MessageStatistics(of(Side.CLIENT), of(Side.SERVER));
        }

        private Direction of(Side side) {
            Map<String, Long> kinds = new TreeMap<>();
            long sum = 0;
            for (Opcode opcode : Opcode.values()) {
                long count = counts[side.ordinal()][opcode.ordinal()];
                sum += count;
                if (count > 0) kinds.put(opcode.name().toLowerCase(Locale.ROOT), count);
            }
            return new Direction(sum, bytes[side.ordinal()], kinds);
        }
    }
}

package io.tierdrill.targets;

import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * The place of one instance in the stack, before and between its processes.
 *
 * @param listen port 0 where any will do
 * @param settings of its tier
 * @param seed of all its chances
 */
record Seat(InstanceId id, TierKind kind, InetSocketAddress listen, Map<String, Object> settings, long seed) {

    /** How its files are called: {@code l7-1}. */
    String fileName() {
        return id.tier() + "-" + id.number();
    }

    /** The same place, to be taken again at the address it had. */
    Seat at(InetSocketAddress address) {
        return new Seat(id, kind, address, settings, seed);
    }
}

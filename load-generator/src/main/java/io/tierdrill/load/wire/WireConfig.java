package io.tierdrill.load.wire;

import io.tierdrill.load.order.Order;
import io.tierdrill.load.source.SourceAddresses;
import io.tierdrill.load.tls.TlsConfig;
import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * What requests look like from outside: in which order, from where, in which protocol.
 *
 * @param order whether requests of one user wait for each other
 * @param sources the addresses that connections come from
 * @param protocol spoken on them
 * @param tls how they are secured, where the target is {@code https}
 */
public record WireConfig(Order order, SourceAddresses sources, Protocol protocol, TlsConfig tls) {

    public static WireConfig defaults() {
        return new WireConfig(Order.USER, SourceAddresses.any(), Protocol.HTTP1, TlsConfig.defaults());
    }

    /**
     * Takes {@code order}, {@code sources}, {@code protocol} and {@code tls} out of the node; the rest is the caller's.
     *
     * @param folder where a relative file is looked for
     */
    public static WireConfig from(ConfigNode node, Path folder) {
        return new WireConfig(
                Order.from(node),
                SourceAddresses.from(node),
                Protocol.from(node),
                TlsConfig.from(node.object("tls"), folder));
    }

    /** Puts its settings where {@link #from} finds them. */
    public void putInto(Map<String, Object> map) {
        map.put("order", order.word());
        sources.putInto(map);
        map.put("protocol", protocol.word());
        if (!tls.equals(TlsConfig.defaults())) map.put("tls", tls.toMap());
    }
}

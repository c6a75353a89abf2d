package io.tierdrill.load;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where requests go.
 *
 * @param host a name or an address
 * @param port from 1 to 65535
 * @param resolver who is asked for the name, honouring its time to live; without one the system is asked, once
 * @param secure whether it is an {@code https} target
 */
public record Target(String host, int port, Optional<InetSocketAddress> resolver, boolean secure) {
    public Target {
        if (host.isBlank()) throw new IllegalArgumentException("host must not be empty");
        if (port < 1 || port > 65_535) throw new IllegalArgumentException("port must be 1 to 65535, was " + port);
    }

    /** An {@code http} target. */
    public Target(String host, int port, Optional<InetSocketAddress> resolver) {
        this(host, port, resolver, false);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

package io.tierdrill.lb;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where an instance listens; port 0 takes any free one.
 *
 * @param traffic for what it carries
 * @param admin for {@code /metrics} and {@code /healthz}
 */
public record Listen(InetSocketAddress traffic, InetSocketAddress admin) {

    /** The admin port beside the traffic where that is a loopback address, else on 127.0.0.1. */
    public static Listen on(InetSocketAddress traffic) throws UnknownHostException {
        InetAddress host = traffic.getAddress();
        InetAddress loopback = host.isLoopbackAddress() ? host : InetAddress.getByName("127.0.0.1");
        return new Listen(traffic, new InetSocketAddress(loopback, 0));
    }
}

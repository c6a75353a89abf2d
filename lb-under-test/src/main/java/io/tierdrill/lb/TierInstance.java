package io.tierdrill.lb;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One running instance of a tier: a balancer, or a service. It listens from the moment it exists, refuses traffic until
 * it is wired, and can be wired again at any time. Safe to call from any thread.
 */
public interface TierInstance extends AutoCloseable {

    /** Where it takes traffic; the port is the real one also where it was asked to choose. */
    InetSocketAddress traffic();

    /** Where it serves {@code /metrics} and {@code /healthz}; always loopback unless the traffic address is not. */
    InetSocketAddress admin();

    /**
     * Replaces the instances of the tier below, all at once: no request sees a mixture. What is under way on one that
     * left is finished there.
     */
    void wire(List<InetSocketAddress> downstream);

    /** Frees both ports and ends all its threads. What is under way is cut off. */
    @Override
    void close();
}

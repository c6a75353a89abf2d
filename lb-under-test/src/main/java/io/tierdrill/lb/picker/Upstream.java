package io.tierdrill.lb.picker;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One instance of the tier below, and how much of ours is under way on it. Lives as long as it stays wired; compared by
 * identity. Counting is safe from any thread.
 */
public final class Upstream {
    private final InetSocketAddress address;
    private final AtomicInteger active = new AtomicInteger();

    public Upstream(InetSocketAddress address) {
        this.address = address;
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Requests or connections under way on it. */
    public int active() {
        return active.get();
    }

    /** One more is under way. Pairs with one {@link #end}. */
    public void begin() {
        active.incrementAndGet();
    }

    public void end() {
        active.decrementAndGet();
    }

    /** {@code host:port}: its name in hashes, the same in every process. */
    public String name() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public String toString() {
        return name();
    }
}

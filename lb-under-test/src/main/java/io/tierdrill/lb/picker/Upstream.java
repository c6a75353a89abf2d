package io.tierdrill.lb.picker;

import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.sample.Signal;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * One instance of the tier below, and how much of ours is under way on it. Lives as long as it stays wired; compared by
 * identity. Counting is safe from any thread.
 */
public final class Upstream {
    private final InetSocketAddress address;
    private final AtomicInteger active = new AtomicInteger();
    private final LongAdder begun = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder changes = new LongAdder();

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
        begun.increment();
    }

    public void end() {
        active.decrementAndGet();
    }

    /** A connection to it could not be opened. */
    public void failed() {
        failed.increment();
    }

    /** A check found it ill, or well again. */
    void changed() {
        changes.increment();
    }

    /** Tells how it is used. */
    void tell(TierTelemetry telemetry) {
        telemetry.signal(Signal.PICKS, name(), begun::sum);
        telemetry.signal(Signal.FAILED_CONNECTS, name(), failed::sum);
        telemetry.signal(Signal.HEALTH_CHANGES, name(), changes::sum);
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

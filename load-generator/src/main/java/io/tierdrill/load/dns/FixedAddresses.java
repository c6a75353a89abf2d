package io.tierdrill.load.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Known beforehand. */
final class FixedAddresses implements Addresses {
    private final Rotation rotation;

    FixedAddresses(List<InetAddress> all) {
        rotation = new Rotation(all);
    }

    @Override
    public Optional<InetAddress> next() {
        return Optional.of(rotation.next());
    }

    @Override
    public void ask(Waiter waiter) {
        waiter.resolved(rotation.next());
    }

    @Override
    public void expire(long nowNanos) {}

    @Override
    public long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close() {}
}

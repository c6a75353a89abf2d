package io.tierdrill.lb.hash;

import java.net.InetSocketAddress;

/**
 * A TCP flow as the client opened it: the 5-tuple, protocol always TCP. Both ends are resolved addresses.
 *
 * @param source who opened it
 * @param destination whom it was opened to: the VIP
 */
public record Flow(InetSocketAddress source, InetSocketAddress destination) {
    private static final int TCP = 6;

    public Flow {
        if (source.isUnresolved() || destination.isUnresolved())
            throw new IllegalArgumentException("a flow needs resolved addresses, was " + source + " to " + destination);
    }

    /** Of all five fields. The same flow and seed give the same hash in every process. */
    public long hash(long seed) {
        long hash = Mixer.bytes(sourceHash(seed), destination.getAddress().getAddress());
        return Mixer.mix(hash ^ ((long) destination.getPort() << 8 | TCP));
    }

    /** Of the source address and port alone: what stays the same whichever balancer the flow was sent to. */
    public long sourceHash(long seed) {
        long hash = Mixer.bytes(Mixer.mix(seed), source.getAddress().getAddress());
        return Mixer.mix(hash + source.getPort());
    }
}

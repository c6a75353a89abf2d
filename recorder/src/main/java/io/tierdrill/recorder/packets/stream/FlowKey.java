package io.tierdrill.recorder.packets.stream;

import io.tierdrill.recorder.packets.frame.Address;
import io.tierdrill.recorder.packets.frame.Endpoint;
import io.tierdrill.recorder.packets.frame.Segment;

/** What the segments of a connection have in common, whichever way they go. */
record FlowKey(Endpoint one, Endpoint other, int network) {

    static FlowKey of(Segment segment) {
        boolean inOrder = compare(segment.from(), segment.to()) <= 0;
        return new FlowKey(
                inOrder ? segment.from() : segment.to(), inOrder ? segment.to() : segment.from(), segment.network());
    }

    /** Two are looked up for every packet; what a record makes of itself is several times slower. */
    @Override
    public int hashCode() {
        return hash(one) * 31 + hash(other) + network;
    }

    private static int hash(Endpoint e) {
        long bits = (e.address().high() * 31 + e.address().low()) * 0x9e3779b97f4a7c15L + e.port();
        return (int) (bits ^ bits >>> 32);
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof FlowKey key
                && network == key.network
                && compare(one, key.one) == 0
                && compare(other, key.other) == 0;
    }

    private static int compare(Endpoint a, Endpoint b) {
        Address x = a.address();
        Address y = b.address();
        if (x.high() != y.high()) return Long.compare(x.high(), y.high());
        if (x.low() != y.low()) return Long.compare(x.low(), y.low());
        return Integer.compare(a.port(), b.port());
    }
}

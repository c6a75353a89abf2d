package io.tierdrill.load.dns;

import java.net.InetAddress;
import java.util.List;

/** One address after another, round and round. */
final class Rotation {
    private final List<InetAddress> all;
    private int turn;

    Rotation(List<InetAddress> all) {
        if (all.isEmpty()) throw new IllegalArgumentException("addresses must not be empty");
        this.all = List.copyOf(all);
    }

    InetAddress next() {
        InetAddress address = all.get(turn);
        turn = (turn + 1) % all.size();
        return address;
    }
}

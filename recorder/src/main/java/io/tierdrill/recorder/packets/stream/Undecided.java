package io.tierdrill.recorder.packets.stream;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;

/** Packets whose fate is not known yet. One thread. */
public final class Undecided {
    private final Tally tally;
    private long packets;
    private Place first;

    public Undecided(Tally tally) {
        this.tally = tally;
    }

    public void add(Piece piece) {
        add(piece.packets(), piece.place());
    }

    public void add(long more, Place firstOfThem) {
        if (packets == 0) first = firstOfThem;
        packets += more;
    }

    public void decide(Fate fate) {
        tally.packets(fate, packets, first);
        packets = 0;
    }
}

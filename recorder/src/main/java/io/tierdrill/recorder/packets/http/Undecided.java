package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.stream.Piece;

/** Packets whose fate is not known yet. One thread. */
final class Undecided {
    private final Tally tally;
    private long packets;
    private Place first;

    Undecided(Tally tally) {
        this.tally = tally;
    }

    void add(Piece piece) {
        if (packets == 0) first = piece.place();
        packets += piece.packets();
    }

    void decide(Fate fate) {
        tally.packets(fate, packets, first);
        packets = 0;
    }
}

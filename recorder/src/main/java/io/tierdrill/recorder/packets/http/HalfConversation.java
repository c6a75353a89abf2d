package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.stream.Piece;
import io.tierdrill.recorder.packets.stream.Undecided;

/** One direction: its parser, and the packets that the parser has not made up its mind about. One thread. */
final class HalfConversation {
    private final MessageParser parser;
    private final Tally tally;
    /** Of what may yet become a message. */
    private final Undecided beginnings;
    /** Of what is lost if the connection turns out to be HTTP. */
    private final Undecided losses;

    private Fate lossFate = Fate.OTHER_TCP;
    private long bytes;

    HalfConversation(MessageParser parser, Tally tally) {
        this.parser = parser;
        this.tally = tally;
        this.beginnings = new Undecided(tally);
        this.losses = new Undecided(tally);
    }

    MessageParser parser() {
        return parser;
    }

    /** Bytes read so far. */
    long bytes() {
        return bytes;
    }

    boolean isFresh() {
        return bytes == 0;
    }

    void read(Piece piece) {
        bytes += piece.bytes().remaining();
        parser.data(piece);
        if (parser.readSomething()) {
            beginnings.decide(Fate.HTTP);
            tally.packets(Fate.HTTP, piece.packets(), piece.place());
        } else if (parser.isLost()) {
            lossFate = parser.loss().fate();
            beginnings.decide(lossFate);
            losses.add(piece);
        } else beginnings.add(piece);
    }

    /** Without reading: it is not known what the connection speaks, and this tells nothing. */
    void skip(Piece piece) {
        bytes += piece.bytes().remaining();
        lossFate = Fate.BEGINNING_MISSING;
        losses.add(piece);
    }

    /** The connection speaks HTTP: what was lost, was lost. */
    void isHttp() {
        losses.decide(lossFate);
    }

    /** Packets still undecided have that fate. */
    void decide(Fate fate) {
        beginnings.decide(fate);
        losses.decide(fate);
    }

    /** No more comes, and it was never found out what the connection speaks. */
    void neverDecided() {
        beginnings.decide(Fate.OTHER_TCP);
        losses.decide(lossFate);
    }
}

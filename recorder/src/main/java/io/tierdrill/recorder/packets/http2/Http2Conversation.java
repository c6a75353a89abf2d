package io.tierdrill.recorder.packets.http2;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.exchange.Desk;
import io.tierdrill.recorder.packets.exchange.Exchange;
import io.tierdrill.recorder.packets.exchange.Peer;
import io.tierdrill.recorder.packets.http.HttpLimits;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Ending;
import io.tierdrill.recorder.packets.stream.Piece;
import io.tierdrill.recorder.packets.stream.Side;
import java.util.Optional;

/**
 * A connection with HTTP/2, from its preface on. Where a direction cannot be read any further, by a hole or by headers
 * that are none, the other one is: requests without their responses, or the number of requests that were answered but not
 * read. One thread.
 */
public final class Http2Conversation implements Conversation {
    /** Two tables of headers and the readers of two directions, roughly. */
    private static final int COST_BYTES = 4096;

    private final Desk desk;
    private final Side clientSide;
    private final Http2Streams streams;
    private final ClientFrames clientFrames;
    private final ServerFrames serverFrames;
    private final FrameReader client;
    private final FrameReader server;

    /**
     * @param secure within TLS
     * @param upgraded the request of HTTP/1.1 that is answered here as stream 1
     */
    public Http2Conversation(
            Opening opening,
            Desk desk,
            HttpLimits limits,
            boolean secure,
            Side clientSide,
            Optional<Exchange> upgraded) {
        this.desk = desk;
        this.clientSide = clientSide;
        Peer peer = Peer.of(clientSide == Side.INITIATOR ? opening.initiator() : opening.responder(), opening.nanos());
        this.streams = new Http2Streams(desk, peer, limits.pipelined());
        String scheme = secure ? "https" : "http";
        this.clientFrames = new ClientFrames(streams, new HeaderTable(limits.headBytes(), desk.memory()), scheme);
        this.serverFrames = new ServerFrames(streams, new HeaderTable(limits.headBytes(), desk.memory()), desk.tally());
        this.client = new FrameReader(true, clientFrames, new HeaderBlock(limits.headBytes(), desk.memory()));
        this.server = new FrameReader(false, serverFrames, new HeaderBlock(limits.headBytes(), desk.memory()));
        upgraded.ifPresent(streams::upgraded);
        desk.memory().take(COST_BYTES);
    }

    private FrameReader reader(Side side) {
        return side == clientSide ? client : server;
    }

    @Override
    public void data(Side side, Piece piece) {
        FrameReader reader = reader(side);
        boolean readable = reader.trouble().isEmpty();
        if (readable) reader.data(piece);
        if (readable) reader.trouble().ifPresent(why -> lost(side, why));
        Fate fate = readable ? Fate.HTTP2 : reader.trouble().orElseThrow().fate();
        desk.tally().packets(fate, piece.packets(), piece.place());
    }

    private void lost(Side side, Trouble why) {
        if (side == clientSide) streams.requestsLost(why.reason());
        else streams.responsesLost();
    }

    @Override
    public void gap(Side side, long bytes, long nanos, Place place) {
        FrameReader reader = reader(side);
        if (reader.trouble().isPresent()) return;
        reader.gap(bytes, nanos);
        reader.trouble().ifPresent(why -> lost(side, why));
    }

    @Override
    public void lost(Side side, Place place) {
        if (reader(side).trouble().isPresent()) return;
        reader(side).fail(Trouble.GAP);
        lost(side, Trouble.GAP);
    }

    @Override
    public void finished(Side side, long nanos) {
        if (side != clientSide) streams.responsesLost();
    }

    @Override
    public void closed(Ending ending, long nanos) {
        client.fail(Trouble.GAP);
        server.fail(Trouble.GAP);
        streams.end(ending == Ending.DROPPED ? RejectReason.DROPPED : RejectReason.CUT);
        clientFrames.release();
        serverFrames.release();
        desk.memory().give(COST_BYTES);
    }
}

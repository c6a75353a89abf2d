package io.tierdrill.recorder.packets.http2;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.http.Preamble;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Ending;
import io.tierdrill.recorder.packets.stream.Piece;
import io.tierdrill.recorder.packets.stream.Side;
import java.nio.ByteBuffer;

/**
 * HTTP/2 whose beginning was not captured: the headers refer to a table that nobody knows, so no request can be read, but
 * those that begin at the start of a packet can be counted. One thread.
 */
public final class Http2Remainder implements Conversation {
    private static final int HEADERS = 1;
    private static final int HEADER_BYTES = 9;

    private final Tally tally;
    private int newest;

    public Http2Remainder(Tally tally) {
        this.tally = tally;
    }

    /** Only packets that begin with a frame count: in the midst of one, anything may look like a frame. */
    @Override
    public void data(Side side, Piece piece) {
        tally.packets(Fate.BEGINNING_MISSING, piece.packets(), piece.place());
        ByteBuffer bytes = piece.bytes();
        if (!Preamble.isHttp2Frames(bytes)) return;
        for (long at = bytes.position(); at + HEADER_BYTES <= bytes.limit(); ) {
            int length = bytes.getInt((int) at) >>> 8;
            if (bytes.get((int) at + 3) == HEADERS) headers(bytes.getInt((int) at + 5), piece);
            at += HEADER_BYTES + length;
        }
    }

    /** The first headers of a stream are a request, whichever side is the client. */
    private void headers(int stream, Piece piece) {
        if ((stream & 1) == 0 || stream <= newest) return;
        newest = stream;
        tally.rejected(RejectReason.HEADERS_UNKNOWN, piece.place());
    }

    @Override
    public void gap(Side side, long bytes, long nanos, Place place) {}

    @Override
    public void finished(Side side, long nanos) {}

    @Override
    public void closed(Ending ending, long nanos) {}
}

package io.tierdrill.recorder.packets.websocket;

import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.websocket.CloseCode;
import io.tierdrill.model.websocket.FrameReader;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.exchange.Peer;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Ending;
import io.tierdrill.recorder.packets.stream.Piece;
import io.tierdrill.recorder.packets.stream.Side;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the frames of a WebSocket and keeps of each message when it came, whose it was, its kind and its size. A hole
 * within a payload loses nothing; behind any other a side is not read on. One thread.
 */
public final class WebSocketConversation implements Conversation {
    private final TraceOrder order;
    private final Tally tally;
    private final Side client;
    private final byte[] peer;
    private final Direction fromClient = new Direction(io.tierdrill.model.websocket.Side.CLIENT);
    private final Direction fromServer = new Direction(io.tierdrill.model.websocket.Side.SERVER);
    private boolean ended;

    /**
     * @param client which side asked for it
     * @param peer as in the request that did
     */
    public WebSocketConversation(TraceOrder order, Tally tally, Side client, Peer peer) {
        this.order = order;
        this.tally = tally;
        this.client = client;
        this.peer = PackedMessage.peer(peer.client(), peer.connection());
    }

    @Override
    public void data(Side side, Piece piece) {
        Direction direction = of(side);
        direction.read(piece);
        Fate fate = direction.unreadable ? Fate.TUNNEL : Fate.WEB_SOCKET;
        tally.packets(fate, piece.packets(), piece.place());
    }

    private Direction of(Side side) {
        return side == client ? fromClient : fromServer;
    }

    @Override
    public void gap(Side side, long bytes, long nanos, Place place) {
        of(side).missed(bytes, nanos);
    }

    @Override
    public void lost(Side side, Place place) {
        of(side).missed(Long.MAX_VALUE, 0);
    }

    @Override
    public void finished(Side side, long nanos) {
        ends(of(side), nanos);
    }

    /** Only what the two did tells how it ended; not that nobody looked on. */
    @Override
    public void closed(Ending ending, long nanos) {
        if (ending == Ending.RESET) ends(fromClient, nanos);
    }

    private void ends(Direction first, long nanos) {
        if (ended) return;
        ended = true;
        if (!fromClient.reader.isOver() && !fromServer.reader.isOver()) first.breaksOff(nanos);
    }

    /** What one side says. */
    private final class Direction implements FrameReader.Messages {
        private final io.tierdrill.model.websocket.Side from;
        private final FrameReader reader;
        private long latestNanos;
        private boolean unreadable;

        Direction(io.tierdrill.model.websocket.Side from) {
            this.from = from;
            this.reader = new FrameReader(this);
        }

        void read(Piece piece) {
            ByteBuffer bytes = piece.bytes();
            reader.read(bytes::get, bytes.position(), bytes.limit(), at(piece.lastNanos()));
        }

        void missed(long bytes, long nanos) {
            reader.missed(bytes, at(nanos));
        }

        void breaksOff(long nanos) {
            close(CloseCode.ABNORMAL, 0, at(nanos), at(nanos));
        }

        /** A packet that filled a hole may be later than those behind it. */
        private long at(long nanos) {
            latestNanos = Math.max(latestNanos, nanos);
            return latestNanos;
        }

        @Override
        public void message(Opcode opcode, long bytes, long firstNanos, long lastNanos) {
            tell(opcode, bytes, Optional.empty(), firstNanos, lastNanos);
        }

        @Override
        public void close(int code, long bytes, long firstNanos, long lastNanos) {
            tell(Opcode.CLOSE, bytes, Optional.of(code), firstNanos, lastNanos);
        }

        private void tell(Opcode opcode, long bytes, Optional<Integer> code, long firstNanos, long lastNanos) {
            tally.observed(Observation.MESSAGES);
            order.add(new PackedMessage(lastNanos, lastNanos - firstNanos, peer, from, opcode, bytes, code));
        }

        @Override
        public void unreadable() {
            unreadable = true;
            tally.observed(Observation.MESSAGES_UNREADABLE);
        }
    }
}

package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.exchange.Desk;
import io.tierdrill.recorder.packets.exchange.Exchange;
import io.tierdrill.recorder.packets.exchange.Peer;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Ending;
import io.tierdrill.recorder.packets.stream.Piece;
import io.tierdrill.recorder.packets.stream.Side;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Finds out what a connection speaks, whatever its ports, and reads its requests and responses if that is HTTP/1.x.
 *
 * <pre>
 *   UNDECIDED -> HTTP -> TUNNEL        upgraded, or behind CONNECT
 *       |       '--> WebSocket, HTTP/2 upgraded to it: a successor reads on
 *       |--> TLS, HTTP/2               by the first bytes; a successor reads on
 *       '--> OTHER_TCP
 * </pre>
 *
 * One thread.
 */
public final class HttpConversation implements Conversation {
    /** A client that sent this much and no request, to a server that has not answered, speaks something else. */
    private static final int PATIENCE_BYTES = 64 << 10;

    private final Opening opening;
    private final Desk desk;
    private final HttpLimits limits;
    private final boolean secure;
    private final Successors successors;
    private final Tally tally;
    private final ExchangeQueue queue;
    private final Requests requests;
    private final Responses responses;
    private final HalfConversation client;
    private final HalfConversation server;
    private Optional<Side> clientSide;
    private Optional<Peer> peer = Optional.empty();
    private Optional<Fate> settled = Optional.empty();
    private Optional<Conversation> successor = Optional.empty();
    private boolean http;

    /** @param secure within TLS, whose reader counts bytes and resets */
    public HttpConversation(Opening opening, Desk desk, HttpLimits limits, boolean secure, Successors successors) {
        this.opening = opening;
        this.desk = desk;
        this.limits = limits;
        this.secure = secure;
        this.successors = successors;
        this.tally = desk.tally();
        this.queue = new ExchangeQueue(limits.pipelined());
        this.requests = new Requests(this::exchange, queue, tally, secure ? "https" : "http");
        this.responses =
                new Responses(queue, tally, this::upgrade, this::goOnWithWebSocket, this::goOnWithHttp2, this::refuse);
        this.client = half(StartLine.REQUEST, requests);
        this.server = half(StartLine.RESPONSE, responses);
        this.clientSide = opening.fromBeginning() ? Optional.of(Side.INITIATOR) : Optional.empty();
    }

    private HalfConversation half(StartLine startLine, Messages messages) {
        MessageParser parser = new MessageParser(startLine, messages, limits.headBytes(), desk.memory());
        if (!opening.fromBeginning()) parser.beginLost();
        return new HalfConversation(parser, tally);
    }

    private Exchange exchange(long nanos, Place place) {
        if (peer.isEmpty()) {
            boolean forward = clientSide.orElseThrow() == Side.INITIATOR;
            peer = Optional.of(Peer.of(forward ? opening.initiator() : opening.responder(), opening.nanos()));
        }
        return new Exchange(desk, nanos, place, peer.get());
    }

    @Override
    public void data(Side side, Piece piece) {
        if (!http && settled.isEmpty() && successor.isEmpty()) sniff(side, piece);
        if (!secure) count(side, piece);
        if (successor.isPresent()) successor.get().data(side, piece);
        else if (settled.isPresent()) tally.packets(settled.get(), piece.packets(), piece.place());
        else if (clientSide.isEmpty()) (side == Side.INITIATOR ? client : server).skip(piece);
        else {
            half(side).read(piece);
            if (!http) judge(side);
            if (http) isHttp();
            if (successor.isPresent()) handOver(side, piece);
        }
    }

    private void count(Side side, Piece piece) {
        boolean fromClient = side == clientSide.orElse(Side.INITIATOR);
        tally.observed(
                fromClient ? Observation.CLIENT_BYTES : Observation.SERVER_BYTES,
                piece.bytes().remaining());
    }

    private HalfConversation half(Side side) {
        return side == clientSide.orElseThrow() ? client : server;
    }

    /** Looks at the first bytes of a packet before anything is known. */
    private void sniff(Side side, Piece piece) {
        boolean first = clientSide.isEmpty() || half(side).isFresh();
        ByteBuffer bytes = piece.bytes();
        if (first && !secure && Preamble.isTls(bytes)) goOnWith(successors.tls(opening));
        else if (first && clientSide.orElse(side) == side && Preamble.isHttp2(bytes)) goOnWith(http2(side));
        else if (first && clientSide.orElse(side.other()) != side && Preamble.isHttp2Settings(bytes))
            goOnWith(http2(side.other()));
        else if (!opening.fromBeginning() && Preamble.isHttp2Frames(bytes)) goOnWith(successors.http2Remainder());
        else if (clientSide.isEmpty()) guessClient(side, piece);
    }

    private Conversation http2(Side side) {
        return successors.http2(opening, secure, side, Optional.empty());
    }

    private void goOnWith(Conversation other) {
        settle(Fate.OTHER_TCP);
        successor = Optional.of(other);
    }

    private void guessClient(Side side, Piece piece) {
        if (StartLine.REQUEST.beginsIn(piece.bytes())) clientSide = Optional.of(side);
        else if (StartLine.RESPONSE.beginsIn(piece.bytes())) clientSide = Optional.of(side.other());
    }

    /** After some bytes were read: do they decide what the connection speaks? */
    private void judge(Side side) {
        if (half(side).parser().acceptedMessages() > 0) {
            http = true;
        } else if (isGarbage(server)) settle(Fate.OTHER_TCP);
        else if (client.parser().isLost() && client.parser().loss() == Loss.HTTP_09) settle(Fate.OTHER_TCP);
        else if (isGarbage(client) && client.bytes() > PATIENCE_BYTES) settle(Fate.OTHER_TCP);
    }

    private void isHttp() {
        requests.rejectBadLine();
        client.isHttp();
        server.isHttp();
    }

    private static boolean isGarbage(HalfConversation half) {
        return half.parser().isLost() && half.parser().loss() == Loss.BAD_LINE;
    }

    private void settle(Fate fate) {
        settled = Optional.of(fate);
        requests.forget();
        client.decide(fate);
        server.decide(fate);
        client.parser().stop();
        server.parser().stop();
    }

    private void upgrade() {
        tally.observed(Observation.UPGRADES);
        settled = Optional.of(Fate.TUNNEL);
        requests.reject(RejectReason.CUT);
        client.decide(Fate.TUNNEL);
        client.parser().stop();
    }

    private void goOnWithWebSocket() {
        tally.observed(Observation.UPGRADES);
        requests.reject(RejectReason.CUT);
        client.parser().stop();
        successor = Optional.of(successors.webSocket(clientSide.orElseThrow(), peer.orElseThrow()));
    }

    private void goOnWithHttp2(Optional<Exchange> asked) {
        tally.observed(Observation.UPGRADES);
        requests.reject(RejectReason.CUT);
        client.parser().stop();
        successor = Optional.of(successors.http2(opening, secure, clientSide.orElseThrow(), asked));
    }

    /** What stands behind the upgrade in the same packet. */
    private void handOver(Side side, Piece piece) {
        ByteBuffer rest = half(side).parser().behindUpgrade();
        client.decide(Fate.HTTP);
        server.decide(Fate.HTTP);
        if (!rest.hasRemaining()) return;
        Piece behind = new Piece(rest.slice(), piece.nanos(), piece.lastNanos(), 0, piece.place());
        successor.orElseThrow().data(side, behind);
    }

    private void refuse() {
        client.parser().resume();
    }

    @Override
    public void gap(Side side, long bytes, long nanos, Place place) {
        successor.ifPresent(s -> s.gap(side, bytes, nanos, place));
        if (isReading()) half(side).parser().gap(bytes, nanos, place);
    }

    @Override
    public void lost(Side side, Place place) {
        successor.ifPresent(s -> s.lost(side, place));
        if (isReading()) half(side).parser().lost(place);
    }

    private boolean isReading() {
        return settled.isEmpty() && successor.isEmpty() && clientSide.isPresent();
    }

    @Override
    public void finished(Side side, long nanos) {
        successor.ifPresent(s -> s.finished(side, nanos));
        if (isReading()) half(side).parser().finish();
    }

    @Override
    public void closed(Ending ending, long nanos) {
        successor.ifPresent(s -> s.closed(ending, nanos));
        if (ending == Ending.RESET && !secure) tally.observed(Observation.RESET);
        if (http) requests.reject(ending == Ending.DROPPED ? RejectReason.DROPPED : RejectReason.CUT);
        else requests.forget();
        responses.cut();
        queue.end();
        client.neverDecided();
        server.neverDecided();
        client.parser().stop();
        server.parser().stop();
    }
}

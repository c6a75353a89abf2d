package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.RejectReason;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.order.TraceOrder;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Ending;
import io.tierdrill.recorder.packets.stream.Memory;
import io.tierdrill.recorder.packets.stream.Piece;
import io.tierdrill.recorder.packets.stream.Side;
import java.util.Optional;

/**
 * Finds out what a connection speaks, whatever its ports, and reads its requests and responses if that is HTTP/1.x.
 *
 * <pre>
 *   UNDECIDED -> HTTP -> TUNNEL        upgraded, or behind CONNECT
 *       |--> TLS, HTTP2, OTHER_TCP     by the first bytes
 * </pre>
 *
 * One thread.
 */
public final class HttpConversation implements Conversation {
    /** A client that sent this much and no request, to a server that has not answered, speaks something else. */
    private static final int PATIENCE_BYTES = 64 << 10;

    private final Opening opening;
    private final Desk desk;
    private final Tally tally;
    private final ExchangeQueue queue;
    private final Requests requests;
    private final Responses responses;
    private final HalfConversation client;
    private final HalfConversation server;
    private Optional<Side> clientSide;
    private Optional<Peer> peer = Optional.empty();
    private Optional<Fate> settled = Optional.empty();
    private boolean http;

    /** Makes conversations whose requests go to {@code order}. */
    public static Conversation.Factory factory(TraceOrder order, Tally tally, Memory memory, HttpLimits limits) {
        Desk desk = new Desk(order, tally, memory, limits);
        return opening -> new HttpConversation(opening, desk);
    }

    private HttpConversation(Opening opening, Desk desk) {
        this.opening = opening;
        this.desk = desk;
        this.tally = desk.tally();
        this.queue = new ExchangeQueue(desk.limits().pipelined());
        this.requests = new Requests(this::exchange, queue, tally);
        this.responses = new Responses(queue, tally, this::upgrade, this::refuse);
        this.client = half(StartLine.REQUEST, requests);
        this.server = half(StartLine.RESPONSE, responses);
        this.clientSide = opening.fromBeginning() ? Optional.of(Side.INITIATOR) : Optional.empty();
    }

    private HalfConversation half(StartLine startLine, Messages messages) {
        MessageParser parser =
                new MessageParser(startLine, messages, desk.limits().headBytes(), desk.memory());
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
        if (!http && settled.isEmpty()) sniff(side, piece);
        count(side, piece);
        if (settled.isPresent()) tally.packets(settled.get(), piece.packets(), piece.place());
        else if (clientSide.isEmpty()) (side == Side.INITIATOR ? client : server).skip(piece);
        else {
            half(side).read(piece);
            if (!http) judge(side);
            if (http) isHttp();
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
        if (first && Preamble.isTls(piece.bytes())) settle(Fate.TLS);
        else if (first && Preamble.isHttp2(piece.bytes())) settle(Fate.HTTP2);
        else if (clientSide.isEmpty()) guessClient(side, piece);
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

    private void refuse() {
        client.parser().resume();
    }

    @Override
    public void gap(Side side, long bytes, long nanos, Place place) {
        if (settled.isPresent() || clientSide.isEmpty()) return;
        half(side).parser().gap(bytes, nanos, place);
    }

    @Override
    public void finished(Side side, long nanos) {
        if (settled.isPresent() || clientSide.isEmpty()) return;
        half(side).parser().finish();
    }

    @Override
    public void closed(Ending ending, long nanos) {
        if (ending == Ending.RESET) tally.observed(Observation.RESET);
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

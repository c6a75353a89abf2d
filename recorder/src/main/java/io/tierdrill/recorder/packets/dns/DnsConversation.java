package io.tierdrill.recorder.packets.dns;

import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.frame.Endpoint;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Ending;
import io.tierdrill.recorder.packets.stream.Memory;
import io.tierdrill.recorder.packets.stream.Piece;
import io.tierdrill.recorder.packets.stream.Side;
import java.util.Optional;

/**
 * DNS over TCP (RFC 7766): messages behind their length, several at a time, answers in any order. Connections of port 53
 * that begin with something else are left to other readers. One thread.
 */
public final class DnsConversation implements Conversation {
    private final Opening opening;
    private final Conversation.Factory others;
    private final Tally tally;
    private final DnsHalf client;
    private final DnsHalf server;
    private final Side clientSide;
    private Optional<Conversation> other = Optional.empty();
    private boolean begun;

    /** Reads DNS on its port, and leaves all else to {@code others}. */
    public static Conversation.Factory factory(
            DnsQuestions questions, Tally tally, Memory memory, Conversation.Factory others) {
        return opening -> isDns(opening.initiator()) || isDns(opening.responder())
                ? new DnsConversation(opening, questions, tally, memory, others)
                : others.open(opening);
    }

    private DnsConversation(
            Opening opening, DnsQuestions questions, Tally tally, Memory memory, Conversation.Factory others) {
        this.opening = opening;
        this.others = others;
        this.tally = tally;
        this.clientSide = isDns(opening.responder()) ? Side.INITIATOR : Side.RESPONDER;
        Endpoint asking = clientSide == Side.INITIATOR ? opening.initiator() : opening.responder();
        Endpoint answering = clientSide == Side.INITIATOR ? opening.responder() : opening.initiator();
        int connection = questions.newConnection();
        boolean whole = opening.fromBeginning();
        this.client = new DnsHalf(new DnsHalf.Route(asking, answering, connection), questions, tally, memory, whole);
        this.server = new DnsHalf(new DnsHalf.Route(answering, asking, connection), questions, tally, memory, whole);
    }

    private static boolean isDns(Endpoint end) {
        return end.port() == DnsQuestions.DNS;
    }

    @Override
    public void data(Side side, Piece piece) {
        if (!begun && opening.fromBeginning() && !DnsHalf.mayBegin(piece.bytes()))
            other = Optional.of(others.open(opening));
        begun = true;
        if (other.isPresent()) {
            other.get().data(side, piece);
            return;
        }
        boolean fromClient = side == clientSide;
        tally.observed(
                fromClient ? Observation.CLIENT_BYTES : Observation.SERVER_BYTES,
                piece.bytes().remaining());
        half(side).read(piece);
    }

    private DnsHalf half(Side side) {
        return side == clientSide ? client : server;
    }

    @Override
    public void gap(Side side, long bytes, long nanos, Place place) {
        if (other.isPresent()) other.get().gap(side, bytes, nanos, place);
        else half(side).gap();
    }

    @Override
    public void finished(Side side, long nanos) {
        other.ifPresent(reader -> reader.finished(side, nanos));
    }

    @Override
    public void closed(Ending ending, long nanos) {
        if (other.isPresent()) {
            other.get().closed(ending, nanos);
            return;
        }
        if (ending == Ending.RESET) tally.observed(Observation.RESET);
        client.end();
        server.end();
    }
}

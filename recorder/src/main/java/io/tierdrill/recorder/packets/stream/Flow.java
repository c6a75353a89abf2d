package io.tierdrill.recorder.packets.stream;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.frame.Endpoint;
import io.tierdrill.recorder.packets.frame.Segment;

/** One connection. Cheap until its first payload: then its conversation begins. One thread. */
final class Flow {
    private final FlowKey key;
    private final Endpoint initiator;
    private final Endpoint responder;
    private final Tally tally;
    private final long startNanos;
    private final Direction fromInitiator;
    private final Direction fromResponder;
    private boolean beginningSeen;
    private int openingSequence;
    private Conversation conversation;
    private boolean over;
    private long lastNanos;

    /** @param first of its segments that was captured */
    Flow(FlowKey key, Segment first, Tally tally, Memory memory, int mostWaiting) {
        boolean answer = first.syn() && first.ack();
        this.key = key;
        this.initiator = answer ? first.to() : first.from();
        this.responder = answer ? first.from() : first.to();
        this.tally = tally;
        this.startNanos = first.nanos();
        this.fromInitiator = new Direction(Side.INITIATOR, tally, memory, mostWaiting);
        this.fromResponder = new Direction(Side.RESPONDER, tally, memory, mostWaiting);
    }

    FlowKey key() {
        return key;
    }

    long lastNanos() {
        return lastNanos;
    }

    boolean hasPayload() {
        return conversation != null;
    }

    boolean isOver() {
        return over;
    }

    /** Whether the segment opens a new connection between the same ports. */
    boolean isReplacedBy(Segment segment) {
        if (!segment.syn() || segment.ack()) return false;
        boolean again = beginningSeen && segment.from().equals(initiator) && segment.sequence() == openingSequence;
        return !again && (over || beginningSeen || hasPayload());
    }

    void take(Segment segment, Conversation.Factory factory) {
        lastNanos = segment.nanos();
        boolean forward = segment.from().equals(initiator);
        Direction direction = forward ? fromInitiator : fromResponder;
        Direction back = forward ? fromResponder : fromInitiator;
        int sequence = begin(segment, direction, back, forward);
        if (segment.length() == 0) tally.packets(Fate.NO_PAYLOAD, segment.packets(), segment.place());
        else if (over && conversation == null) tally.packets(Fate.AFTER_CLOSE, segment.packets(), segment.place());
        else direction.take(segment, sequence, conversation(factory));
        if (over || conversation == null) {
            if (segment.rst()) over = true;
            return;
        }
        if (segment.ack()) back.acknowledged(segment.acknowledgement(), segment.nanos(), conversation);
        if (segment.fin()) direction.fin(sequence + segment.length());
        finish(fromInitiator, Side.INITIATOR, segment.nanos());
        finish(fromResponder, Side.RESPONDER, segment.nanos());
        if (segment.rst()) close(Ending.RESET, segment.nanos());
        else if (direction.isEnded() && back.isEnded()) close(Ending.CLOSED, segment.nanos());
    }

    /** Notes where both directions stand; answers the number of the segment's first byte of payload. */
    private int begin(Segment segment, Direction direction, Direction back, boolean forward) {
        int sequence = segment.sequence() + (segment.syn() ? 1 : 0);
        if (segment.syn()) {
            beginningSeen = true;
            if (forward) openingSequence = segment.sequence();
        }
        if (!segment.rst()) direction.beginsAt(sequence);
        if (segment.ack()) back.beginsAt(segment.acknowledgement());
        return sequence;
    }

    private Conversation conversation(Conversation.Factory factory) {
        if (conversation != null) return conversation;
        tally.observed(Observation.CONNECTIONS);
        if (!beginningSeen) tally.observed(Observation.WITHOUT_BEGINNING);
        conversation = factory.open(new Conversation.Opening(initiator, responder, beginningSeen, startNanos));
        return conversation;
    }

    private void finish(Direction direction, Side side, long nanos) {
        if (direction.reachesEnd()) conversation.finished(side, nanos);
    }

    /** Delivers what waits, unless the connection is dropped, and ends the conversation. */
    void close(Ending ending, long nanos) {
        if (over) return;
        over = true;
        if (conversation == null) return;
        if (ending != Ending.DROPPED) {
            fromInitiator.flush(conversation);
            fromResponder.flush(conversation);
            finish(fromInitiator, Side.INITIATOR, nanos);
            finish(fromResponder, Side.RESPONDER, nanos);
        }
        fromInitiator.drop();
        fromResponder.drop();
        conversation.closed(ending, nanos);
    }
}

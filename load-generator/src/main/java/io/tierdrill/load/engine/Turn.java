package io.tierdrill.load.engine;

import io.tierdrill.load.prepare.Encoded;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A request from when it was taken until it has ended. Used again and again; where it must wait, its bytes are copied
 * into memory of its own, or kept where they are if they are many.
 */
final class Turn {
    ByteBuffer bytes;
    int from;
    int length;
    long filler;
    long lane;
    long client;
    boolean toHead;
    boolean upgrades;
    Optional<Runnable> release = Optional.empty();

    /** What is expected of its answer. */
    long code;

    long expectedLength;

    /** When it was due and when it was taken, on the clock of the run; and how long it had been held by then. */
    long due;

    long acted;
    long heldBefore;

    /** Its place in the order of its user: when it begins and ends in the recording, and how many it waits for. */
    long user;

    long begins;
    long ends;
    int waitsFor;
    Turn previousOfUser;
    Turn nextOfUser;

    /** Links of {@link TurnList}, while it is held. */
    Turn previous;

    Turn next;
    boolean held;
    private ByteBuffer room;

    /** Looks at the request where it lies. */
    void show(Encoded request, long dueNanos, long nowNanos, long heldNanos) {
        bytes = request.bytes();
        from = request.from();
        length = request.length();
        filler = request.filler();
        lane = request.lane();
        client = request.client();
        toHead = request.toHead();
        upgrades = request.upgrades();
        code = request.code();
        expectedLength = request.expectedLength();
        due = dueNanos;
        acted = nowNanos;
        heldBefore = heldNanos;
        held = false;
    }

    /** Where its bytes do not fit into a connection's own memory, they stay where they are until they are written. */
    boolean isLarge() {
        return length > Slot.ROOM || filler > 0;
    }

    /** Makes sure that its bytes are there later. */
    void keep(Encoded request) {
        if (isLarge()) {
            release = request.hold();
            return;
        }
        if (room == null) room = ByteBuffer.allocate(Slot.ROOM);
        room.put(0, bytes, from, length);
        bytes = room;
        from = 0;
    }
}

package io.tierdrill.load.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/** All slots: those nobody uses are handed out again, the one used last first, for its memory is still warm. */
final class Slots {
    private static final int BLOCK = 64;

    private final ArrayDeque<Slot> free = new ArrayDeque<>();
    private final Sockets sockets;
    private ByteBuffer rooms;
    private long roomsAddress;
    private int made;

    Slots(Sockets sockets) {
        this.sockets = sockets;
    }

    /** The number of the slot that {@link #take} would give. */
    int next() {
        return free.isEmpty() ? made : free.peekLast().index;
    }

    Slot take() {
        if (!free.isEmpty()) return free.pollLast();
        if (made % BLOCK == 0) {
            rooms = ByteBuffer.allocateDirect(BLOCK * Slot.ROOM).order(ByteOrder.LITTLE_ENDIAN);
            roomsAddress = sockets.address(rooms);
        }
        return new Slot(made, rooms, roomsAddress, made++ % BLOCK * Slot.ROOM);
    }

    void give(Slot slot) {
        free.addLast(slot);
    }
}

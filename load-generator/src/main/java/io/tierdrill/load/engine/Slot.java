package io.tierdrill.load.engine;

import io.tierdrill.load.http.ResponseParser;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One connection and, while it carries one, its request. Slots are made when more connections are open than ever
 * before, and used again.
 *
 * <pre>
 *   FREE ─> RESOLVING ─> CONNECTING ─> BUSY <─> IDLE
 *    ^          └────────────┴──────────┴────────┴──> CLOSING
 *    └───────────────────────────────────────────────────┘
 * </pre>
 */
final class Slot {
    enum State {
        FREE,
        RESOLVING,
        CONNECTING,
        BUSY,
        IDLE,
        /** Agreed on another protocol than HTTP; nothing more is sent on it. */
        UPGRADED,
        /** Given up; what the system still has to say of it is not for the next user of the slot. */
        CLOSING
    }

    /** Requests up to this size are copied here, so that what they were prepared in can be used again at once. */
    static final int ROOM = 2_048;

    final int index;
    State state = State.FREE;
    /** What it carries; the last one where it carries nothing. */
    Turn turn;

    /** What is to be written: {@code left} bytes of {@code out} from {@code from} on; {@code outAddress} is byte 0 of it. */
    ByteBuffer out;

    long outAddress;
    int from;
    int left;

    final ByteBuffer room;
    final long roomAddress;
    final int roomFrom;

    /** Where the bytes lie that could not be copied. */
    Optional<Runnable> release = Optional.empty();

    /** Bytes of a body nobody kept, to be written after the others. */
    long filler;

    long lane;
    long sent;
    long held;
    long dnsNanos;
    long connectStart;
    long connectNanos;
    long idleSince;

    /** The answer so far. */
    int status;

    boolean keepAlive;
    long bodyBytes;
    long bodyLeft;
    /** Whether more came than it announced. */
    boolean tooLong;

    boolean slow;
    ResponseParser parser;

    /** Of a WebSocket. */
    Frames frames;

    /** Links of {@link SlotList} and {@link LaneTable}. */
    Slot previous;

    Slot next;
    Slot nextOfLane;

    /** Who asks for an address on its behalf. */
    Object asking;

    /** For {@link Sockets}: what it needs to know of the connection. */
    int file = -1;

    int underWay;
    Object channel;

    Slot(int index, ByteBuffer room, long roomAddress, int roomFrom) {
        this.index = index;
        this.room = room;
        this.roomAddress = roomAddress;
        this.roomFrom = roomFrom;
    }

    /** How its request began, where it is still here: {@code GET /cart/17}. */
    Optional<String> requestLine() {
        if (turn.isLarge()) return Optional.empty();
        StringBuilder line = new StringBuilder();
        for (int i = roomFrom; room.get(i) != '\r'; i++) line.append((char) (room.get(i) & 0xff));
        return Optional.of(line.substring(0, line.lastIndexOf(" ")));
    }

    boolean carries() {
        return state == State.BUSY || state == State.CONNECTING || state == State.RESOLVING;
    }
}

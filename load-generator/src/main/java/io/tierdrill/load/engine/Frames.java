package io.tierdrill.load.engine;

import java.nio.ByteBuffer;

/**
 * The listening end of a WebSocket (RFC 6455): reads frames as they come and answers pings and the wish to close. What
 * messages say is passed over. Belongs to one connection.
 */
final class Frames {
    /** What there is to be written, if anything. */
    enum Reply {
        NONE,
        /** Lies in the slot's room. */
        WRITE,
        /** The same, and then it is over. */
        LAST,
        /** This is no WebSocket. */
        BROKEN
    }

    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LONGEST_HEAD = 10;
    /** Control frames carry no more. */
    private static final int LONGEST_CONTROL = 125;

    private final ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD);
    private final ByteBuffer control = ByteBuffer.allocate(LONGEST_CONTROL);
    private int operation;
    private long left;
    private int replyLength;

    /**
     * Reads bytes.
     *
     * @param room where a reply is put, at {@code roomFrom}; {@link #replyLength} tells how long it is
     */
    Reply read(ByteBuffer bytes, int from, int count, ByteBuffer room, int roomFrom) {
        Reply reply = Reply.NONE;
        int at = from;
        int to = from + count;
        replyLength = 0;
        while (at < to) {
            if (!isWhole()) {
                head.put(bytes.get(at++));
                if (!isWhole()) continue;
                if (!begin()) return Reply.BROKEN;
            }
            int part = (int) Math.min(left, to - at);
            if (operation >= CLOSE) keep(bytes, at, part);
            at += part;
            left -= part;
            if (left > 0) break;
            if (operation == PING || operation == CLOSE) put(room, roomFrom);
            if (operation == CLOSE) return Reply.LAST;
            if (operation == PING) reply = Reply.WRITE;
            head.clear();
            control.clear();
        }
        return reply;
    }

    /** Bytes of what {@link #read} put into the room. */
    int replyLength() {
        return replyLength;
    }

    private void keep(ByteBuffer bytes, int from, int count) {
        control.put(control.position(), bytes, from, count).position(control.position() + count);
    }

    private boolean isWhole() {
        if (head.position() < 2) return false;
        int length = head.get(1) & 0x7f;
        return head.position() == (length == 126 ? 4 : length == 127 ? LONGEST_HEAD : 2);
    }

    /** Whether a frame with this head may come from a server. */
    private boolean begin() {
        operation = head.get(0) & 0xf;
        int length = head.get(1) & 0x7f;
        left = length == 126 ? head.getShort(2) & 0xffff : length == 127 ? head.getLong(2) : length;
        boolean masked = head.get(1) < 0;
        return !masked && left >= 0 && (operation < CLOSE || length <= LONGEST_CONTROL);
    }

    /** The same content back, masked with zeros, which changes nothing. */
    private void put(ByteBuffer room, int from) {
        int length = control.position();
        int at = from + replyLength;
        if (replyLength + 6 + length > Slot.ROOM) return;
        room.put(at, (byte) (0x80 | (operation == PING ? PONG : CLOSE))).put(at + 1, (byte) (0x80 | length));
        for (int i = 2; i < 6; i++) room.put(at + i, (byte) 0);
        room.put(at + 6, control, 0, length);
        replyLength += 6 + length;
    }
}

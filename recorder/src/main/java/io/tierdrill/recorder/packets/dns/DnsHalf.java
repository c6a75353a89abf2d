package io.tierdrill.recorder.packets.dns;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.frame.Datagram;
import io.tierdrill.recorder.packets.frame.Endpoint;
import io.tierdrill.recorder.packets.stream.Memory;
import io.tierdrill.recorder.packets.stream.Piece;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One direction of DNS over TCP: {@code length message length message ...}, two bytes of length each. Where messages begin
 * is unknown behind a hole, and when the beginning of the connection was not captured: until a packet begins with a whole
 * message. One thread.
 */
final class DnsHalf {
    private static final int LENGTH = 2;
    private static final int HEADER = 12;
    /** Every server refuses more than one (RFC 9619); something else than DNS shows here. */
    private static final int MOST_QUESTIONS = 8;

    private static final byte[] NOTHING = {};

    /** @param connection a number that no other one has, and no virtual network */
    record Route(Endpoint from, Endpoint to, int connection) {}

    private final Route route;
    private final DnsQuestions questions;
    private final Tally tally;
    private final Memory memory;
    /** The beginning of a message that is not all there; empty between messages. */
    private byte[] begun = NOTHING;

    private int length;
    private long beganNanos;
    private Place beganPlace;
    private long packets;
    private boolean lost;
    private Fate lostFate = Fate.BEGINNING_MISSING;

    DnsHalf(Route route, DnsQuestions questions, Tally tally, Memory memory, boolean fromBeginning) {
        this.route = route;
        this.questions = questions;
        this.tally = tally;
        this.memory = memory;
        this.lost = !fromBeginning;
    }

    /** Whether the first bytes of a connection may be DNS, as far as there are any. */
    static boolean mayBegin(ByteBuffer bytes) {
        int at = bytes.position();
        if (bytes.remaining() < LENGTH) return true;
        if ((bytes.getShort(at) & 0xffff) < HEADER) return false;
        return bytes.remaining() < LENGTH + 6 || (bytes.getShort(at + LENGTH + 4) & 0xffff) <= MOST_QUESTIONS;
    }

    void read(Piece piece) {
        if (lost && !beginsWithMessage(piece.bytes())) {
            tally.packets(lostFate, piece.packets(), piece.place());
            return;
        }
        lost = false;
        ByteBuffer in = piece.bytes().duplicate();
        if (length == 0) begins(piece);
        packets += piece.packets();
        while (in.hasRemaining() && !lost) {
            append(in);
            if (isWhole()) message(piece);
        }
        // The packet belongs to the last whole message, if there was one in it.
        if (length == 0) settle(lost ? lostFate : Fate.DNS);
    }

    private static boolean beginsWithMessage(ByteBuffer bytes) {
        if (bytes.remaining() < LENGTH + HEADER || !mayBegin(bytes)) return false;
        int size = bytes.getShort(bytes.position()) & 0xffff;
        if (size > bytes.remaining() - LENGTH) return false;
        return DnsMessage.parse(bytes.slice(bytes.position() + LENGTH, size)).isPresent();
    }

    private void begins(Piece piece) {
        beganNanos = piece.nanos();
        beganPlace = piece.place();
    }

    /** As many bytes as the length, or the message, lacks. */
    private void append(ByteBuffer in) {
        int whole = length < LENGTH ? LENGTH : LENGTH + size();
        int count = Math.min(in.remaining(), whole - length);
        if (begun.length < length + count) grow(length + count);
        in.get(begun, length, count);
        length += count;
    }

    private void grow(int needed) {
        int larger = Math.max(needed, Math.min(LENGTH + 0xffff, begun.length * 2));
        memory.take(larger - begun.length);
        begun = Arrays.copyOf(begun, larger);
    }

    private int size() {
        return (begun[0] & 0xff) << 8 | begun[1] & 0xff;
    }

    private boolean isWhole() {
        return length >= LENGTH && length == LENGTH + size();
    }

    private void message(Piece piece) {
        ByteBuffer payload = ByteBuffer.wrap(begun, LENGTH, length - LENGTH).slice();
        if (DnsMessage.parse(payload).isEmpty()) lose(Fate.OTHER_TCP);
        else {
            questions.take(new Datagram(
                    beganPlace, time(piece, payload), 0, route.connection(), route.from(), route.to(), payload, 0));
        }
        drop();
        begins(piece);
    }

    /** A question is asked with its first byte, and answered with the last byte of the answer. */
    private long time(Piece piece, ByteBuffer payload) {
        boolean answer = (payload.get(2) & 0x80) != 0;
        return answer ? Math.max(beganNanos, piece.nanos()) : beganNanos;
    }

    private void lose(Fate fate) {
        lost = true;
        lostFate = fate;
    }

    private void drop() {
        memory.give(begun.length);
        begun = NOTHING;
        length = 0;
    }

    private void settle(Fate fate) {
        tally.packets(fate, packets, beganPlace);
        packets = 0;
    }

    void gap() {
        settle(Fate.GAP);
        drop();
        lose(Fate.GAP);
    }

    /** No more will come. */
    void end() {
        settle(Fate.CUT);
        drop();
    }
}

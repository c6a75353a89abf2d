package io.tierdrill.recorder.packets.dns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a DNS message that is recorded (RFC 1035, 4.1): header and questions.
 *
 * @param id chosen by who asks, and answered with
 * @param response whether it answers
 * @param opcode 0 for a plain question
 * @param rcode 0 for success
 */
record DnsMessage(int id, boolean response, int opcode, int rcode, List<Question> questions) {
    private static final int HEADER = 12;
    private static final int MOST_NAME_BYTES = 255;
    private static final int POINTER = 0xc0;

    /** @param name without the dot at its end; the root is a dot */
    record Question(String name, int type) {}

    /** Empty when the bytes are no DNS message. */
    static Optional<DnsMessage> parse(ByteBuffer payload) {
        ByteBuffer b = payload.slice();
        if (b.limit() < HEADER) return Optional.empty();
        int flags = b.getShort(2) & 0xffff;
        int count = b.getShort(4) & 0xffff;
        List<Question> questions = new ArrayList<>(1);
        int at = HEADER;
        for (int i = 0; i < count; i++) {
            StringBuilder name = new StringBuilder();
            int end = name(b, at, name);
            if (end == at || end + 4 > b.limit()) return Optional.empty();
            questions.add(new Question(name.length() == 0 ? "." : name.toString(), b.getShort(end) & 0xffff));
            at = end + 4;
        }
        return Optional.of(new DnsMessage(
                b.getShort(0) & 0xffff, flags >>> 15 == 1, flags >>> 11 & 15, flags & 15, List.copyOf(questions)));
    }

    /** Appends a name and answers where it ends; {@code at} when it is none. Pointers may only lead back. */
    private static int name(ByteBuffer b, int at, StringBuilder name) {
        int end = at;
        int cursor = at;
        int leastSeen = at;
        for (int bytes = 0; bytes <= MOST_NAME_BYTES; ) {
            if (cursor >= b.limit()) return at;
            int length = b.get(cursor) & 0xff;
            if (length == 0) return end == at ? cursor + 1 : end;
            if ((length & POINTER) == POINTER) {
                if (cursor + 1 >= b.limit()) return at;
                int target = (length & ~POINTER) << 8 | b.get(cursor + 1) & 0xff;
                if (target >= leastSeen) return at;
                if (end == at) end = cursor + 2;
                leastSeen = target;
                cursor = target;
                continue;
            }
            if ((length & POINTER) != 0 || cursor + 1 + length > b.limit()) return at;
            label(b, cursor + 1, length, name);
            cursor += 1 + length;
            bytes += 1 + length;
        }
        return at;
    }

    /** RFC 4343, 2.1: dots and backslashes within a label are escaped, and so is what is not visible. */
    private static void label(ByteBuffer b, int from, int length, StringBuilder name) {
        if (name.length() > 0) name.append('.');
        for (int i = from; i < from + length; i++) {
            int c = b.get(i) & 0xff;
            if (c == '.' || c == '\\') name.append('\\').append((char) c);
            else if (c > 0x20 && c < 0x7f) name.append((char) c);
            else
                name.append('\\')
                        .append((char) ('0' + c / 100))
                        .append((char) ('0' + c / 10 % 10))
                        .append((char) ('0' + c % 10));
        }
    }
}

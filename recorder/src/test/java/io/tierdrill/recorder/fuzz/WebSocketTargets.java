package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.websocket.FrameReader;
import io.tierdrill.model.websocket.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code web-socket} reads what one side of a WebSocket sends, whole, byte by byte and in pieces: the same messages, which
 * are also those of a twin that has all bytes at once and takes them frame by frame.
 */
final class WebSocketTargets {
    private WebSocketTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget("web-socket", 4096, Allowance.of(1024, 2_000), seeds(), WebSocketTargets::takeFrames));
    }

    /** How many lengths, the lengths, and the bytes. */
    private static void takeFrames(byte[] input) {
        FuzzedBytes choices = new FuzzedBytes(input);
        byte[] lengths = choices.bytes(choices.u8());
        byte[] bytes = choices.rest();
        Told whole = read(bytes, new byte[] {-1});
        Told pieces = read(bytes, lengths.length == 0 ? new byte[] {3} : lengths);
        Told bytewise = read(bytes, new byte[] {0});
        List<String> twin = twin(ByteBuffer.wrap(bytes));
        assertThat(whole.told).isEqualTo(twin);
        assertThat(pieces.told).isEqualTo(twin);
        assertThat(bytewise.told).isEqualTo(twin);
        assertThat(whole.bytes).isLessThanOrEqualTo(bytes.length);
        assertThat(bytewise.reader.isOver()).isEqualTo(whole.reader.isOver());
        assertThat(bytewise.reader.isWithin()).isEqualTo(whole.reader.isWithin());
    }

    /** @param lengths of pieces, less one, over and over; -1 for all there is */
    private static Told read(byte[] bytes, byte[] lengths) {
        Told told = new Told();
        int turn = 0;
        for (int at = 0; at < bytes.length; ) {
            int length = lengths[turn++ % lengths.length];
            int to = length == -1 ? bytes.length : Math.min(bytes.length, at + 1 + (length & 0xff));
            told.reader.read(i -> bytes[i], at, to, at);
            at = to;
        }
        return told;
    }

    /** As RFC 6455, 5.2 reads, without a thought for pieces. */
    private static List<String> twin(ByteBuffer in) {
        List<String> told = new ArrayList<>();
        int open = 0;
        long size = 0;
        while (in.remaining() > 0) {
            int first = in.get() & 0xff;
            int opcode = first & 15;
            boolean last = first > 127;
            boolean control = opcode > 7;
            boolean known = opcode <= 2 || opcode >= 8 && opcode <= 10;
            boolean inPlace = control ? last : (opcode == 0) == (open > 0);
            if (!known || !inPlace) return ended(told, "unreadable");
            if (opcode == 1 || opcode == 2) {
                open = opcode;
                size = 0;
            }
            if (!in.hasRemaining()) return told;
            int second = in.get() & 0xff;
            long length = second & 127;
            if (control && length > 125) return ended(told, "unreadable");
            if (length == 126) {
                if (in.remaining() < 2) return told;
                length = in.getShort() & 0xffff;
                if (length < 126) return ended(told, "unreadable");
            } else if (length == 127) {
                if (in.remaining() < 8) return told;
                length = in.getLong();
                if (length < 65_536) return ended(told, "unreadable");
            }
            if (opcode == 8 && length == 1) return ended(told, "unreadable");
            byte[] mask = new byte[4];
            if (second > 127) {
                if (in.remaining() < 4) return told;
                in.get(mask);
            }
            if (in.remaining() < length) return told;
            if (opcode == 8) {
                int code = length == 0 ? 1005 : ((in.get() ^ mask[0]) & 0xff) << 8 | (in.get() ^ mask[1]) & 0xff;
                return ended(told, "close " + code + " " + length);
            }
            in.position(in.position() + (int) length);
            if (control) told.add(Opcode.of(opcode) + " " + length);
            else size += length;
            if (!control && last) {
                told.add(Opcode.of(open) + " " + size);
                open = 0;
            }
        }
        return told;
    }

    private static List<String> ended(List<String> told, String with) {
        told.add(with);
        return told;
    }

    private static List<byte[]> seeds() {
        byte[] large = Packets.hex("01" + "05" + "827e012c");
        byte[] larger = Packets.hex("00" + "027f0000000000010000");
        return List.of(
                Packets.hex("03000107" + "81820102030469a6" + "8900" + "0101aa" + "8a01bb" + "8001cc" + "880203e8"),
                Packets.hex("00" + "8885010203040beb010101" + "8100"),
                Arrays.copyOf(large, large.length + 300),
                larger,
                Packets.hex("00" + "c10301020383"),
                Packets.hex("00" + "0001aa"));
    }

    /** What a reader told. */
    private static final class Told implements FrameReader.Messages {
        private final FrameReader reader = new FrameReader(this);
        private final List<String> told = new ArrayList<>();
        private long bytes;

        @Override
        public void message(Opcode opcode, long size, long firstNanos, long lastNanos) {
            assertThat(lastNanos).isGreaterThanOrEqualTo(firstNanos);
            told.add(opcode + " " + size);
            bytes += size;
        }

        @Override
        public void close(int code, long size, long firstNanos, long lastNanos) {
            told.add("close " + code + " " + size);
            bytes += size;
        }

        @Override
        public void unreadable() {
            told.add("unreadable");
        }
    }
}

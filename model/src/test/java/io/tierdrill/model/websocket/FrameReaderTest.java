package io.tierdrill.model.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int FIN = 0x80;

    private final List<String> told = new ArrayList<>();

    @Test
    void tellsEachKindAndItsSizeFromEitherSide() {
        for (Side side : Side.values()) {
            told.clear();
            read(frame(side, FIN | 1, 5), frame(side, FIN | 2, 0), frame(side, FIN | 9, 125));
            read(frame(side, FIN | 10, 3));
            assertThat(told).containsExactly("TEXT 5", "BINARY 0", "PING 125", "PONG 3");
        }
    }

    @Test
    void readsAllThreeFormsOfALength() {
        for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 1 << 20}) {
            told.clear();
            FrameReader reader = read(frame(Side.CLIENT, FIN | 2, length), frame(Side.CLIENT, FIN | 1, 1));
            assertThat(told).containsExactly("BINARY " + length, "TEXT 1");
            assertThat(reader.isWithin()).isFalse();
        }
    }

    @Test
    void addsUpTheFramesOfAMessageAndTellsControlFramesBetweenThem() {
        read(
                frame(Side.SERVER, 1, 100),
                frame(Side.SERVER, FIN | 9, 4),
                frame(Side.SERVER, 0, 200),
                frame(Side.SERVER, FIN | 10, 0),
                frame(Side.SERVER, FIN, 3),
                frame(Side.SERVER, FIN | 2, 7));
        assertThat(told).containsExactly("PING 4", "PONG 0", "TEXT 303", "BINARY 7");
    }

    @Test
    void tellsACloseWithItsCodeOrThatItHadNone() {
        byte[] away = {(byte) 0x88, (byte) 0x85, 1, 2, 3, 4, 1001 >> 8 ^ 1, (byte) (1001 ^ 2), 'b' ^ 3, 'y' ^ 4, 'e' ^ 1
        };
        read(away);
        read(new byte[] {(byte) 0x88, 0});
        assertThat(told).containsExactly("close 1001 of 5", "close 1005 of 0");
    }

    @Test
    void looksAtNothingBehindAClose() {
        FrameReader reader = read(new byte[] {(byte) 0x88, 0, 3, 3, 3}, frame(Side.SERVER, FIN | 1, 1));
        assertThat(told).containsExactly("close 1005 of 0");
        assertThat(reader.isOver()).isTrue();
    }

    @Test
    void leavesTheBitsOfExtensionsToThem() {
        read(frame(Side.SERVER, FIN | 0x40 | 1, 9));
        assertThat(told).containsExactly("TEXT 9");
    }

    /** Each of these obliges its receiver to fail the connection (RFC 6455, 5.1 to 5.5). */
    @Test
    void stopsWhereTheStandardIsBroken() {
        List<byte[]> broken = List.of(
                new byte[] {(byte) (FIN | 3), 0},
                new byte[] {(byte) (FIN | 11), 0},
                new byte[] {9, 0},
                new byte[] {(byte) (FIN | 9), 126, 0, (byte) 200},
                new byte[] {(byte) FIN, 1, 'a'},
                join(frame(Side.SERVER, 1, 3), frame(Side.SERVER, FIN | 1, 3)),
                new byte[] {(byte) (FIN | 2), 126, 0, 125},
                new byte[] {(byte) (FIN | 2), 127, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff},
                new byte[] {(byte) (FIN | 2), 127, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0},
                new byte[] {(byte) (FIN | 8), 1, 3});
        for (byte[] bytes : broken) {
            told.clear();
            FrameReader reader = read(bytes, frame(Side.SERVER, FIN | 1, 1));
            assertThat(told).containsExactly("unreadable");
            assertThat(reader.isOver()).isTrue();
        }
    }

    @Test
    void tellsTheSameHoweverTheBytesAreCut() {
        byte[] all = join(
                frame(Side.CLIENT, 2, 70_000),
                frame(Side.CLIENT, FIN | 9, 9),
                frame(Side.CLIENT, FIN, 300),
                frame(Side.CLIENT, FIN | 1, 126),
                new byte[] {(byte) 0x88, (byte) 0x82, 9, 9, 9, 9, 1000 >> 8 ^ 9, (byte) (1000 ^ 9)});
        List<String> whole = List.of("PING 9", "BINARY 70300", "TEXT 126", "close 1000 of 2");
        for (int piece : new int[] {1, 2, 3, 7, 1000, all.length}) {
            told.clear();
            FrameReader reader = new FrameReader(listener());
            for (int at = 0; at < all.length; at += piece)
                reader.read(i -> all[i], at, Math.min(all.length, at + piece), 0);
            assertThat(told).as("pieces of " + piece).isEqualTo(whole);
        }
    }

    @Test
    void tellsWhenAMessageBeganAndWhenItEnded() {
        List<String> times = new ArrayList<>();
        FrameReader reader = new FrameReader(new FrameReader.Messages() {
            @Override
            public void message(Opcode opcode, long bytes, long firstNanos, long lastNanos) {
                times.add(opcode + " " + firstNanos + " " + lastNanos);
            }

            @Override
            public void close(int code, long bytes, long firstNanos, long lastNanos) {
                times.add("close " + firstNanos + " " + lastNanos);
            }

            @Override
            public void unreadable() {}
        });
        byte[] bytes =
                join(frame(Side.SERVER, 1, 1), frame(Side.SERVER, FIN | 9, 1), frame(Side.SERVER, FIN, 1), new byte[] {
                    (byte) 0x88, 0
                });
        for (int i = 0; i < bytes.length; i++) reader.read(at -> bytes[at], i, i + 1, 100 + i);
        assertThat(times).containsExactly("PING 103 105", "TEXT 100 108", "close 109 110");
    }

    @Test
    void loosesNothingByAHoleWithinAPayloadAndTheThreadByAnyOther() {
        byte[] begun = {(byte) (FIN | 2), 100, 1, 2, 3};
        FrameReader reader = read(begun);
        assertThat(reader.isWithin()).isTrue();
        reader.missed(97, 5);
        assertThat(told).containsExactly("BINARY 100");
        reader.missed(1, 6);
        assertThat(told).containsExactly("BINARY 100", "unreadable");
        told.clear();
        reader = read(begun);
        reader.missed(98, 5);
        reader.missed(98, 5);
        assertThat(told).containsExactly("unreadable");
    }

    private FrameReader read(byte[]... parts) {
        FrameReader reader = new FrameReader(listener());
        byte[] all = join(parts);
        reader.read(i -> all[i], 0, all.length, 0);
        return reader;
    }

    private FrameReader.Messages listener() {
        return new FrameReader.Messages() {
            @Override
            public void message(Opcode opcode, long bytes, long firstNanos, long lastNanos) {
                told.add(opcode + " " + bytes);
            }

            @Override
            public void close(int code, long bytes, long firstNanos, long lastNanos) {
                told.add("close " + code + " of " + bytes);
            }

            @Override
            public void unreadable() {
                told.add("unreadable");
            }
        };
    }

    /** With a payload that looks like frames. */
    private static byte[] frame(Side side, int first, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int mask = side == Side.CLIENT ? 0x80 : 0;
        out.write(first);
        if (length < 126) {
            out.write(mask | length);
        } else if (length < 65_536) {
            out.write(mask | 126);
            out.write(length >> 8);
            out.write(length);
        } else {
            out.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) out.write((int) ((long) length >> shift));
        }
        if (mask != 0) out.writeBytes(new byte[] {7, 7, 7, 7});
        for (int i = 0; i < length; i++) out.write(FIN | 8);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}

package io.tierdrill.recorder.packets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Made-up packets to practise on: as tcpdump would write them, connections of a few dozen requests each with what
 * browsers send and what services answer. The same every time. One thread.
 */
final class PracticeTraffic {
    static final int REQUESTS_EACH_ROUND = 2_000;

    private static final int CONNECTIONS = 50;
    private static final int ETHERNET = 1;
    private static final int ROUND_BYTES = 4 << 20;
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int HEADERS = 14 + 20 + 20;
    private static final long START_NANOS = 1_700_000_000_000_000_000L;
    private static final long APART_NANOS = 5_000;
    private static final byte[] ANSWER = bytes("HTTP/1.1 200 OK\r\nServer: practice\r\nContent-Type: text/plain\r\n"
            + "Set-Cookie: session=0123456789abcdef; Path=/\r\nContent-Length: 12\r\n\r\nsome answer\n");

    private final ByteBuffer out = ByteBuffer.allocate(ROUND_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long nanos = START_NANOS;
    private int round;
    private int number;

    /** A whole capture: every round is of other connections, and later than the one before. */
    byte[] next() {
        out.clear();
        out.putInt(0xa1b23c4d).putShort((short) 2).putShort((short) 4).putLong(0);
        out.putInt(262_144).putInt(ETHERNET);
        int[] sent = new int[CONNECTIONS];
        int[] answered = new int[CONNECTIONS];
        for (int c = 0; c < CONNECTIONS; c++) open(c);
        for (int i = 0; i < REQUESTS_EACH_ROUND; i++) {
            int c = i % CONNECTIONS;
            byte[] request = request();
            packet(c, true, 1 + sent[c], 1 + answered[c], ACK, request);
            sent[c] += request.length;
            packet(c, false, 1 + answered[c], 1 + sent[c], ACK, ANSWER);
            answered[c] += ANSWER.length;
        }
        round++;
        byte[] capture = new byte[out.position()];
        out.flip().get(capture);
        return capture;
    }

    private void open(int connection) {
        packet(connection, true, 0, 0, SYN, new byte[0]);
        packet(connection, false, 0, 1, SYN | ACK, new byte[0]);
    }

    private byte[] request() {
        int n = number++;
        return bytes("GET /item/" + n * 7919 % 10_007 + "?ref=" + n % 17 + "&page=" + n % 5 + " HTTP/1.1\r\n"
                + "Host: practice.example:8080\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101\r\n"
                + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
                + "Accept-Language: en-US,en;q=0.5\r\nCookie: session=" + Integer.toHexString(n % 499 * 65_537)
                + "0123456789abcdef; theme=dark\r\n\r\n");
    }

    private void packet(int connection, boolean toServer, int seq, int ack, int flags, byte[] payload) {
        int length = HEADERS + payload.length;
        out.putInt((int) (nanos / 1_000_000_000)).putInt((int) (nanos % 1_000_000_000));
        out.putInt(length).putInt(length);
        nanos += APART_NANOS;
        out.order(ByteOrder.BIG_ENDIAN).putLong(0).putInt(0).putShort((short) 0x0800);
        out.putShort((short) 0x4500).putShort((short) (40 + payload.length)).putInt(0);
        out.put((byte) 64).put((byte) 6).putShort((short) 0);
        int client = 0x0a000000 | round % 200 << 8 | connection;
        int server = 0x0a010001;
        out.putInt(toServer ? client : server).putInt(toServer ? server : client);
        int port = 20_000 + round * CONNECTIONS % 40_000 + connection;
        out.putShort((short) (toServer ? port : 80)).putShort((short) (toServer ? 80 : port));
        out.putInt(seq).putInt(ack).put((byte) 0x50).put((byte) flags).putShort((short) 1_000);
        out.putInt(0).put(payload).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

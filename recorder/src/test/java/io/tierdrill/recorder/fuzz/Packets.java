package io.tierdrill.recorder.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Packets and captures for seeds, byte by byte. */
final class Packets {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int ACK = 16;

    static final String REQUESTS = "GET /a?b=c HTTP/1.1\r\nHost: shop.example\r\nAccept: */*\r\n\r\n"
            + "POST /cart HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: 1\r\n\r\n"
            + "PUT http://h/x HTTP/1.0\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\nbody";
    static final String RESPONSES = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
            + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
            + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 404 Not Found\r\n\r\nuntil the end";
    static final String UPGRADE =
            "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\u0081\u0085";
    static final String UPGRADED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0081\u0005";

    private Packets() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] hex(String digits) {
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(digits, 2 * i, 2 * i + 2, 16);
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) joined.writeBytes(part);
        return joined.toByteArray();
    }

    static byte[] tcp(boolean fromClient, int sequence, int acknowledgement, int flags, byte[] payload) {
        ByteBuffer b = ByteBuffer.allocate(20 + payload.length);
        b.putShort((short) (fromClient ? 40_000 : 80)).putShort((short) (fromClient ? 80 : 40_000));
        b.putInt(sequence).putInt(acknowledgement).put((byte) 0x50).put((byte) flags);
        return ipv4(fromClient, 6, b.position(20).put(payload).array());
    }

    static byte[] udp(boolean fromClient, byte[] payload) {
        ByteBuffer b = ByteBuffer.allocate(8 + payload.length);
        b.putShort((short) (fromClient ? 5000 : 53)).putShort((short) (fromClient ? 53 : 5000));
        b.putShort((short) (8 + payload.length)).putShort((short) 0);
        return ipv4(fromClient, 17, b.put(payload).array());
    }

    static byte[] ipv4(boolean fromClient, int protocol, byte[] content) {
        ByteBuffer b = ByteBuffer.allocate(20 + content.length);
        b.put((byte) 0x45).put((byte) 0).putShort((short) (20 + content.length)).putInt(0);
        b.put((byte) 64).put((byte) protocol).putShort((short) 0);
        b.putInt(fromClient ? 0x0a000001 : 0x0a000002).putInt(fromClient ? 0x0a000002 : 0x0a000001);
        return b.put(content).array();
    }

    static byte[] ipv6(int next, byte[] content) {
        ByteBuffer b = ByteBuffer.allocate(40 + content.length);
        b.putInt(0x60000000).putShort((short) content.length).put((byte) next).put((byte) 64);
        return b.putLong(0x20010db8_00000000L)
                .putLong(1)
                .putLong(0x20010db8_00000000L)
                .putLong(2)
                .put(content)
                .array();
    }

    static byte[] ethernet(byte[] packet) {
        byte[] type = {(byte) (packet[0] >> 4 == 6 ? 0x86 : 0x08), (byte) (packet[0] >> 4 == 6 ? 0xdd : 0)};
        return join(new byte[12], type, packet);
    }

    static byte[] dnsQuery() {
        return hex("000101000001000000000000" + "076578616d706c65036f726700" + "00010001");
    }

    static byte[] dnsAnswer() {
        return hex("000181800001000100000000" + "076578616d706c65036f726700" + "00010001" + "c00c00010001"
                + "0000003c00040a000001");
    }

    /** A connection with requests and responses, and a DNS question; on Ethernet. */
    static List<byte[]> talk(String requests, String responses) {
        List<byte[]> frames = new ArrayList<>();
        frames.add(udp(true, dnsQuery()));
        frames.add(udp(false, dnsAnswer()));
        frames.add(tcp(true, 999, 0, SYN, new byte[0]));
        frames.add(tcp(false, 4999, 1000, SYN | ACK, new byte[0]));
        int half = requests.length() / 2;
        frames.add(tcp(true, 1000, 5000, ACK, bytes(requests.substring(0, half))));
        frames.add(tcp(true, 1000 + half, 5000, ACK, bytes(requests.substring(half))));
        int client = 1000 + requests.length();
        frames.add(tcp(false, 5000, client, ACK, bytes(responses)));
        frames.add(tcp(false, 5000 + responses.length(), client, ACK | FIN, new byte[0]));
        frames.add(tcp(true, client, 5001 + responses.length(), ACK | FIN, new byte[0]));
        return frames.stream().map(Packets::ethernet).toList();
    }

    static byte[] pcap(ByteOrder order, List<byte[]> frames) {
        ByteBuffer head =
                ByteBuffer.allocate(24).order(order).putInt(0xa1b2c3d4).putShort((short) 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                head.putShort((short) 4).putLong(0).putInt(262_144).putInt(1).array());
        int millis = 0;
        for (byte[] frame : frames) {
            out.writeBytes(ints(order, 1_700_000_000, 1000 * millis++, frame.length, frame.length));
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    static byte[] pcapng(ByteOrder order, List<byte[]> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(block(order, 0x0a0d0d0a, ints(order, 0x1a2b3c4d, 0x00010000, -1, -1)));
        byte[] linkType =
                ByteBuffer.allocate(4).order(order).putShort((short) 1).array();
        byte[] resolution = ByteBuffer.allocate(8)
                .order(order)
                .putShort((short) 9)
                .putShort((short) 1)
                .put((byte) 9)
                .array();
        out.writeBytes(block(order, 1, join(linkType, ints(order, 0), resolution, ints(order, 0))));
        int millis = 0;
        for (byte[] frame : frames) {
            long nanos = 1_700_000_000_000_000_000L + 1_000_000L * millis++;
            byte[] head = ints(order, 0, (int) (nanos >>> 32), (int) nanos, frame.length, frame.length);
            out.writeBytes(block(order, 6, join(head, frame, new byte[-frame.length & 3])));
        }
        byte[] drops = ByteBuffer.allocate(16)
                .order(order)
                .putShort((short) 5)
                .putShort((short) 8)
                .putLong(3)
                .array();
        out.writeBytes(block(order, 5, join(ints(order, 0, 0, 0), drops)));
        out.writeBytes(block(
                order, 3, join(ints(order, frames.get(0).length), frames.get(0), new byte[-frames.get(0).length & 3])));
        return out.toByteArray();
    }

    private static byte[] block(ByteOrder order, int type, byte[] content) {
        return join(ints(order, type, 12 + content.length), content, ints(order, 12 + content.length));
    }

    private static byte[] ints(ByteOrder order, int... values) {
        ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(order);
        for (int value : values) b.putInt(value);
        return b.array();
    }
}

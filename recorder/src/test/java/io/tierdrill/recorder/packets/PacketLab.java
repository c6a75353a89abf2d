package io.tierdrill.recorder.packets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds packets and captures of them, byte by byte and without the code under test. */
final class PacketLab {
    static final int ETHERNET = 1;
    static final int SYN = 2;
    static final int ACK = 16;
    static final int FIN = 1;
    static final int RST = 4;

    /** Wall clock of the first packet: seconds that need all 32 bits of a pcap file. */
    static final long START_NANOS = 3_000_000_000L * 1_000_000_000L;

    private record Captured(long nanos, byte[] bytes, int length) {}

    private final List<Captured> frames = new ArrayList<>();
    private long nanos = START_NANOS;
    private int snapLength = Integer.MAX_VALUE;

    /** The next frames are captured that much later. */
    PacketLab later(long millis) {
        nanos += millis * 1_000_000;
        return this;
    }

    PacketLab cutAt(int bytes) {
        snapLength = bytes;
        return this;
    }

    PacketLab frame(byte[] bytes) {
        byte[] kept = Arrays.copyOf(bytes, Math.min(bytes.length, snapLength));
        frames.add(new Captured(nanos, kept, bytes.length));
        nanos += 1_000_000;
        return this;
    }

    int size() {
        return frames.size();
    }

    /** Swaps the last two frames, and their times with them. */
    PacketLab swapLast() {
        int last = frames.size() - 1;
        Captured a = frames.get(last - 1);
        Captured b = frames.get(last);
        frames.set(last - 1, new Captured(a.nanos(), b.bytes(), b.length()));
        frames.set(last, new Captured(b.nanos(), a.bytes(), a.length()));
        return this;
    }

    PacketLab loseLast() {
        frames.remove(frames.size() - 1);
        return this;
    }

    PacketLab tcp(String from, int fromPort, String to, int toPort, long seq, long ack, int flags, String payload) {
        byte[] tcp = tcpBytes(fromPort, toPort, seq, ack, flags, bytes(payload));
        return frame(ethernet(from.contains(":") ? ipv6(from, to, 6, tcp) : ipv4(from, to, 6, tcp)));
    }

    /** A connection that keeps its own count of bytes. */
    Talk talk(String client, int clientPort, String server, int serverPort, long clientSeq, long serverSeq) {
        return new Talk(client, clientPort, server, serverPort, clientSeq, serverSeq);
    }

    Talk talk() {
        return talk("10.0.0.1", 40_000, "10.0.0.2", 80, 1000, 9000);
    }

    /** Two sides of one connection. */
    final class Talk {
        private final String client;
        private final int clientPort;
        private final String server;
        private final int serverPort;
        private long clientSeq;
        private long serverSeq;

        private Talk(String client, int clientPort, String server, int serverPort, long clientSeq, long serverSeq) {
            this.client = client;
            this.clientPort = clientPort;
            this.server = server;
            this.serverPort = serverPort;
            this.clientSeq = clientSeq;
            this.serverSeq = serverSeq;
        }

        Talk open() {
            tcp(client, clientPort, server, serverPort, clientSeq++, 0, SYN, "");
            tcp(server, serverPort, client, clientPort, serverSeq++, clientSeq, SYN | ACK, "");
            return clientAck();
        }

        Talk request(String payload) {
            tcp(client, clientPort, server, serverPort, clientSeq, serverSeq, ACK, payload);
            clientSeq += payload.length();
            return this;
        }

        Talk response(String payload) {
            tcp(server, serverPort, client, clientPort, serverSeq, clientSeq, ACK, payload);
            serverSeq += payload.length();
            return this;
        }

        Talk clientAck() {
            tcp(client, clientPort, server, serverPort, clientSeq, serverSeq, ACK, "");
            return this;
        }

        Talk serverAck() {
            tcp(server, serverPort, client, clientPort, serverSeq, clientSeq, ACK, "");
            return this;
        }

        Talk serverFin() {
            tcp(server, serverPort, client, clientPort, serverSeq++, clientSeq, ACK | FIN, "");
            return this;
        }

        Talk clientFin() {
            tcp(client, clientPort, server, serverPort, clientSeq++, serverSeq, ACK | FIN, "");
            return this;
        }

        Talk serverReset() {
            tcp(server, serverPort, client, clientPort, serverSeq, clientSeq, ACK | RST, "");
            return this;
        }

        /** The client sends that many bytes before its present place again, as they read there. */
        Talk requestAt(int back, String payload) {
            tcp(client, clientPort, server, serverPort, clientSeq - back, serverSeq, ACK, payload);
            return this;
        }

        Talk close() {
            return clientFin().serverFin().clientAck();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] tcpBytes(int from, int to, long seq, long ack, int flags, byte[] payload) {
        ByteBuffer b = ByteBuffer.allocate(20 + payload.length);
        b.putShort((short) from).putShort((short) to).putInt((int) seq).putInt((int) ack);
        b.put((byte) 0x50)
                .put((byte) flags)
                .putShort((short) 1000)
                .putShort((short) 0)
                .putShort((short) 0);
        return b.put(payload).array();
    }

    static byte[] udpBytes(int from, int to, byte[] payload) {
        ByteBuffer b = ByteBuffer.allocate(8 + payload.length);
        b.putShort((short) from)
                .putShort((short) to)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0);
        return b.put(payload).array();
    }

    static byte[] ipv4(String from, String to, int protocol, byte[] content) {
        return ipv4(from, to, protocol, content, 1, 0);
    }

    /** @param fragment flags and offset as they stand in the header */
    static byte[] ipv4(String from, String to, int protocol, byte[] content, int id, int fragment) {
        ByteBuffer b = ByteBuffer.allocate(20 + content.length);
        b.put((byte) 0x45).put((byte) 0).putShort((short) (20 + content.length)).putShort((short) id);
        b.putShort((short) fragment).put((byte) 64).put((byte) protocol).putShort((short) 0);
        return b.put(v4(from)).put(v4(to)).put(content).array();
    }

    static byte[] ipv6(String from, String to, int next, byte[] content) {
        ByteBuffer b = ByteBuffer.allocate(40 + content.length);
        b.putInt(0x60000000).putShort((short) content.length).put((byte) next).put((byte) 64);
        return b.put(v6(from)).put(v6(to)).put(content).array();
    }

    static byte[] ethernet(byte[] packet) {
        ByteBuffer b = ByteBuffer.allocate(14 + packet.length);
        return b.position(12).putShort(etherType(packet)).put(packet).array();
    }

    static short etherType(byte[] packet) {
        return (short) (packet[0] >> 4 == 6 ? 0x86dd : 0x0800);
    }

    private static byte[] v4(String address) {
        String[] parts = address.split("\\.");
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) bytes[i] = (byte) Integer.parseInt(parts[i]);
        return bytes;
    }

    /** All eight groups, written out. */
    private static byte[] v6(String address) {
        ByteBuffer b = ByteBuffer.allocate(16);
        for (String group : address.split(":")) b.putShort((short) Integer.parseInt(group, 16));
        return b.array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) joined.writeBytes(part);
        return joined.toByteArray();
    }

    static byte[] hex(String digits) {
        String plain = digits.replace(" ", "");
        byte[] bytes = new byte[plain.length() / 2];
        for (int i = 0; i < bytes.length; i++)
            bytes[i] = (byte) Integer.parseInt(plain.substring(2 * i, 2 * i + 2), 16);
        return bytes;
    }

    /** As tcpdump writes it on most machines. */
    byte[] pcap() {
        return pcap(ByteOrder.LITTLE_ENDIAN, false, ETHERNET);
    }

    byte[] pcap(ByteOrder order, boolean nanoseconds, int linkType) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(24).order(order);
        head.putInt(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        out.writeBytes(head.putInt(0).putInt(0).putInt(262_144).putInt(linkType).array());
        for (Captured frame : frames) {
            long fraction = frame.nanos() % 1_000_000_000L / (nanoseconds ? 1 : 1000);
            ByteBuffer b = ByteBuffer.allocate(16).order(order);
            b.putInt((int) (frame.nanos() / 1_000_000_000L)).putInt((int) fraction);
            out.writeBytes(b.putInt(frame.bytes().length).putInt(frame.length()).array());
            out.writeBytes(frame.bytes());
        }
        return out.toByteArray();
    }

    /** One section, one interface with the given options, enhanced packets whose times count {@code ticksPerSecond}. */
    byte[] pcapng(ByteOrder order, byte[] interfaceOptions, long ticksPerSecond, long offsetSeconds) {
        byte[] section = block(order, 0x0a0d0d0a, ints(order, 0x1a2b3c4d, 0x00010000, -1, -1));
        byte[] face = block(order, 1, join(shorts(order, ETHERNET, 0), ints(order, 0), interfaceOptions));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(join(section, block(order, 0x0bad, ints(order, 1, 2, 3)), face));
        for (Captured frame : frames) {
            long seconds = frame.nanos() / 1_000_000_000L - offsetSeconds;
            long ticks =
                    seconds * ticksPerSecond + (long) (frame.nanos() % 1_000_000_000L / 1e9 * ticksPerSecond + 0.5);
            byte[] head = ints(order, 0, (int) (ticks >>> 32), (int) ticks, frame.bytes().length, frame.length());
            out.writeBytes(block(order, 6, join(head, padded(frame.bytes()))));
        }
        return out.toByteArray();
    }

    static byte[] block(ByteOrder order, int type, byte[] content) {
        int length = 12 + content.length;
        return join(ints(order, type, length), content, ints(order, length));
    }

    static byte[] padded(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 3 & ~3);
    }

    static byte[] ints(ByteOrder order, int... values) {
        ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(order);
        for (int value : values) b.putInt(value);
        return b.array();
    }

    static byte[] shorts(ByteOrder order, int... values) {
        ByteBuffer b = ByteBuffer.allocate(2 * values.length).order(order);
        for (int value : values) b.putShort((short) value);
        return b.array();
    }

    Path write(Path folder) throws IOException {
        return Files.write(folder.resolve("lab.pcap"), pcap());
    }
}

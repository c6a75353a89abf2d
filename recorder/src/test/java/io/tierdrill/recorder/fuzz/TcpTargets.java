package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Connections. {@code tcp} sends pieces of two byte streams in any order, twice, cut, with any flags, on four connections,
 * and sees that the bounds are kept. {@code http} sends the streams in order, whole, in small segments, and byte by byte: the
 * requests are the same. {@code dns-tcp} does so on the port of DNS.
 */
final class TcpTargets {
    private static final int CLIENT_START = 0x7fff_ff00;
    private static final int SERVER_START = -200;
    private static final String WEB_SOCKET =
            "HTTP/1.1 101 Go\r\nUpgrade: websocket\r\n\r\n\u0081\2hi\u0002\1a\u0089\0\u0080\1b\u0088\2\3\u00e8";

    private TcpTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget("tcp", 4096, Allowance.of(2048, 5000), tcpSeeds(), TcpTargets::takeSegments),
                new FuzzTarget("http", 4096, Allowance.of(2048, 5000), httpSeeds(), input -> takeStreams(input, 80)),
                new FuzzTarget(
                        "dns-tcp", 2048, Allowance.of(2048, 20_000), dnsSeeds(), input -> takeStreams(input, 53)));
    }

    /** Both streams, then segments of {@code flags, connection and time, step back or forth, length}. */
    private static void takeSegments(byte[] input) throws IOException {
        FuzzedBytes choices = new FuzzedBytes(input);
        byte[] client = choices.bytes(choices.u16());
        byte[] server = choices.bytes(choices.u16());
        Wire wire = new Wire();
        int[] cursors = new int[8];
        while (!choices.ended()) {
            int flags = choices.u8();
            int where = choices.u8();
            boolean forward = (flags & 0x20) == 0;
            byte[] stream = forward ? client : server;
            int connection = where & 3;
            int mine = connection * 2 + (forward ? 0 : 1);
            int step = (byte) choices.u8() * ((flags & 0x80) == 0 ? 1 : 4096);
            int from = Math.max(0, cursors[mine] + step);
            int to = Math.min(stream.length, from + choices.u8());
            byte[] payload = from < to ? Arrays.copyOfRange(stream, from, to) : new byte[0];
            int back = (forward ? SERVER_START : CLIENT_START) + cursors[mine ^ 1];
            wire.later((where >> 2) * 50L);
            wire.segment(
                    connection,
                    forward,
                    (forward ? CLIENT_START : SERVER_START) + from,
                    back,
                    flags & 0x17,
                    payload,
                    (flags & 0x40) == 0 ? 0 : where);
            if (to >= cursors[mine]) cursors[mine] = Math.max(from, to);
        }
        wire.finish();
    }

    /** Both streams, then lengths of segments. */
    private static void takeStreams(byte[] input, int port) throws IOException {
        FuzzedBytes choices = new FuzzedBytes(input);
        byte[] client = choices.bytes(choices.u16());
        byte[] server = choices.bytes(choices.u16());
        byte[] lengths = choices.rest();
        Wire whole = talk(port, client, server, new byte[0]);
        Wire cut = talk(port, client, server, lengths.length == 0 ? new byte[] {1} : lengths);
        Wire bytewise = talk(port, client, server, new byte[1]);
        // Where the thread is lost it is found again at the beginning of a segment: then segments do matter.
        if (bytewise.lostTheThread()) return;
        assertThat(known(cut)).isEqualTo(known(whole));
        assertThat(known(bytewise)).isEqualTo(known(whole));
        // PRI is the method of no request: how much of HTTP/2's preface stands in the first segment decides who counts
        // it.
        if (!startsWith(client, "PRI")) assertThat(cut.rejected()).isEqualTo(whole.rejected());
    }

    private static boolean startsWith(byte[] stream, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        return stream.length >= wanted.length && Arrays.equals(stream, 0, wanted.length, wanted, 0, wanted.length);
    }

    /** All but times. */
    static List<String> known(Wire wire) {
        List<String> known = new ArrayList<>();
        for (RequestRecord r : wire.requests())
            known.add(r.method() + " " + r.scheme() + " " + r.authority() + " " + r.path() + " " + r.headers() + " "
                    + r.body() + " " + r.response().map(p -> p.status() + " " + p.bytes()));
        for (MessageRecord m : wire.messages())
            known.add(m.connection() + " " + m.from() + " " + m.opcode() + " " + m.bytes() + " " + m.closeCode());
        return known;
    }

    private static Wire talk(int port, byte[] client, byte[] server, byte[] lengths) throws IOException {
        Wire wire = new Wire(port, KeyLog.empty());
        wire.segment(0, true, CLIENT_START - 1, 0, Packets.SYN, new byte[0], 0);
        wire.segment(0, false, SERVER_START - 1, CLIENT_START, Packets.SYN | Packets.ACK, new byte[0], 0);
        int next = send(wire, true, CLIENT_START, SERVER_START, client, lengths, 0);
        int clientEnd = CLIENT_START + client.length;
        send(wire, false, SERVER_START, clientEnd, server, lengths, next);
        int serverEnd = SERVER_START + server.length;
        wire.segment(0, false, serverEnd, clientEnd, Packets.ACK | Packets.FIN, new byte[0], 0);
        wire.segment(0, true, clientEnd, serverEnd + 1, Packets.ACK | Packets.FIN, new byte[0], 0);
        wire.finish();
        return wire;
    }

    /** Which length comes next. */
    private static int send(Wire wire, boolean forward, int start, int ack, byte[] stream, byte[] lengths, int first) {
        int turn = first;
        for (int at = 0; at < stream.length; ) {
            int length = lengths.length == 0 ? stream.length : 1 + (lengths[turn++ % lengths.length] & 0xff);
            int to = Math.min(stream.length, at + length);
            wire.segment(0, forward, start + at, ack, Packets.ACK, Arrays.copyOfRange(stream, at, to), 0);
            at = to;
        }
        return turn;
    }

    private static byte[] streams(String client, String server) {
        return Packets.join(sized(client), sized(server));
    }

    private static byte[] sized(String stream) {
        byte[] bytes = Packets.bytes(stream);
        return Packets.join(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, bytes);
    }

    private static List<byte[]> tcpSeeds() {
        byte[] inOrder = Packets.hex(
                "0200ff00" + "22000000" + "100400ff" + "100000ff" + "300400ff" + "300000ff" + "31000000" + "11000000");
        byte[] disorder = Packets.hex(
                "100040ff" + "100080ff" + "3000ff40" + "100480ff" + "50ff00ff" + "14010000" + "90010110" + "9001ff10");
        return List.of(
                Packets.join(streams(Packets.REQUESTS, Packets.RESPONSES), inOrder),
                Packets.join(streams(Packets.UPGRADE, Packets.UPGRADED), inOrder),
                Packets.join(streams(Packets.REQUESTS, Packets.RESPONSES), disorder));
    }

    private static List<byte[]> dnsSeeds() {
        String query = new String(Packets.dnsQuery(), StandardCharsets.ISO_8859_1);
        String answer = new String(Packets.dnsAnswer(), StandardCharsets.ISO_8859_1);
        String asked = "\0" + (char) query.length() + query;
        String answered = "\0" + (char) answer.length() + answer;
        return List.of(
                Packets.join(streams(asked, answered), new byte[] {0, 7, 30}),
                streams(asked + asked, answered + answered),
                streams(Packets.REQUESTS, Packets.RESPONSES),
                streams(asked + "\0\5abcde", answered + "\377\377"));
    }

    private static List<byte[]> httpSeeds() {
        return List.of(
                Packets.join(streams(Packets.REQUESTS, Packets.RESPONSES), new byte[] {0, 7, 30}),
                streams(Packets.UPGRADE, Packets.UPGRADED),
                Packets.join(streams(Packets.UPGRADE, WEB_SOCKET), new byte[] {0, 7, 30}),
                streams(
                        "CONNECT h:443 HTTP/1.1\r\n\r\n\u0016\u0003\u0001",
                        "HTTP/1.1 200 OK\r\n\r\n\u0016\u0003\u0001"),
                streams(
                        "HEAD / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 304 Not\r\nContent-Length: 9\r\n\r\n"),
                streams("\r\nGET /\r\n", "<html>"),
                streams("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\0\0\0\4\0\0\0\0\0"));
    }
}

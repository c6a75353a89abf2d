package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.TlsAccount;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * TLS and HTTP/2. {@code tls} has keys to what its seeds say; {@code http2} sends two streams of frames in segments and
 * byte by byte: the requests are the same; {@code key-log} reads the same from a file as from a capture, and never tells a
 * secret. The seeds are captures of our own making.
 */
final class SecureTargets {
    private static final List<String> SEEDS = List.of(
            "tls12-aes128-gcm-http1", "tls12-aes128-cbc-http1", "tls13-chacha20-http2", "tls13-early-data-http1");
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Path keyFile;

    private SecureTargets(Path keyFile) {
        this.keyFile = keyFile;
    }

    static List<FuzzTarget> all(Path scratch) throws IOException {
        SecureTargets targets = new SecureTargets(scratch.resolve("keys"));
        return List.of(
                new FuzzTarget("tls", 16_384, Allowance.of(8192, 5000), tlsSeeds(), SecureTargets::takeTls),
                new FuzzTarget("http2", 8192, Allowance.of(8192, 10_000), http2Seeds(), SecureTargets::takeFrames),
                new FuzzTarget("key-log", 4096, Allowance.of(4096, 5000), keyLogSeeds(), targets::takeKeyLog));
    }

    /** Keys, then segments of {@code whose and lost or not, length, bytes}. */
    private static void takeTls(byte[] input) throws IOException {
        FuzzedBytes choices = new FuzzedBytes(input);
        KeyLog keys = KeyLog.empty();
        keys.add("fuzz", choices.bytes(choices.u16()));
        Wire wire = new Wire(443, keys);
        int[] next = {1, 1};
        wire.segment(0, true, 0, 0, Packets.SYN, new byte[0], 0);
        wire.segment(0, false, 0, 1, Packets.SYN | Packets.ACK, new byte[0], 0);
        while (!choices.ended()) {
            int how = choices.u8();
            int side = how & 1;
            byte[] payload = choices.bytes(choices.u16());
            if ((how & 2) == 0) wire.segment(0, side == 0, next[side], next[1 - side], Packets.ACK, payload, how >> 4);
            next[side] += payload.length + (how >> 4);
            // Long enough for a hole to be given up.
            if ((how & 4) != 0) wire.later(200);
        }
        wire.finish();
        assertThat(wire.requests()).allMatch(SecureTargets::isFitForReplay);
    }

    private static boolean isFitForReplay(RequestRecord request) {
        return request.path().chars().allMatch(c -> c > 0x20 && c < 0x7f)
                && request.headers().stream().noneMatch(h -> h.value().contains("\n"));
    }

    /** Both streams, the client's behind the preface, then lengths of segments. */
    private static void takeFrames(byte[] input) throws IOException {
        FuzzedBytes choices = new FuzzedBytes(input);
        byte[] client = choices.bytes(choices.u16());
        byte[] server = choices.bytes(choices.u16());
        byte[] lengths = choices.rest();
        Wire whole = talk(client, server, new byte[] {-1});
        Wire cut = talk(client, server, lengths.length == 0 ? new byte[] {1} : lengths);
        Wire bytewise = talk(client, server, new byte[1]);
        for (Wire wire : List.of(whole, cut, bytewise))
            assertThat(wire.requests()).allMatch(SecureTargets::isFitForReplay);
        boolean bounded =
                Stream.of(whole, cut, bytewise).anyMatch(w -> w.rejected().containsKey("dropped"));
        if (bounded) return;
        assertThat(TcpTargets.known(cut)).isEqualTo(TcpTargets.known(whole));
        assertThat(TcpTargets.known(bytewise)).isEqualTo(TcpTargets.known(whole));
        assertThat(bytewise.rejected()).isEqualTo(whole.rejected());
    }

    private static Wire talk(byte[] client, byte[] server, byte[] lengths) throws IOException {
        Wire wire = new Wire();
        byte[] preface = Packets.bytes(PREFACE);
        wire.segment(0, true, 0, 0, Packets.SYN, new byte[0], 0);
        wire.segment(0, false, 0, 1, Packets.SYN | Packets.ACK, new byte[0], 0);
        wire.segment(0, true, 1, 1, Packets.ACK, preface, 0);
        send(wire, true, 1 + preface.length, client, lengths);
        send(wire, false, 1, server, lengths);
        wire.finish();
        return wire;
    }

    private static void send(Wire wire, boolean forward, int start, byte[] stream, byte[] lengths) {
        int turn = 0;
        for (int at = 0; at < stream.length; ) {
            int to = Math.min(stream.length, at + 1 + (lengths[turn++ % lengths.length] & 0xff));
            wire.segment(0, forward, start + at, 1, Packets.ACK, Arrays.copyOfRange(stream, at, to), 0);
            at = to;
        }
    }

    private void takeKeyLog(byte[] input) throws IOException {
        KeyLog carried = KeyLog.empty();
        carried.add("fuzz", input);
        TlsAccount.Keys account = carried.account();
        long lines = 1;
        for (byte b : input) if (b == '\n') lines++;
        assertThat(account.secrets() + account.malformedLines()).isLessThanOrEqualTo(lines);
        assertThat(account.problems()).hasSizeLessThanOrEqualTo(10);
        for (String problem : account.problems())
            assertThat(problem).doesNotContainPattern("[0-9a-f]{16}").hasSizeLessThan(200);
        Files.write(keyFile, input);
        try {
            TlsAccount.Keys fromFile = KeyLog.of(keyFile).account();
            assertThat(fromFile.secrets()).isEqualTo(account.secrets());
            assertThat(fromFile.malformedLines()).isEqualTo(account.malformedLines());
        } catch (BadInputException noKeyLog) {
            assertThat(account.secrets()).isZero();
            assertThat(account.malformedLines()).isPositive();
        }
    }

    private static List<byte[]> tlsSeeds() throws IOException {
        return Stream.of(SEEDS, List.of("h2c-prior-knowledge"))
                .flatMap(List::stream)
                .map(SecureTargets::segments)
                .toList();
    }

    /** A capture as {@link #takeTls} reads it: Ethernet, IPv4, TCP. */
    private static byte[] segments(String name) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        byte[] keys = name.startsWith("tls") ? resource(name + ".keys") : new byte[0];
        seed.writeBytes(new byte[] {(byte) (keys.length >> 8), (byte) keys.length});
        seed.writeBytes(keys);
        for (Payload payload : payloads(name)) {
            int length = payload.bytes().length;
            seed.writeBytes(new byte[] {(byte) (payload.ofServer() ? 1 : 0), (byte) (length >> 8), (byte) length});
            seed.writeBytes(payload.bytes());
        }
        return seed.toByteArray();
    }

    private record Payload(boolean ofServer, byte[] bytes) {}

    /** Of the first connection. */
    private static List<Payload> payloads(String name) {
        ByteBuffer file = ByteBuffer.wrap(resource(name + ".pcap")).order(ByteOrder.LITTLE_ENDIAN);
        List<Payload> payloads = new ArrayList<>();
        int client = 0;
        for (int at = 24; at + 16 < file.limit(); at += 16 + file.getInt(at + 8)) {
            int ip = at + 16 + 14;
            int tcp = ip + 4 * (file.get(ip) & 15);
            int from = Short.reverseBytes(file.getShort(tcp)) & 0xffff;
            int to = Short.reverseBytes(file.getShort(tcp + 2)) & 0xffff;
            if (client == 0) client = from;
            int begin = tcp + (file.get(tcp + 12) >> 4 & 15) * 4;
            int end = at + 16 + file.getInt(at + 8);
            if (end > begin && (from == client || to == client))
                payloads.add(new Payload(from != client, Arrays.copyOfRange(file.array(), begin, end)));
        }
        return payloads;
    }

    private static List<byte[]> http2Seeds() {
        ByteArrayOutputStream client = new ByteArrayOutputStream();
        ByteArrayOutputStream server = new ByteArrayOutputStream();
        for (Payload payload : payloads("h2c-prior-knowledge"))
            (payload.ofServer() ? server : client).writeBytes(payload.bytes());
        byte[] frames = Arrays.copyOfRange(client.toByteArray(), PREFACE.length(), client.size());
        byte[] responses = server.toByteArray();
        // A POST whose data is padded, trailers, a reset, a farewell.
        byte[] small = Packets.hex("000005010400000001838684418a".substring(0, 18) + "8386840080" + "000007000900000001"
                + "02616263640000" + "000000040100000000");
        byte[] answers = Packets.hex("000000040000000000" + "000001010400000001" + "88" + "000004000100000001"
                + "61626364" + "000004030000000003" + "00000008" + "000008070000000000" + "0000000100000000");
        return List.of(seed(frames, responses, 7, 30, 0), seed(frames, responses, 200), seed(small, answers, 3));
    }

    private static byte[] seed(byte[] client, byte[] server, int... lengths) {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        for (byte[] stream : List.of(client, server)) {
            seed.writeBytes(new byte[] {(byte) (stream.length >> 8), (byte) stream.length});
            seed.writeBytes(stream);
        }
        for (int length : lengths) seed.write(length);
        return seed.toByteArray();
    }

    private static List<byte[]> keyLogSeeds() {
        return List.of(
                resource("tls13-chacha20-http2.keys"),
                resource("tls12-aes128-gcm-http1.keys"),
                Packets.bytes("# comment\r\n\r\nCLIENT_RANDOM ab cd\nEXPORTER_SECRET x y\nnot a line at all\n"));
    }

    private static byte[] resource(String name) {
        try (InputStream in = SecureTargets.class.getResourceAsStream("/io/tierdrill/recorder/packets/tls/" + name)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.Frame;
import io.tierdrill.recorder.packets.dns.DnsQuestions;
import io.tierdrill.recorder.packets.frame.Address;
import io.tierdrill.recorder.packets.frame.Datagram;
import io.tierdrill.recorder.packets.frame.Dissector;
import io.tierdrill.recorder.packets.frame.Endpoint;
import io.tierdrill.recorder.packets.frame.Segment;
import io.tierdrill.recorder.packets.order.TraceOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What is inside frames. {@code frames} takes the headers apart, {@code dns} reads datagrams of questions and answers.
 * Every packet has exactly one fate.
 */
final class PacketTargets {
    private static final int[] LINKS = {1, 0, 101, 108, 113, 239, 276, 12};

    private PacketTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget("frames", 4096, Allowance.of(9000, 1000), frameSeeds(), PacketTargets::takeFrames),
                new FuzzTarget("dns", 2048, Allowance.of(256, 10_000), dnsSeeds(), PacketTargets::takeDatagrams));
    }

    /** Which link, then frames of {@code length, bytes cut off, tenths of a second, bytes}. */
    private static void takeFrames(byte[] input) {
        FuzzedBytes choices = new FuzzedBytes(input);
        Tally tally = new Tally();
        Dissector dissector = new Dissector(tally, new Accepting(tally, input.length));
        int link = LINKS[choices.u8() % LINKS.length];
        long nanos = 0;
        for (long packet = 1; !choices.ended(); packet++) {
            int length = choices.u16();
            int cut = choices.u8();
            nanos += 100_000_000L * choices.u8();
            ByteBuffer bytes = ByteBuffer.wrap(choices.bytes(length));
            tally.seen();
            dissector.take(new Frame(new Place("fuzz", packet), nanos, link, bytes.limit() + cut, bytes), nanos);
        }
        dissector.finish();
        tally.packets(0);
    }

    private record Accepting(Tally tally, int most) implements Dissector.Sink {
        @Override
        public void segment(Segment segment) {
            accept(segment.packets(), segment.place(), segment.payload(), segment.missing());
        }

        @Override
        public void datagram(Datagram datagram) {
            accept(datagram.packets(), datagram.place(), datagram.payload(), datagram.missing());
        }

        private void accept(int packets, Place place, ByteBuffer payload, int missing) {
            assertThat(payload.remaining()).isLessThanOrEqualTo(most);
            assertThat(missing).isBetween(0, 0xffff);
            assertThat(packets).isPositive();
            tally.packets(Fate.HTTP, packets, place);
        }
    }

    /** Datagrams of {@code whose and when, length, bytes}. */
    private static void takeDatagrams(byte[] input) throws IOException {
        FuzzedBytes choices = new FuzzedBytes(input);
        Tally tally = new Tally();
        List<RequestRecord> requests = new ArrayList<>();
        TraceOrder order = new TraceOrder(1 << 16, tally, r -> requests.add(r.record()));
        DnsQuestions questions = new DnsQuestions(order, tally);
        long nanos = 0;
        for (long packet = 1; !choices.ended(); packet++) {
            int kind = choices.u8();
            nanos += (kind >> 2) * 1_000_000_000L;
            ByteBuffer payload = ByteBuffer.wrap(choices.bytes(choices.u16()));
            tally.seen();
            questions.take(datagram((kind & 1) == 0, packet, nanos, payload, kind >> 1 & 1));
            order.advance(nanos);
        }
        questions.finish();
        order.finish();
        tally.packets(0);
        for (RequestRecord request : requests) {
            assertThat(request.path()).matches("[!-~]{1,1100}");
            assertThat(request.method()).matches("[A-Z0-9]+");
        }
    }

    private static Datagram datagram(boolean asks, long packet, long nanos, ByteBuffer payload, int missing) {
        Endpoint client = new Endpoint(new Address(0, 0xffff_0a00_0001L), 5000);
        Endpoint server = new Endpoint(new Address(0, 0xffff_0a00_0002L), 53);
        Place place = new Place("fuzz", packet);
        return new Datagram(place, nanos, 1, 0, asks ? client : server, asks ? server : client, payload, missing);
    }

    private static List<byte[]> dnsSeeds() {
        byte[] query = Packets.dnsQuery();
        byte[] answer = Packets.dnsAnswer();
        byte[] escaped = Packets.hex("000101000001000000000000" + "04612e5c20" + "c00c" + "ff010001");
        byte[] two = Packets.hex("000101000002000000000000" + "0161" + "00" + "00010001" + "c00c" + "001c0001");
        return List.of(
                Packets.join(head(0, query), query, head(1, answer), answer),
                Packets.join(head(0, escaped), escaped, head(44, two), two));
    }

    private static byte[] head(int kind, byte[] content) {
        return new byte[] {(byte) kind, (byte) (content.length >> 8), (byte) content.length};
    }

    private static List<byte[]> frameSeeds() {
        byte[] tcp = Packets.ethernet(Packets.tcp(true, 1, 2, Packets.ACK, new byte[] {1, 2, 3}));
        byte[] udp = Packets.ethernet(Packets.udp(true, Packets.dnsQuery()));
        byte[] vlan = Packets.hex("000000000000000000000000" + "81000001" + "86dd");
        byte[] options =
                Packets.ipv6(0, Packets.join(Packets.hex("3c00010400000000" + "0600010400000000"), new byte[20]));
        byte[] vxlan = Packets.join(new byte[] {8, 0, 0, 0, 0, 0, 7, 0}, tcp);
        byte[] tunnel = Packets.udp(true, vxlan);
        tunnel[22] = 0x12;
        tunnel[23] = (byte) 0xb5;
        byte[] first = Packets.ipv4(true, 17, new byte[16]);
        first[6] = 0x20;
        byte[] last = Packets.ipv4(true, 17, new byte[9]);
        last[7] = 2;
        byte[] v6first = Packets.ipv6(44, Packets.join(Packets.hex("1100000100000007"), new byte[8]));
        byte[] v6last = Packets.ipv6(44, Packets.join(Packets.hex("1100000800000007"), new byte[3]));
        return List.of(
                frames(0, tcp, udp, Packets.join(vlan, options), Packets.ethernet(tunnel)),
                frames(0, Packets.ethernet(last), Packets.ethernet(first)),
                frames(2, options, v6first, v6last, first, last),
                frames(1, Packets.join(Packets.hex("02000000"), first)),
                frames(5, Packets.join(Packets.hex("02000000" + "1c000900"), first)),
                frames(4, Packets.join(new byte[14], Packets.hex("0800"), first)),
                frames(6, Packets.join(Packets.hex("0800"), new byte[18], first)));
    }

    private static byte[] frames(int link, byte[]... frames) {
        byte[] all = {(byte) link};
        for (byte[] f : frames) all = Packets.join(all, new byte[] {0, (byte) f.length, 0, 1}, f);
        return all;
    }
}

package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.packets.account.Observation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureFilesTest {
    private static final byte[] NANOSECONDS = options(ByteOrder.BIG_ENDIAN, 9, new byte[] {9, 0, 0, 0}, 1);

    private final PacketLab lab = new PacketLab();

    CaptureFilesTest() {
        lab.talk()
                .open()
                .request("GET /a HTTP/1.1\r\n\r\n")
                .response("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .close();
    }

    private static byte[] options(ByteOrder order, int code, byte[] value, int length) {
        return PacketLab.join(PacketLab.shorts(order, code, length), value, PacketLab.shorts(order, 0, 0));
    }

    private static Imported read(byte[] capture) {
        return Imported.of(capture, CaptureOptions.defaults());
    }

    @Test
    void readsPcapInBothByteOrdersAndBothUnits() {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (boolean nanoseconds : new boolean[] {false, true}) {
                Imported imported = read(lab.pcap(order, nanoseconds, PacketLab.ETHERNET));
                assertThat(imported.lines()).containsExactly("/a 200 0");
                assertThat(imported.requests().get(0).offsetNanos()).isEqualTo(PacketLab.START_NANOS + 3_000_000);
            }
        }
    }

    @Test
    void readsPcapngInBothByteOrders() {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            Imported imported = read(lab.pcapng(order, new byte[0], 1_000_000, 0));
            assertThat(imported.lines()).containsExactly("/a 200 0");
            assertThat(imported.account().inputs().get(0).format()).isEqualTo("pcapng");
            assertThat(imported.requests().get(0).offsetNanos()).isEqualTo(PacketLab.START_NANOS + 3_000_000);
        }
    }

    @Test
    void readsPcapngClocksOfAnyResolutionAndOffset() {
        byte[] binary = options(ByteOrder.BIG_ENDIAN, 9, new byte[] {(byte) (0x80 | 20), 0, 0, 0}, 1);
        byte[] offset = options(
                ByteOrder.BIG_ENDIAN,
                14,
                ByteBuffer.allocate(8).putLong(1_000_000_000L).array(),
                8);
        long expected = PacketLab.START_NANOS + 3_000_000;

        assertThat(first(lab.pcapng(ByteOrder.BIG_ENDIAN, NANOSECONDS, 1_000_000_000, 0)))
                .isEqualTo(expected);
        assertThat(first(lab.pcapng(ByteOrder.BIG_ENDIAN, offset, 1_000_000, 1_000_000_000L)))
                .isEqualTo(expected);
        assertThat(first(lab.pcapng(ByteOrder.BIG_ENDIAN, binary, 1 << 20, 0)))
                .isBetween(expected - 1000, expected + 1000);
    }

    private static long first(byte[] capture) {
        return read(capture).requests().get(0).offsetNanos();
    }

    @Test
    void readsPacketsWithoutTimeAndWhatTheInterfaceLost() {
        byte[] ng = lab.pcapng(ByteOrder.BIG_ENDIAN, new byte[0], 1_000_000, 0);
        byte[] arp = new byte[42];
        byte[] simple = PacketLab.block(
                ByteOrder.BIG_ENDIAN,
                3,
                PacketLab.join(PacketLab.ints(ByteOrder.BIG_ENDIAN, 42), PacketLab.padded(arp)));
        byte[] drops = options(
                ByteOrder.BIG_ENDIAN, 5, ByteBuffer.allocate(8).putLong(7).array(), 8);
        byte[] statistics = PacketLab.block(
                ByteOrder.BIG_ENDIAN, 5, PacketLab.join(PacketLab.ints(ByteOrder.BIG_ENDIAN, 0, 0, 0), drops));
        Imported imported = read(PacketLab.join(ng, simple, statistics));

        assertThat(imported.account().packets().seen()).isEqualTo(lab.size() + 1);
        assertThat(imported.account().packets().kernelDrops()).isEqualTo(7);
    }

    @Test
    void readsACutFileToItsLastWholePacketAndSaysSo() {
        for (byte[] whole : List.of(lab.pcap(), lab.pcapng(ByteOrder.BIG_ENDIAN, new byte[0], 1_000_000, 0))) {
            long before = 0;
            for (int length = 32; length < whole.length; length++) {
                CaptureAccount.Input input =
                        read(Arrays.copyOf(whole, length)).account().inputs().get(0);
                assertThat(input.packets()).isBetween(before, before + 1);
                before = input.packets();
            }
            assertThat(before).isEqualTo(lab.size() - 1);
            assertThat(read(whole).account().inputs().get(0).damage()).isEmpty();
        }
        byte[] pcap = lab.pcap();
        assertThat(read(Arrays.copyOf(pcap, pcap.length - 1))
                        .account()
                        .inputs()
                        .get(0)
                        .damage())
                .isEqualTo("is cut off within a packet at byte 571: the last 69 bytes were not read");
    }

    @Test
    void stopsAtALengthThatCannotBe() {
        byte[] pcap = lab.pcap();
        ByteBuffer.wrap(pcap).order(ByteOrder.LITTLE_ENDIAN).putInt(24 + 8, 0x7fffffff);

        assertThat(read(pcap).account().inputs().get(0).damage())
                .isEqualTo("is damaged at byte 24: a length of 2,147,483,647 cannot be; nothing behind it was read");
    }

    @Test
    void readsEveryLink() {
        byte[] tcp = PacketLab.tcpBytes(1, 80, 1, 1, PacketLab.ACK, PacketLab.bytes("GET /x HTTP/1.1\r\n\r\n"));
        byte[] v4 = PacketLab.ipv4("10.0.0.1", "10.0.0.2", 6, tcp);
        byte[] v6 = PacketLab.ipv6("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:1:0:0:1", 6, tcp);
        byte[] macs = new byte[12];

        assertThat(onLink(1, macs, PacketLab.hex("0800"), v4)).isEqualTo("10.0.0.1");
        assertThat(onLink(1, macs, PacketLab.hex("8100 0064 86dd"), v6)).isEqualTo("2001:db8::1");
        assertThat(onLink(1, macs, PacketLab.hex("88a8 0064 8100 0065 0800"), v4))
                .isEqualTo("10.0.0.1");
        assertThat(onLink(113, new byte[14], PacketLab.hex("0800"), v4)).isEqualTo("10.0.0.1");
        assertThat(onLink(276, PacketLab.hex("86dd"), new byte[18], v6)).isEqualTo("2001:db8::1");
        assertThat(onLink(101, v4)).isEqualTo("10.0.0.1");
        assertThat(onLink(0, PacketLab.hex("02000000"), v4)).isEqualTo("10.0.0.1");
        assertThat(onLink(0, PacketLab.hex("1e000000"), v6)).isEqualTo("2001:db8::1");
        assertThat(onLink(108, PacketLab.hex("00000018"), v6)).isEqualTo("2001:db8::1");
        assertThat(onLink(239, PacketLab.hex("02000000 0500 0a00 41000000"), nflogPayload(v4)))
                .isEqualTo("10.0.0.1");
    }

    private static byte[] nflogPayload(byte[] packet) {
        return PacketLab.join(PacketLab.shorts(ByteOrder.LITTLE_ENDIAN, packet.length + 4, 9), packet);
    }

    private static String onLink(int linkType, byte[]... parts) {
        PacketLab one = new PacketLab().frame(PacketLab.join(parts));
        Imported imported = read(one.pcap(ByteOrder.LITTLE_ENDIAN, false, linkType));
        return imported.requests().get(0).client();
    }

    @Test
    void readsIpv6BehindExtensionHeaders() {
        byte[] tcp = PacketLab.tcpBytes(1, 80, 1, 1, PacketLab.ACK, PacketLab.bytes("GET /x HTTP/1.1\r\n\r\n"));
        byte[] hopByHop = PacketLab.hex("3c 00 000000000000");
        byte[] destination = PacketLab.hex("2c 00 000000000000");
        byte[] atomicFragment = PacketLab.hex("06 00 0000 00000001");
        byte[] content = PacketLab.join(hopByHop, destination, atomicFragment, tcp);

        assertThat(onLink(101, PacketLab.ipv6("fe80:0:0:0:0:0:0:1", "fe80:0:0:0:0:0:0:2", 0, content)))
                .isEqualTo("fe80::1");
    }

    @Test
    void readsVxlanAndKeepsItsNetworksApart() {
        byte[] tcp = PacketLab.tcpBytes(1, 80, 1, 1, PacketLab.ACK, PacketLab.bytes("GET /x HTTP/1.1\r\n\r\n"));
        byte[] inner = PacketLab.ethernet(PacketLab.ipv4("10.0.0.1", "10.0.0.2", 6, tcp));
        PacketLab tunnels = new PacketLab();
        for (String network : List.of("000001", "000002")) {
            byte[] vxlan = PacketLab.join(PacketLab.hex("08000000" + network + "00"), inner);
            byte[] udp = PacketLab.udpBytes(50_000, 4789, vxlan);
            tunnels.frame(PacketLab.ethernet(PacketLab.ipv4("1.1.1.1", "1.1.1.2", 17, udp)));
        }
        Imported imported = Imported.of(tunnels);

        assertThat(imported.paths()).containsExactly("/x", "/x");
        assertThat(imported.observed(Observation.CONNECTIONS)).isEqualTo(2);
    }
}

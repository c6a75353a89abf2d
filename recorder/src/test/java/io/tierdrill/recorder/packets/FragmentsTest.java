package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FragmentsTest {
    private static final int MORE = 0x2000;
    private static final byte[] TCP =
            PacketLab.tcpBytes(1, 80, 1, 1, PacketLab.ACK, PacketLab.bytes("GET /in/pieces HTTP/1.1\r\n\r\n"));

    private final PacketLab lab = new PacketLab();

    private void fragment(int from, int to, int more) {
        byte[] part = Arrays.copyOfRange(TCP, from, to);
        lab.frame(PacketLab.ethernet(PacketLab.ipv4("10.0.0.1", "10.0.0.2", 6, part, 77, more | from / 8)));
    }

    @Test
    void putsPacketsTogetherInAnyOrder() {
        fragment(32, TCP.length, 0);
        fragment(0, 16, MORE);
        fragment(16, 32, MORE);
        Imported imported = Imported.of(lab);

        assertThat(imported.paths()).containsExactly("/in/pieces");
        assertThat(imported.packets(Fate.HTTP)).isEqualTo(3);
        assertThat(imported.observed(Observation.REASSEMBLED)).isEqualTo(1);
    }

    @Test
    void putsIpv6PacketsTogether() {
        for (int[] part : new int[][] {{0, 24}, {24, TCP.length}}) {
            int field = part[0] | (part[1] == TCP.length ? 0 : 1);
            byte[] header = PacketLab.join(PacketLab.hex("0600"), PacketLab.shorts(ByteOrder.BIG_ENDIAN, field, 0, 9));
            byte[] content = PacketLab.join(header, Arrays.copyOfRange(TCP, part[0], part[1]));
            lab.frame(PacketLab.ethernet(PacketLab.ipv6("fe80:0:0:0:0:0:0:1", "fe80:0:0:0:0:0:0:2", 44, content)));
        }

        assertThat(Imported.of(lab).paths()).containsExactly("/in/pieces");
    }

    @Test
    void givesUpPacketsWhoseFragmentsOverlap() {
        fragment(0, 16, MORE);
        fragment(8, 24, MORE);
        Imported imported = Imported.of(lab);

        assertThat(imported.packets(Fate.FRAGMENT)).isEqualTo(2);
    }

    @Test
    void countsFragmentsWhoseOthersAreMissing() {
        fragment(0, 16, MORE);
        fragment(32, TCP.length, 0);

        assertThat(Imported.of(lab).packets(Fate.FRAGMENT)).isEqualTo(2);
    }

    @Test
    void keepsABoundedNumberOfUnfinishedPackets() {
        for (int id = 0; id < 1000; id++)
            lab.frame(PacketLab.ethernet(PacketLab.ipv4("10.0.0.1", "10.0.0.2", 6, new byte[8], id, MORE)));

        assertThat(Imported.of(lab).packets(Fate.FRAGMENT)).isEqualTo(1000);
    }
}

package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelDropsTest {
    private final KernelDrops drops = new KernelDrops();

    @Test
    void tellsTheLastCountThatTcpdumpWasAskedFor() {
        drops.hear("tcpdump: listening on lo, link-type EN10MB (Ethernet), snapshot length 262144 bytes");
        assertThat(drops.packets()).isEmpty();
        drops.hear("tcpdump: 90 packets captured, 180 packets received by filter, 0 packets dropped by kernel");
        assertThat(drops.packets()).hasValue(0);
        drops.hear("tcpdump: 95 packets captured, 190 packets received by filter, 1 packet dropped by kernel");
        assertThat(drops.packets()).hasValue(1);
    }

    @Test
    void addsWhatTheInterfaceDroppedAndCountsNothingTwice() {
        String asked = "tcpdump: 1 packet captured, 9 packets received by filter, 3 packets dropped by kernel,"
                + " 4 packets dropped by interface";
        drops.hear(asked);
        drops.hear(asked);
        assertThat(drops.packets()).hasValue(7);
        for (String line :
                "2 packets captured\n5 packets dropped by kernel\n4 packets dropped by interface".split("\n"))
            drops.hear(line);
        assertThat(drops.packets()).hasValue(9);
    }

    @Test
    void doesNotBelieveNumbersThatCannotBe() {
        drops.hear("99999999999999999999999999 packets captured");
        assertThat(drops.packets()).isEmpty();
    }
}

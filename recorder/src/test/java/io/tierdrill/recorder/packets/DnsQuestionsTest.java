package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DnsQuestionsTest {
    private static final String EXAMPLE = "07 6578616d706c65 03 6f7267 00";

    private final PacketLab lab = new PacketLab();

    private void query(String hex) {
        udp("10.0.0.1", 5000, "10.0.0.53", 53, PacketLab.hex(hex));
    }

    private void answer(String hex) {
        udp("10.0.0.53", 53, "10.0.0.1", 5000, PacketLab.hex(hex));
    }

    private void udp(String from, int fromPort, String to, int toPort, byte[] payload) {
        lab.frame(PacketLab.ethernet(PacketLab.ipv4(from, to, 17, PacketLab.udpBytes(fromPort, toPort, payload))));
    }

    @Test
    void pairsQuestionsWithAnswers() {
        query("0001 0100 0001 0000 0000 0000" + EXAMPLE + "0001 0001");
        query("0002 0100 0001 0000 0000 0000" + EXAMPLE + "001c 0001");
        answer("0002 8183 0001 0000 0000 0000" + EXAMPLE + "001c 0001");
        Imported imported = Imported.of(lab);

        RequestRecord first = imported.requests().get(0);
        assertThat(first.scheme() + " " + first.method() + " " + first.path()).isEqualTo("dns A example.org");
        assertThat(first.response()).isEmpty();
        assertThat(imported.requests().get(1).response())
                .contains(new RequestRecord.Response(3, Optional.of(29L), Optional.of(1_000_000L)));
        assertThat(imported.packets(Fate.DNS)).isEqualTo(3);
    }

    @Test
    void countsAnswersToNothing() {
        answer("0009 8180 0001 0000 0000 0000" + EXAMPLE + "0001 0001");

        assertThat(Imported.of(lab).observed(Observation.STRAY_DNS_RESPONSES)).isEqualTo(1);
    }

    @Test
    void writesNamesSoThatTheyCanBeReadBack() {
        query("0001 0100 0001 0000 0000 0000 04 612e5c20 00 ff01 0001");
        query("0002 0100 0001 0000 0000 0000 00 0002 0001");
        Imported imported = Imported.of(lab);

        assertThat(imported.paths()).containsExactly("a\\.\\\\\\032", ".");
        assertThat(imported.requests().get(0).method()).isEqualTo("TYPE65281");
    }

    @Test
    void rejectsWhatIsNoQuestion() {
        query("0001 2800 0001 0000 0000 0000" + EXAMPLE + "0001 0001");
        query("0001 0100 0000 0000 0000 0000");
        Imported imported = Imported.of(lab);

        assertThat(imported.account().rejected()).containsExactly(entry("not-a-dns-query", 2L));
    }

    @Test
    void countsWhatIsNoDnsThoughOnItsPort() {
        query("0001");
        query("0001 0100 0001 0000 0000 0000 c00c 0001 0001");
        query("0001 0100 0001 0000 0000 0000 3f61");
        udp("10.0.0.1", 5000, "10.0.0.2", 6000, new byte[20]);
        Imported imported = Imported.of(lab);

        assertThat(imported.packets(Fate.MALFORMED)).isEqualTo(3);
        assertThat(imported.packets(Fate.OTHER_UDP)).isEqualTo(1);
    }

    @Test
    void givesUpQuestionsThatNobodyAnswers() {
        query("0001 0100 0001 0000 0000 0000" + EXAMPLE + "0001 0001");
        lab.later(11_000);
        answer("0001 8180 0001 0000 0000 0000" + EXAMPLE + "0001 0001");
        Imported imported = Imported.of(lab);

        assertThat(imported.requests().get(0).response()).isEmpty();
        assertThat(imported.observed(Observation.WITHOUT_RESPONSE)).isEqualTo(1);
    }
}

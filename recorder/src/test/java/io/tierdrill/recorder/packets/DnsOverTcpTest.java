package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DnsOverTcpTest {
    private static final String EXAMPLE = "07 6578616d706c65 03 6f7267 00";

    private final PacketLab lab = new PacketLab();
    private final PacketLab.Talk talk = lab.talk("10.0.0.1", 5000, "10.0.0.53", 53, 100, 900);

    private static String question(String id, String type) {
        return framed(id + "0100 0001 0000 0000 0000" + EXAMPLE + type + "0001");
    }

    private static String answer(String id, String type, String rcode) {
        return framed(id + "818" + rcode + "0001 0000 0000 0000" + EXAMPLE + type + "0001");
    }

    /** Behind its length, each byte as a character. */
    private static String framed(String hex) {
        byte[] message = PacketLab.hex(hex);
        String text = new String(message, StandardCharsets.ISO_8859_1);
        return "" + (char) (message.length >> 8) + (char) (message.length & 255) + text;
    }

    @Test
    void pairsSeveralQuestionsOfAPacketWithAnswersInAnotherOrder() {
        talk.open().request(question("0001", "0001") + question("0002", "001c"));
        talk.response(answer("0002", "001c", "3"))
                .response(answer("0001", "0001", "0"))
                .close();
        Imported imported = Imported.of(lab);

        assertThat(imported.requests())
                .extracting(r -> r.scheme() + " " + r.method() + " " + r.path())
                .containsExactly("dns A example.org", "dns AAAA example.org");
        assertThat(imported.requests().get(0).response())
                .contains(new RequestRecord.Response(0, Optional.of(29L), Optional.of(2_000_000L)));
        assertThat(imported.requests().get(1).response())
                .contains(new RequestRecord.Response(3, Optional.of(29L), Optional.of(1_000_000L)));
        assertThat(imported.packets(Fate.DNS)).isEqualTo(3);
        assertThat(imported.packets(Fate.NO_PAYLOAD)).isEqualTo(6);
    }

    @Test
    void putsMessagesTogetherFromAnyPieces() {
        String both = question("0001", "0001") + question("0002", "0002");
        talk.open();
        for (char byteOfIt : both.toCharArray()) talk.request(String.valueOf(byteOfIt));
        talk.response(answer("0001", "0001", "0").substring(0, 2));
        talk.response(answer("0001", "0001", "0").substring(2)).close();
        Imported imported = Imported.of(lab);

        assertThat(imported.requests()).extracting(RequestRecord::method).containsExactly("A", "NS");
        assertThat(imported.requests().get(0).response().orElseThrow().latencyNanos())
                .contains((both.length() + 1) * 1_000_000L);
        assertThat(imported.packets(Fate.DNS)).isEqualTo(both.length() + 2);
    }

    @Test
    void readsOnBehindAHoleAndWithoutTheBeginning() {
        talk.request("in the middle of something");
        talk.request(question("0001", "0001"));
        talk.request(question("0002", "0001"));
        lab.loseLast();
        talk.request("what was lost ended here");
        talk.request(question("0003", "001c"));
        Imported imported = Imported.of(lab);

        assertThat(imported.requests()).extracting(RequestRecord::method).containsExactly("A", "AAAA");
        assertThat(imported.packets(Fate.DNS)).isEqualTo(2);
        assertThat(imported.packets(Fate.GAP) + imported.packets(Fate.BEGINNING_MISSING))
                .isEqualTo(2);
    }

    @Test
    void doesNotTakeTheAnswerOfAnotherConnection() {
        talk.open().request(question("0001", "0001"));
        talk.close();
        PacketLab.Talk again =
                lab.talk("10.0.0.1", 5000, "10.0.0.53", 53, 7000, 8000).open();
        again.response(answer("0001", "0001", "0"));
        Imported imported = Imported.of(lab);

        assertThat(imported.requests().get(0).response()).isEmpty();
        assertThat(imported.observed(Observation.STRAY_DNS_RESPONSES)).isEqualTo(1);
    }

    @Test
    void rejectsWhatIsNoQuestionAndCountsWhatIsNoDns() {
        talk.open().request(framed("0001 2800 0001 0000 0000 0000" + EXAMPLE + "0001 0001"));
        talk.request(framed("0001 0100 0001 0000 0000 0000 c00c 0001 0001")).close();
        Imported imported = Imported.of(lab);

        assertThat(imported.account().rejected()).containsEntry("not-a-dns-query", 1L);
        assertThat(imported.packets(Fate.DNS)).isEqualTo(1);
        assertThat(imported.packets(Fate.OTHER_TCP)).isEqualTo(1);
    }

    @Test
    void countsAMessageThatNeverEnds() {
        talk.open().request(question("0001", "0001").substring(0, 20)).close();

        assertThat(Imported.of(lab).packets(Fate.CUT)).isEqualTo(1);
    }

    @Test
    void leavesHttpOnThatPortToItsReader() {
        talk.open()
                .request("GET /odd HTTP/1.1\r\n\r\n")
                .response("HTTP/1.1 204 No\r\n\r\n")
                .close();

        assertThat(Imported.of(lab).paths()).containsExactly("/odd");
    }
}

package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceReader;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What packets tell of messages on WebSockets. */
class WebSocketReadingTest {
    private static final String ASK = "GET /ws HTTP/1.1\r\nHost: a.example\r\nUpgrade: WebSocket\r\n\r\n";
    private static final String AGREE = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
    private static final String HI = "\u0081\u0082\u0001\u0002\u0003\u0004ik";

    @TempDir
    Path folder;

    private final PacketLab lab = new PacketLab();
    private final PacketLab.Talk talk = lab.talk().open();

    @Test
    void tellsOfMessagesOfBothSidesAlsoOfThoseBehindTheAnswer() {
        talk.request(ASK).response(AGREE + "\u0082\u0003abc\u0089\u0000");
        talk.request(HI + HI.substring(0, 3)).request(HI.substring(3));
        talk.response("\u0088\u0002\u0003\u00e8").close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/ws 101 0");
        RequestRecord request = imported.requests().get(0);
        assertThat(imported.messages())
                .extracting(m -> m.from() + " " + m.opcode() + " " + m.bytes() + " " + m.tookNanos() / 1_000_000)
                .containsExactly(
                        "SERVER BINARY 3 0",
                        "SERVER PING 0 0",
                        "CLIENT TEXT 2 0",
                        "CLIENT TEXT 2 1",
                        "SERVER CLOSE 2 0");
        assertThat(imported.messages()).allSatisfy(m -> {
            assertThat(m.client()).isEqualTo(request.client());
            assertThat(m.connection()).isEqualTo(request.connection());
            assertThat(m.offsetNanos()).isGreaterThan(request.offsetNanos());
        });
        assertThat(imported.messages().get(4).closeCode()).hasValue(1000);
        assertThat(imported.packets(Fate.WEB_SOCKET)).isEqualTo(3);
        assertThat(imported.packets(Fate.TUNNEL)).isZero();
        assertThat(imported.observed(Observation.UPGRADES)).isEqualTo(1);
        assertThat(imported.observed(Observation.MESSAGES)).isEqualTo(5);
    }

    @Test
    void tellsThatASideBrokeOff() {
        talk.request(ASK).response(AGREE).request(HI).serverReset();
        assertThat(Imported.of(lab).messages())
                .extracting(m -> m.opcode() + " " + m.closeCode())
                .containsExactly("TEXT Optional.empty", "CLOSE Optional[1006]");
        PacketLab other = new PacketLab();
        other.talk().open().request(ASK).response(AGREE).serverFin();
        assertThat(Imported.of(other).messages())
                .extracting(m -> m.from() + " " + m.closeCode())
                .containsExactly("SERVER Optional[1006]");
    }

    @Test
    void doesNotTellAnEndThatWasNotSeen() {
        talk.request(ASK).response(AGREE).request(HI);
        assertThat(Imported.of(lab).messages()).hasSize(1);
    }

    @Test
    void losesNothingByAHoleInAPayloadAndOneSideByAnyOther() {
        talk.request(ASK).response(AGREE);
        talk.response("\u0082\nabc").response("defg");
        lab.loseLast();
        talk.response("hij\u0082\u0001x");
        talk.request(HI);
        talk.response("\u0082");
        lab.loseLast();
        talk.response("\u0001x").response("\u0082\u0001y");
        Imported imported = Imported.of(lab);
        assertThat(imported.messages())
                .extracting(m -> m.from() + " " + m.bytes())
                .containsExactlyInAnyOrder("SERVER 10", "SERVER 1", "CLIENT 2");
        assertThat(imported.observed(Observation.MESSAGES_UNREADABLE)).isEqualTo(1);
        assertThat(imported.packets(Fate.TUNNEL)).isPositive();
    }

    @Test
    void whatIsNoFrameIsOpaque() {
        talk.request(ASK).response(AGREE).request("GET / HTTP/1.1\r\n\r\n").response("\u0081\u0001x");
        Imported imported = Imported.of(lab);
        assertThat(imported.lines()).containsExactly("/ws 101 0");
        assertThat(imported.packets(Fate.TUNNEL)).isEqualTo(1);
        assertThat(imported.packets(Fate.WEB_SOCKET)).isEqualTo(1);
        assertThat(imported.observed(Observation.MESSAGES_UNREADABLE)).isEqualTo(1);
    }

    @Test
    void theyStandInTheTraceAsTheirRequestDoes() throws Exception {
        talk.request(ASK).response(AGREE).request(HI).response("\u0088\u0000").close();
        Path capture = Files.write(folder.resolve("a.pcap"), lab.pcap());
        Path trace = folder.resolve("a.trace");
        CaptureImport.run(List.of(capture), trace, CaptureOptions.defaults());
        List<TraceEntry> entries = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            while (reader.hasNextEntry()) entries.add(reader.nextEntry());
        }
        assertThat(entries).hasSize(3);
        RequestRecord request = (RequestRecord) entries.get(0);
        assertThat(request.connection()).startsWith("tdp");
        assertThat(((MessageRecord) entries.get(1)).connection()).isEqualTo(request.connection());
        assertThat(((MessageRecord) entries.get(2)).client()).isEqualTo(request.client());
    }

    /** A notebook's, with permessage-deflate, and a shell in a tunnel: all of their bytes are frames. */
    @Test
    void readsRealOnesToTheirEnd() throws Exception {
        Path captures = CaptureFolder.orSkip().resolve("traces/websocket");
        for (String name : List.of("jupyter-websocket", "wstunnel-ssh", "wstunnel-http")) {
            Imported imported =
                    Imported.of(Files.readAllBytes(captures.resolve(name + ".pcap")), CaptureOptions.defaults());
            assertThat(imported.observed(Observation.MESSAGES_UNREADABLE))
                    .as(name)
                    .isZero();
            assertThat(imported.packets(Fate.TUNNEL)).as(name).isZero();
            assertThat(imported.messages()).as(name).isNotEmpty();
        }
    }
}

package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import org.junit.jupiter.api.Test;

class TcpReassemblyTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody";

    private final PacketLab lab = new PacketLab();

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a.example\r\n\r\n";
    }

    @Test
    void readsARequestAndMeasuresItOnTheCapturesClock() {
        PacketLab.Talk talk = lab.talk().open().request(get("/a")).serverAck();
        lab.later(20);
        talk.response(OK);
        Imported imported = Imported.of(lab);

        RequestRecord request = imported.requests().get(0);
        assertThat(imported.lines()).containsExactly("/a 200 4");
        assertThat(request.offsetNanos()).isEqualTo(PacketLab.START_NANOS + 3_000_000);
        assertThat(request.response().orElseThrow().latencyNanos()).contains(22_000_000L);
        assertThat(request.client()).isEqualTo("10.0.0.1");
        assertThat(request.connection()).isEqualTo("10.0.0.1:40000@3000000000.000000000");
        assertThat(request.authority()).isEqualTo("a.example");
    }

    @Test
    void putsSegmentsInOrder() {
        PacketLab.Talk talk = lab.talk().open();
        talk.request("GET /one HTTP/1.1\r\nHo").request("st: a.example\r\n\r\n");
        lab.swapLast();
        talk.response("HTTP/1.1 200 OK\r\nContent-Le").response("ngth: 4\r\n\r\nbody");
        lab.swapLast();
        talk.close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/one 200 4");
        assertThat(imported.packets(Fate.HTTP)).isEqualTo(4);
        assertThat(imported.observed(Observation.HOLES)).isZero();
    }

    @Test
    void countsWhatIsSentAgainAsDuplicate() {
        PacketLab.Talk talk = lab.talk().open().request(get("/a"));
        talk.requestAt(get("/a").length(), get("/a"));
        talk.requestAt(10, "0123456789");
        talk.response(OK).close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 4");
        assertThat(imported.packets(Fate.DUPLICATE)).isEqualTo(2);
    }

    @Test
    void keepsWhatCameFirstWhereSegmentsOverlap() {
        PacketLab.Talk talk = lab.talk().open().request("GET /first");
        talk.requestAt(5, "WRONG HTTP/1.1\r\n\r\n").clientFin();
        Imported imported = Imported.of(lab);

        assertThat(imported.paths()).containsExactly("/first");
        assertThat(imported.observed(Observation.OVERLAPS)).isEqualTo(1);
    }

    @Test
    void keepsWhatCameFirstAmongSegmentsThatWait() {
        String request = "GET /abcdefgh HTTP/1.1\r\n\r\n";
        long seq = 1001;
        lab.talk().open();
        sent(seq + 8, request.substring(8, 12));
        sent(seq + 4, "/XXX" + "YYYY" + request.substring(12, 16));
        sent(seq + 2, request.substring(2, 6));
        sent(seq + 16, request.substring(16));
        sent(seq, request.substring(0, 2));
        Imported imported = Imported.of(lab);

        assertThat(imported.paths()).containsExactly("/XXXdefgh");
        assertThat(imported.observed(Observation.OVERLAPS)).isEqualTo(2);
        assertThat(imported.observed(Observation.CLIENT_BYTES)).isEqualTo(request.length());
    }

    private void sent(long seq, String payload) {
        lab.tcp("10.0.0.1", 40_000, "10.0.0.2", 80, seq, 9001, PacketLab.ACK, payload);
    }

    @Test
    void readsAConnectionWhoseOpeningIsMissing() {
        PacketLab.Talk talk = lab.talk();
        talk.response("the end of some body").request(get("/a")).response(OK);
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 4");
        assertThat(imported.packets(Fate.BEGINNING_MISSING)).isEqualTo(1);
        assertThat(imported.observed(Observation.WITHOUT_BEGINNING)).isEqualTo(1);
        assertThat(imported.requests().get(0).client()).isEqualTo("10.0.0.1");
    }

    @Test
    void knowsTheClientByItsRequestsThoughTheServerWasSeenFirst() {
        lab.talk()
                .response("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .request(get("/a"))
                .response(OK);
        Imported imported = Imported.of(lab);

        assertThat(imported.requests().get(0).client()).isEqualTo("10.0.0.1");
        assertThat(imported.observed(Observation.STRAY_RESPONSES)).isEqualTo(1);
    }

    @Test
    void countsOnWhereSequenceNumbersWrap() {
        PacketLab.Talk talk = lab.talk("10.0.0.1", 40_000, "10.0.0.2", 80, 0xffff_ffe0L, 0x7fff_fff0L);
        talk.open().request(get("/a")).response(OK).request(get("/b").substring(0, 9));
        talk.request(get("/b").substring(9));
        lab.swapLast();
        talk.response(OK).close();

        assertThat(Imported.of(lab).lines()).containsExactly("/a 200 4", "/b 200 4");
    }

    @Test
    void keepsARequestWholeWhenOnlyItsBodyHasAHole() {
        PacketLab.Talk talk = lab.talk().open();
        talk.request("POST /up HTTP/1.1\r\nContent-Length: 30\r\n\r\n0123456789");
        talk.request("0123456789");
        lab.loseLast();
        talk.request("0123456789").serverAck();
        lab.later(200);
        talk.serverAck().response(OK);
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/up 200 4");
        assertThat(imported.requests().get(0).body().size()).isEqualTo(30);
        assertThat(imported.observed(Observation.HOLES)).isEqualTo(1);
        assertThat(imported.packets(Fate.GAP)).isZero();
    }

    @Test
    void losesOnlyTheMessageThatHasAHoleInItsHead() {
        PacketLab.Talk talk = lab.talk().open().request(get("/a")).response(OK);
        talk.request("GET /lost HT").request("TP/1.1\r\n");
        lab.loseLast();
        talk.request("Host: a.example\r\n\r\n").serverAck();
        lab.later(200);
        talk.response("HTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\nx");
        talk.request(get("/b")).response(OK).close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 4", "/b 200 4");
        assertThat(imported.account().rejected()).containsExactly(entry("gap", 1L));
        assertThat(imported.packets(Fate.GAP)).isEqualTo(2);
        assertThat(imported.observed(Observation.STRAY_RESPONSES)).isEqualTo(1);
    }

    @Test
    void pairsTheNextResponseWithTheNewestRequestAfterResponsesWereLost() {
        PacketLab.Talk talk = lab.talk().open().request(get("/a")).response(OK);
        lab.loseLast();
        talk.request(get("/b")).response(OK);
        lab.later(200);
        talk.clientAck().close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a -", "/b 200 4");
    }

    @Test
    void skipsABodyThatTheCaptureCut() {
        lab.cutAt(14 + 20 + 20 + 60);
        PacketLab.Talk talk = lab.talk().open().request(get("/a"));
        talk.response("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + "x".repeat(500));
        talk.request(get("/b")).response(OK).close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 500", "/b 200 4");
        assertThat(imported.observed(Observation.CUT_PACKETS)).isEqualTo(1);
    }

    @Test
    void namesThePacketsWhoseHeadersTheCaptureCut() {
        lab.cutAt(14 + 20 + 10);
        lab.talk().open().request(get("/a"));
        Imported imported = Imported.of(lab);

        assertThat(imported.paths()).isEmpty();
        assertThat(imported.packets(Fate.CUT)).isEqualTo(4);
    }

    @Test
    void countsPacketsOfWhichOnlyTheHeadersWereCaptured() {
        lab.cutAt(14 + 20 + 20);
        lab.talk().open().request(get("/a")).response(OK).close();
        Imported imported = Imported.of(lab);

        assertThat(imported.packets(Fate.CUT)).isEqualTo(2);
        assertThat(imported.account().read()).isZero();
    }

    @Test
    void takesTheEndOfTheConnectionForTheEndOfABodyWithoutLength() {
        lab.talk()
                .open()
                .request(get("/a"))
                .response("HTTP/1.0 200 OK\r\n\r\n12345")
                .serverFin()
                .clientFin();

        assertThat(Imported.of(lab).lines()).containsExactly("/a 200 5");
    }

    @Test
    void knowsNoSizeOfAResponseThatAResetCut() {
        lab.talk()
                .open()
                .request(get("/a"))
                .response("HTTP/1.0 200 OK\r\n\r\n12345")
                .serverReset();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 -");
        assertThat(imported.requests().get(0).response().orElseThrow().latencyNanos())
                .isEmpty();
        assertThat(imported.observed(Observation.RESET)).isEqualTo(1);
    }

    @Test
    void givesUpAConnectionAfterSilenceOnTheCapturesClock() {
        lab.talk().open().request(get("/waits"));
        lab.later(121_000);
        lab.talk("10.0.0.9", 1, "10.0.0.2", 80, 5, 5)
                .open()
                .request(get("/b"))
                .response(OK)
                .close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/waits -", "/b 200 4");
        assertThat(imported.observed(Observation.IDLE)).isEqualTo(1);
    }

    @Test
    void tellsConnectionsBetweenTheSamePortsApart() {
        lab.talk().open().request(get("/a")).response(OK).close();
        lab.talk("10.0.0.1", 40_000, "10.0.0.2", 80, 70_000, 80_000)
                .open()
                .request(get("/b"))
                .response(OK);
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 4", "/b 200 4");
        assertThat(imported.requests().get(0).connection())
                .isNotEqualTo(imported.requests().get(1).connection());
    }

    @Test
    void countsDataBehindTheEndOfAConnection() {
        PacketLab.Talk talk = lab.talk().open().request(get("/a")).response(OK).close();
        talk.request("more");
        Imported imported = Imported.of(lab);

        assertThat(imported.packets(Fate.AFTER_CLOSE)).isEqualTo(1);
    }

    @Test
    void countsPacketsFarAheadUntilSeveralAgree() {
        lab.talk().open().request(get("/a")).response(OK);
        long far = 1001 + 100_000_000;
        for (int i = 0; i < 6; i++) {
            sent(far, get("/" + i));
            far += get("/" + i).length();
        }
        Imported imported = Imported.of(lab);

        assertThat(imported.packets(Fate.FAR_AHEAD)).isEqualTo(3);
        assertThat(imported.paths()).containsExactly("/a", "/3", "/4", "/5");
    }

    @Test
    void goesOnFromTheLastPacketWhenTheClockStepsBack() {
        lab.talk().open().request(get("/a")).response(OK).close();
        lab.later(-3_600_000);
        lab.talk("10.0.0.1", 40_001, "10.0.0.2", 80, 5, 5)
                .open()
                .request(get("/b"))
                .response(OK);
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 4", "/b 200 4");
        assertThat(imported.observed(Observation.CLOCK_STEPS)).isEqualTo(1);
        assertThat(imported.requests().get(1).response().orElseThrow().latencyNanos())
                .contains(1_000_000L);
    }
}

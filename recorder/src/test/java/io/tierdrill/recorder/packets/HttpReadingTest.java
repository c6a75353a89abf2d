package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.http.HttpLimits;
import io.tierdrill.recorder.redact.Redaction;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpReadingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final PacketLab lab = new PacketLab();
    private final PacketLab.Talk talk = lab.talk().open();

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a.example\r\n\r\n";
    }

    @Test
    void pairsPipelinedRequestsInOrder() {
        talk.request(get("/a") + get("/b") + get("/c"));
        talk.response("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n22");
        talk.response("HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n").close();

        assertThat(Imported.of(lab).lines()).containsExactly("/a 200 1", "/b 404 2", "/c 304 0");
    }

    @Test
    void countsTheContentOfChunksOnly() {
        talk.request(
                "POST /up HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nT: 1\r\n\r\n");
        talk.response("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n");
        talk.request(get("/next")).response(OK).close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/up 200 10", "/next 200 2");
        assertThat(imported.requests().get(0).body().size()).isEqualTo(11);
    }

    @Test
    void expectsNoBodyBehindTheHeadOfAHeadRequest() {
        talk.request("HEAD /a HTTP/1.1\r\n\r\n").response("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
        talk.request(get("/b")).response("HTTP/1.1 204 No Content\r\n\r\n");
        talk.request(get("/c")).response(OK).close();

        assertThat(Imported.of(lab).lines()).containsExactly("/a 200 0", "/b 204 0", "/c 200 2");
    }

    @Test
    void waitsForTheFinalResponseBehindContinue() {
        talk.request("PUT /up HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        talk.response("HTTP/1.1 100 Continue\r\n\r\n")
                .request("abc")
                .response(OK)
                .close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/up 200 2");
        assertThat(imported.observed(Observation.INTERIM_RESPONSES)).isEqualTo(1);
    }

    @Test
    void readsNothingBehindAnUpgradeToSomethingElse() {
        talk.request("GET /ws HTTP/1.1\r\nUpgrade: spdy\r\nConnection: upgrade\r\n\r\n");
        talk.response("HTTP/1.1 101 Switching Protocols\r\nUpgrade: spdy\r\n\r\n");
        talk.request(get("/inside")).response("\u0081\u0002hi");
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/ws 101 0");
        assertThat(imported.packets(Fate.TUNNEL)).isEqualTo(2);
        assertThat(imported.observed(Observation.UPGRADES)).isEqualTo(1);
    }

    @Test
    void readsOnAfterAConnectThatWasRefused() {
        talk.request("CONNECT db:5432 HTTP/1.1\r\n\r\n").response("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        talk.request(get("/a")).response(OK).close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 2");
        assertThat(imported.account().rejected()).containsExactly(entry("no-path", 1L));
    }

    @Test
    void takesBytesThatAreNoHttpForWhatTheyAre() {
        talk.response("220 mail.example ESMTP\r\n").request("EHLO a\r\n").response("250 ok\r\n");
        Imported imported = Imported.of(lab);

        assertThat(imported.packets(Fate.OTHER_TCP)).isEqualTo(3);
        assertThat(imported.account().read()).isZero();
    }

    @Test
    void rejectsGarbageThatAServerOfHttpAnswered() {
        talk.request("GET/ HTTP/1.1\r\n\r\n").response("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n");
        Imported imported = Imported.of(lab);

        assertThat(imported.account().rejected()).containsExactly(entry("bad-request-line", 1L));
        assertThat(imported.packets(Fate.OTHER_TCP)).isEqualTo(1);
        assertThat(imported.packets(Fate.HTTP)).isEqualTo(1);
    }

    @Test
    void tellsTlsAndHttp2ByTheirFirstBytes() {
        talk.request("\u0016\u0003\u0001\u0000\u0005hello").response("\u0016\u0003\u0003\u0000\u0005hello");
        lab.talk("10.0.0.3", 1, "10.0.0.2", 80, 5, 5).open().request("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        Imported imported = Imported.of(lab);

        assertThat(imported.packets(Fate.TLS_WITHOUT_KEYS)).isEqualTo(2);
        assertThat(imported.packets(Fate.HTTP2)).isEqualTo(1);
    }

    @Test
    void readsTheSameFromSingleBytesAsFromWholeMessages() {
        String request = "\r\nPOST /a?b=c HTTP/1.1\r\nHost: a.example\r\nX:  y \r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n0\r\n\r\n" + get("/b");
        String response = OK + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
        talk.request(request).response(response).close();
        Imported whole = Imported.of(lab);

        PacketLab bytes = new PacketLab();
        PacketLab.Talk slow = bytes.talk().open();
        for (char c : request.toCharArray()) slow.request("" + c);
        for (char c : response.toCharArray()) slow.response("" + c);
        slow.close();
        Imported single = Imported.of(bytes);

        assertThat(single.lines()).containsExactly("/a?b=c 200 2", "/b 200 2").isEqualTo(whole.lines());
        assertThat(single.requests().get(0).headers())
                .isEqualTo(whole.requests().get(0).headers());
        assertThat(single.packets(Fate.HTTP)).isEqualTo(request.length() + response.length());
    }

    @Test
    void leavesNoCredentialThatTheRedactionWouldMiss() {
        String secret = "s3cr3t";
        talk.request(
                "GET /a HTTP/1.1\r\nHost: a.example\r\nauthorization: Bearer " + secret + "\r\nCOOKIE: id=" + secret
                        + "\r\nProxy-Authorization: Basic " + secret + "\r\nCookie: a=1;\r\n b=" + secret
                        + "\r\nSec-WebSocket-Protocol: v1, authorization.bearer." + secret + "\r\nAccept: */*\r\n\r\n");
        talk.request("GET http://user:" + secret + "@b.example/c HTTP/1.1\r\n\r\n");
        talk.request("POST /login HTTP/1.1\r\nContent-Length: 15\r\n\r\npassword=" + secret);
        Redaction redaction = Redaction.of(RedactionConfig.defaults());
        List<RequestRecord> written =
                Imported.of(lab).requests().stream().map(redaction::apply).toList();

        assertThat(written).hasSize(3).noneMatch(r -> r.toString().contains(secret));
        assertThat(written.get(0).headers())
                .extracting(h -> h.name() + ": " + h.value().replaceAll("tdp[a-z]{18}", "~"))
                .containsExactly(
                        "Host: a.example",
                        "authorization: Bearer ~",
                        "COOKIE: id=~",
                        "Proxy-Authorization: Basic ~",
                        "Cookie: a=~; b=~",
                        "Sec-WebSocket-Protocol: v1, authorization.bearer.~",
                        "Accept: */*");
        assertThat(written.get(1).authority()).isEqualTo("b.example");
    }

    @Test
    void keepsBodiesWhenAskedAndOnlySmallOnes() {
        talk.request("POST /small HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nab")
                .request("cd");
        talk.request("POST /large HTTP/1.1\r\nContent-Length: 5\r\n\r\nabcde");
        Imported imported = Imported.of(lab, CaptureOptions.defaults().withHttp(new HttpLimits(65_536, 4, 10)));

        assertThat(imported.requests().get(0).body()).isEqualTo(RequestRecord.Body.of(PacketLab.bytes("abcd")));
        assertThat(imported.requests().get(1).body()).isEqualTo(new RequestRecord.Body(new byte[0], 5, ""));
    }

    @Test
    void rejectsRequestsWhoseEndIsUnknown() {
        String[] framings = {
            "Content-Length: -1",
            "Content-Length: 1\r\nContent-Length: 2",
            "Content-Length: 99999999999999999999",
            "Content-Length: 0x10",
            "Transfer-Encoding: gzip",
        };
        for (int i = 0; i < framings.length; i++)
            lab.talk("10.0.1.1", 1000 + i, "10.0.0.2", 80, 5, 5)
                    .open()
                    .request("POST / HTTP/1.1\r\n" + framings[i] + "\r\n\r\n" + get("/smuggled"))
                    .close();
        Imported imported = Imported.of(lab);

        assertThat(imported.requests()).isEmpty();
        assertThat(imported.account().rejected()).containsExactly(entry("bad-framing", (long) framings.length));
    }

    @Test
    void acceptsALengthThatIsGivenTwiceTheSame() {
        talk.request("POST /a HTTP/1.1\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nab" + get("/b"));

        assertThat(Imported.of(lab).lines()).containsExactly("/a -", "/b -");
    }

    @Test
    void rejectsAHeadWithoutEnd() {
        talk.request("GET / HTTP/1.1\r\n");
        for (int i = 0; i < 70; i++) talk.request("X-Long: " + "x".repeat(1000) + "\r\n");
        Imported imported = Imported.of(lab);

        assertThat(imported.account().rejected()).containsExactly(entry("head-too-long", 1L));
    }

    @Test
    void rejectsARequestThatTheConnectionCut() {
        talk.request("POST /a HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc").close();

        assertThat(Imported.of(lab).account().rejected()).containsExactly(entry("cut", 1L));
    }

    @Test
    void makesTextThatCannotBreakARequestApart() {
        talk.request("GET /caf\u00e9 HTTP/1.1\r\nHost: a b\r\nX: one\rtwo\u0000\r\nY: \u00c3\u00a9\r\n\r\n");
        RequestRecord kept = Imported.of(lab).requests().get(0);

        assertThat(kept.path()).isEqualTo("/caf%E9");
        assertThat(kept.authority()).isEqualTo("a%20b");
        assertThat(kept.headers())
                .containsExactly(new Header("Host", "a b"), new Header("X", "one two"), new Header("Y", "\u00e9"));
    }

    @Test
    void writesRequestsInTheOrderInWhichTheyBegan() {
        talk.request(get("/slow"));
        PacketLab.Talk other = lab.talk("10.0.0.3", 1, "10.0.0.2", 80, 5, 5).open();
        for (int i = 0; i < 5; i++) other.request(get("/" + i)).response(OK);
        lab.later(5000);
        talk.response(OK);
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).startsWith("/slow 200 2", "/0 200 2").hasSize(6);
        assertThat(imported.requests()).isSortedAccordingTo((a, b) -> Long.compare(a.offsetNanos(), b.offsetNanos()));
    }

    @Test
    void writesALongPollWithoutItsResponseRatherThanHoldEverythingBehindIt() {
        talk.request(get("/poll"));
        PacketLab.Talk other = lab.talk("10.0.0.3", 1, "10.0.0.2", 80, 5, 5).open();
        for (int i = 0; i < 50; i++) other.request(get("/" + i)).response(OK);
        talk.response(OK);
        Imported imported = Imported.of(lab, CaptureOptions.defaults().withHeldBytes(10_000));

        assertThat(imported.lines()).startsWith("/poll -", "/0 200 2").hasSize(51);
        assertThat(imported.observed(Observation.WRITTEN_EARLY)).isEqualTo(1);
    }
}

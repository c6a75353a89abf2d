package io.tierdrill.recorder.gor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.fields.KeptBody;
import io.tierdrill.recorder.fields.Opened;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GorFormatTest {
    private static final String MONKEYS = "\n🐵🙈🙉\n";
    private static final long TIME = 1_700_000_000_000_000_000L;
    private static final String GET = "GET /a?b=1 HTTP/1.1\r\nHost: a.example\r\nX-Real-IP: 192.0.2.7\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    @Test
    void aRequestIsReadWithItsTimeHostAndClient() throws Exception {
        RequestRecord request = open(record("1 abc " + TIME + " -1", GET)).only();
        assertThat(request.offsetNanos()).isEqualTo(TIME);
        assertThat(request.client()).isEqualTo("192.0.2.7");
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.authority()).isEqualTo("a.example");
        assertThat(request.path()).isEqualTo("/a?b=1");
        assertThat(request.headers()).contains(new Header("Host", "a.example"));
        assertThat(request.response()).isEmpty();
    }

    @Test
    void theFirstOfTheForwardedAddressesIsTheClientAndWithoutAnyAllAreOne() throws Exception {
        String forwarded = "GET / HTTP/1.1\r\nX-Forwarded-For: 198.51.100.1, 10.0.0.1\r\n\r\n";
        assertThat(open(record("1 a " + TIME, forwarded)).only().client()).isEqualTo("198.51.100.1");
        RequestRecord plain =
                open(record("1 a " + TIME, "GET / HTTP/1.1\r\n\r\n")).only();
        assertThat(plain.client()).isEqualTo("gor");
        assertThat(plain.authority()).isEqualTo("example.org");
    }

    @Test
    void theLatencyIsReadAsEachVersionWroteIt() throws Exception {
        assertThat(latency("1 a " + TIME, "2 a 2500000"))
                .as("0.10: the third word")
                .isEqualTo(2_500_000);
        assertThat(latency("1 a " + TIME + " -1", "2 a " + TIME + " 2500000"))
                .as("0.15: the fourth")
                .isEqualTo(2_500_000);
        assertThat(latency("1 a " + TIME + " -1", "2 a " + (TIME + 2_000_000) + " 2500000"))
                .as("0.16: the fourth")
                .isEqualTo(2_500_000);
        assertThat(latency("1 a " + TIME + " 1000", "2 a " + (TIME + 2_000_000) + " 500000"))
                .as("1.3: the fourth is how long the message itself took")
                .isEqualTo(2_500_000);
    }

    @Test
    void responsesFindTheirRequestsInAnyOrder() throws Exception {
        Opened opened = open(record("1 a " + TIME + " -1", GET)
                + record("1 b " + (TIME + 1) + " -1", GET.replace("/a", "/second"))
                + record("2 b " + (TIME + 2) + " 9", OK.replace("200 OK", "404 Not Found"))
                + record("2 a " + (TIME + 3) + " 7", OK));
        assertThat(opened.refused()).isEmpty();
        assertThat(opened.records()).extracting(RequestRecord::path).containsExactly("/second?b=1", "/a?b=1");
        assertThat(opened.records())
                .extracting(RequestRecord::response)
                .containsExactly(
                        Optional.of(new Response(404, Optional.of(5L), Optional.of(9L))),
                        Optional.of(new Response(200, Optional.of(5L), Optional.of(7L))));
    }

    @Test
    void responsesWithoutARequestAndToReplaysAreCounted() throws Exception {
        Opened opened = open(record("2 x " + TIME + " 9", OK)
                + record("1 a " + TIME + " -1", GET)
                + record("3 a " + TIME + " 9", OK));
        assertThat(opened.refused())
                .containsExactly("1 1:1 response-alone at byte 0", "3 14:1 replayed-response at byte 186");
        assertThat(opened.records()).hasSize(1);
    }

    @Test
    void aResponseToHeadHasNoBodyWhateverItsLengthSays() throws Exception {
        Opened opened = open(record("1 a " + TIME + " -1", GET.replace("GET", "HEAD"))
                + record("2 a " + TIME + " 9", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
        assertThat(opened.only().response().orElseThrow().bytes()).contains(0L);
    }

    @Test
    void chunkedBodiesAreJoined() throws Exception {
        String chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        RequestRecord request = open(record("1 a " + TIME, chunked)).only();
        assertThat(new String(request.body().bytes(), StandardCharsets.UTF_8)).isEqualTo("abcde");
    }

    @Test
    void aLargeBodyIsOnlyCounted() throws Exception {
        String large = "POST / HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n" + "x".repeat(3_000_000);
        Opened opened = open(record("1 a " + TIME, large) + record("1 b " + TIME, GET));
        assertThat(opened.refused()).isEmpty();
        RequestRecord request = opened.records().get(0);
        assertThat(request.body().size()).isEqualTo(3_000_000).isGreaterThan(KeptBody.MOST_BYTES);
        assertThat(request.body().bytes()).isEmpty();
    }

    @Test
    void aDamagedSeparatorCostsTheRecordBeforeItAndNoMore() throws Exception {
        String damaged = record("1 a " + TIME, GET).replace("🐵", "🐼");
        Opened opened = open(damaged + record("1 b " + TIME, GET) + record("1 c " + TIME, GET.replace("/a", "/c")));
        assertThat(opened.refused()).containsExactly("1 2:1 bytes-behind at byte 0");
        assertThat(opened.records()).extracting(RequestRecord::path).containsExactly("/c?b=1");
    }

    @Test
    void recordsThatAreNoneAreCountedWithTheirPlace() throws Exception {
        Opened opened = open(record("1 a " + TIME, GET)
                + record("hello", GET)
                + record("1 b " + TIME, "\u0016\u0003\u0001 something else\r\n\r\n")
                + record("1 c " + TIME, "GET /x FTP/1.1\r\n\r\n")
                + record("1 d " + TIME, "CONNECT a.example:443 HTTP/1.1\r\n\r\n")
                + record("1 e " + TIME, GET));
        assertThat(opened.records()).hasSize(2);
        assertThat(opened.refused())
                .containsExactlyInAnyOrder(
                        "2 8:1 no-meta-line at byte 100",
                        "3 16:1 not-http-message at byte 182",
                        "4 21:1 not-http-message at byte 242",
                        "5 26:1 bad-url at byte 298");
    }

    @Test
    void aFileThatWasCutLosesItsLastRecordOnlyIfThatIsNotWhole() throws Exception {
        String post = "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel";
        assertThat(open("1 a " + TIME + "\n" + post).refused()).containsExactly("1 2:1 cut-off at byte 0");
        assertThat(open("1 a " + TIME + "\nGET / HT").refused()).containsExactly("1 2:1 cut-off at byte 0");
        assertThat(open("1 a " + TIME + "\n" + post + "lo").only().body().size())
                .isEqualTo(5);
    }

    @Test
    void onlyARecordingLooksLikeOne() {
        assertThat(judge(record("1 a " + TIME + " -1", GET))).isEqualTo(Likeness.SURE);
        assertThat(judge("1 a b\nGET / HTTP/1.1")).isEqualTo(Likeness.NONE);
        assertThat(judge("10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1"))
                .isEqualTo(Likeness.NONE);
    }

    @Test
    void aRequestWaitsForItsResponseNoLongerThanThereIsRoom() throws Exception {
        String text = record("1 a " + TIME, GET)
                + record("1 b " + TIME, GET)
                + record("1 c " + TIME, GET)
                + record("2 a " + TIME + " 5", OK)
                + record("2 c " + TIME + " 5", OK);
        GorExchanges exchanges =
                new GorExchanges(new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 2, 1 << 20);
        GorParser parser = new GorParser("http", "");
        StringBuilder seen = new StringBuilder();
        for (Optional<GorExchange> next = exchanges.next(); next.isPresent(); next = exchanges.next()) {
            byte[] packed = next.get().packed();
            boolean alone = GorExchange.kind(packed, packed.length) == GorExchange.Kind.RESPONSE_ALONE;
            seen.append(
                    alone
                            ? "alone "
                            : parser.parse(packed, 0, packed.length)
                                            .request()
                                            .response()
                                            .isPresent()
                                    ? "paired "
                                    : "without ");
        }
        assertThat(seen.toString()).isEqualTo("without alone paired without ");
    }

    private static long latency(String request, String response) throws Exception {
        Opened opened = open(record(request, GET) + record(response, OK));
        return opened.only().response().orElseThrow().latencyNanos().orElseThrow();
    }

    private static String record(String meta, String payload) {
        return meta + "\n" + payload + MONKEYS;
    }

    private static Opened open(String text) throws Exception {
        return Opened.of(new GorFormat(), text);
    }

    private static Likeness judge(String text) {
        return new GorFormat().judge(new Head("x", text.getBytes(StandardCharsets.UTF_8), true));
    }
}

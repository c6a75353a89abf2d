package io.tierdrill.recorder.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.line.FieldText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line of a log becomes, or why it becomes nothing. */
class ClfLineTest {
    private static final String TIME = "[17/May/2015:10:05:03 +0000]";

    private ClfLine line = new ClfLine(ClfFormat.COMMON, new Server("http", ""));
    private byte[] bytes;

    @Test
    void aCombinedLineTellsOfEverythingItHolds() {
        RequestRecord r = imported("83.149.9.216 - frank " + TIME
                + " \"GET /a/b.png?x=1 HTTP/1.1\" 200 203 \"http://b/\" \"Mozilla/5.0 (X11)\"");

        assertThat(r.offsetNanos()).isEqualTo(7);
        assertThat(r.client()).isEqualTo("83.149.9.216");
        assertThat(r.connection()).isEmpty();
        assertThat(r.user()).isEqualTo("frank");
        assertThat(r.scheme()).isEqualTo("http");
        assertThat(r.method()).isEqualTo("GET");
        assertThat(r.authority()).isEmpty();
        assertThat(r.path()).isEqualTo("/a/b.png?x=1");
        assertThat(r.headers())
                .containsExactly(
                        new RequestRecord.Header("Referer", "http://b/"),
                        new RequestRecord.Header("User-Agent", "Mozilla/5.0 (X11)"));
        assertThat(r.body()).isEqualTo(RequestRecord.Body.none());
        assertThat(r.response()).contains(new RequestRecord.Response(200, Optional.of(203L), Optional.empty()));
        assertThat(line.epochNanos()).isEqualTo(1_431_857_103_000_000_000L);
    }

    @Test
    void dashesStandForNothing() {
        RequestRecord r = imported("::1 - - " + TIME + " \"HEAD / HTTP/1.0\" 304 - \"-\" \"-\"");

        assertThat(r.client()).isEqualTo("::1");
        assertThat(r.user()).isEmpty();
        assertThat(r.headers()).isEmpty();
        assertThat(r.response().orElseThrow().bytes()).contains(0L);
    }

    @ParameterizedTest
    @CsvSource({"2001:db8::1", "proxy.example.org", "192.0.2.7", "unix:", "-"})
    void theClientIsTheAddressAsLogged(String client) {
        assertThat(common(client, "GET / HTTP/1.1").client()).isEqualTo(client);
    }

    @Test
    void aConnectionThatEndedBeforeAnAnswerHasNoResponse() {
        assertThat(imported("a - - " + TIME + " \"GET / HTTP/1.1\" 000 0 \"-\" \"-\"")
                        .response())
                .isEmpty();
        assertThat(imported("a - - " + TIME + " \"GET / HTTP/1.1\" - - \"-\" \"-\"")
                        .response())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /                                 | GET    | /",
                "GET /a b c HTTP/1.1                   | GET    | /a%20b%20c",
                "GET /search?q=\\\"x\\\" HTTP/1.1      | GET    | /search?q=\"x\"",
                "GET /\\xd1\\x84 HTTP/1.1              | GET    | /%D1%84",
                "GET /ф HTTP/1.1                       | GET    | /%D1%84",
                "GET /a\\x0d\\x0aEvil:1 HTTP/1.1       | GET    | /a%0D%0AEvil:1",
                "GET /a\\\\b\\n\\q HTTP/1.1            | GET    | /a\\b%0A\\q",
                "GET /a\"b HTTP/1.1                    | GET    | /a\"b",
                "OPTIONS * HTTP/1.1                    | OPTIONS| *",
                "PROPFIND /dav HTTP/1.1                | PROPFIND| /dav",
                "GET //double HTTP/2.0                 | GET    | //double",
                "GET /h3 HTTP/3                        | GET    | /h3",
                "GET /%zz HTTP/1.1                     | GET    | /%zz"
            })
    void requestLinesAsServersAcceptThem(String logged, String method, String path) {
        RequestRecord r = common("a", logged.strip());

        assertThat(r.method()).isEqualTo(method.strip());
        assertThat(r.path()).isEqualTo(path.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example:81/a?b, http, shop.example:81, /a?b",
        "HTTPS://shop.example, https, shop.example, /",
        "http://shop.example?q, http, shop.example, /?q"
    })
    void aRequestThatNamesItsHostIsForThatHost(String target, String scheme, String authority, String path) {
        RequestRecord r = common("a", "GET " + target + " HTTP/1.1");

        assertThat(r.scheme()).isEqualTo(scheme);
        assertThat(r.authority()).isEqualTo(authority);
        assertThat(r.path()).isEqualTo(path);
    }

    @Test
    void whatBelongsToTheServerComesFromTheOptions() {
        parse("a - - " + TIME + " \"GET / HTTP/1.1\" 200 1", ClfFormat.COMMON);

        RequestRecord r = new ClfRequest(new Server("https", "shop.example")).at(0, line, bytes);
        assertThat(r.scheme()).isEqualTo("https");
        assertThat(r.authority()).isEqualTo("shop.example");
    }

    @Test
    void headersCannotBreakOutOfTheirLine() {
        RequestRecord r = imported("a - - " + TIME
                + " \"GET / HTTP/1.1\" 200 1 \"http://x/\\r\\nHost: evil\" \"caf\\xc3\\xa9 \\xe9 \\x00\"");

        assertThat(r.headers())
                .containsExactly(
                        new RequestRecord.Header("Referer", "http://x/  Host: evil"),
                        new RequestRecord.Header("User-Agent", "cafÃ© é"));
    }

    @Test
    void headersInUtf8AreReadAsSuch() {
        assertThat(imported("a - - " + TIME + " \"GET / HTTP/1.1\" 200 1 \"-\" \"caf\\xc3\\xa9 ф\"")
                        .headers())
                .containsExactly(new RequestRecord.Header("User-Agent", "café ф"));
    }

    @Test
    void aLineCutWithinItsUserAgentStillTellsOfARequest() {
        RequestRecord r = imported("a - - " + TIME + " \"GET /a HTTP/1.1\" 200 1 \"http://x/\" \"Mozilla");

        assertThat(r.headers()).containsExactly(new RequestRecord.Header("Referer", "http://x/"));
        assertThat(line.wholeHeaders()).isFalse();
    }

    @Test
    void fieldsBehindTheFormatAreIgnoredAndNoticed() {
        imported("a - - " + TIME + " \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" \"10.0.0.1\" 0.123");
        assertThat(line.remarks()).hasSize(1);
        parse("a - - " + TIME + " \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\"", ClfFormat.COMMON);
        assertThat(line.remarks()).hasSize(1);
        parse("a - - " + TIME + " \"GET /a HTTP/1.1\" 200 1", ClfFormat.COMMON);
        assertThat(line.remarks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello                                                   | not-this-format  | 6",
                "a - -                                                   | not-this-format  | 6",
                "a - - TIME                                              | bad-timestamp    | 7",
                "shop:80 a - - TIME \"GET / HTTP/1.1\" 200 1             | not-this-format  | 13",
                "a - - [17/May/2015:10:05:03] \"GET / HTTP/1.1\" 200 1   | bad-timestamp    | 7",
                "a - - [31/Feb/2015:10:05:03 +0000] \"GET / X\" 200 1    | bad-timestamp    | 7",
                "a - - TIME \"GET / HTTP/1.1 200 1                       | not-this-format  | 36",
                "a - - TIME \"GET / HTTP/1.1\"                           | not-this-format  | 52",
                "a - - TIME \"GET / HTTP/1.1\" 200                       | not-this-format  | 56",
                "a - - TIME \"GET / HTTP/1.1\" 20x 1                     | bad-status       | 53",
                "a - - TIME \"GET / HTTP/1.1\" 099 1                     | bad-status       | 53",
                "a - - TIME \"GET / HTTP/1.1\" 2000 1                    | bad-status       | 53",
                "a - - TIME \"GET / HTTP/1.1\" 200 1k                    | bad-size         | 57",
                "a - - TIME \"GET / HTTP/1.1\" 200 1234567890123456789   | bad-size         | 57",
                "a - - TIME \"-\" 408 0                                  | empty-request    | 37",
                "a - - TIME \"\" 400 0                                   | empty-request    | 37",
                "a - - TIME \"\\x16\\x03\\x01\\x02\" 400 0               | tls-bytes        | 37",
                "a - - TIME \"quit\" 400 0                               | bad-request-line | 37",
                "a - - TIME \"\\x03\\x00/*\\xE0\" 400 0                  | bad-request-line | 37",
                "a - - TIME \"GET /a b\" 400 0                           | bad-request-line | 37",
                "a - - TIME \"GET / HTTP/x\" 400 0                       | bad-request-line | 37",
                "a - - TIME \"GET \" 400 0                               | bad-request-line | 37",
                "a - - TIME \"CONNECT mail.example:25 HTTP/1.1\" 405 0   | no-path          | 37",
                "a - - TIME \"GET  HTTP/1.1\" 400 0                      | no-path          | 37",
                "a - - TIME \"GET index.html HTTP/1.1\" 400 0            | no-path          | 37",
                "a - - TIME \"GET http:///a HTTP/1.1\" 400 0             | no-path          | 37"
            })
    void whatIsNoRequestHasAReasonAndAColumn(String logged, String reason, int column) {
        assertThat(parse(logged.strip().replace("TIME", TIME), ClfFormat.COMMON))
                .isFalse();

        assertThat(line.reason().word()).isEqualTo(reason.strip());
        assertThat(line.wrongAt() + 1).isEqualTo(column);
    }

    @Test
    void rawTlsBytesAreNamedToo() {
        assertThat(parse("a - - " + TIME + " \"\u0016\u0003\u0001\" 400 0", ClfFormat.COMMON))
                .isFalse();
        assertThat(line.reason()).isEqualTo(RejectReason.TLS_BYTES);
    }

    /** A slow obvious judge is not needed to know this: nothing a line holds may throw. */
    @Test
    void noBytesWhateverMakeItFail() {
        byte[] good = ("a - - " + TIME + " \"GET /\\x41 HTTP/1.1\" 200 1 \"http://x/\" \"M\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        FieldText text = new FieldText();
        line = new ClfLine(ClfFormat.COMBINED, new Server("http", ""));
        for (int at = 0; at < good.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] harmed = good.clone();
                harmed[at] = (byte) value;
                for (int end : new int[] {at + 1, good.length}) {
                    if (line.parse(harmed, 0, end))
                        assertThat(line.request(0).path()).isNotEmpty();
                }
            }
        }
        assertThat(text.path(good, 0, 0)).isEmpty();
    }

    private RequestRecord common(String client, String request) {
        assertThat(parse(client + " - - " + TIME + " \"" + request + "\" 200 1", ClfFormat.COMMON))
                .as(request)
                .isTrue();
        return line.request(7);
    }

    private RequestRecord imported(String logged) {
        assertThat(parse(logged, ClfFormat.COMBINED)).as(logged).isTrue();
        return line.request(7);
    }

    private boolean parse(String logged, ClfFormat format) {
        bytes = logged.getBytes(StandardCharsets.UTF_8);
        line = new ClfLine(format, new Server("http", ""));
        return line.parse(bytes, 0, bytes.length);
    }
}

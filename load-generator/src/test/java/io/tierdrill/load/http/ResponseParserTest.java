package io.tierdrill.load.http;

import static io.tierdrill.load.http.ResponseParser.Result.BAD;
import static io.tierdrill.load.http.ResponseParser.Result.DONE;
import static io.tierdrill.load.http.ResponseParser.Result.MORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tierdrill.load.http.ResponseParser.Result;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {
    private final ResponseParser parser = new ResponseParser();

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private Result read(String text) {
        parser.begin(false);
        return parser.read(bytes(text));
    }

    /** Reads the text cut at every place: the outcome never depends on how the network cut it. */
    private void readsEverywhereCut(String text, int status, long body, boolean keepAlive) {
        for (int cut = 0; cut <= text.length(); cut++) {
            parser.begin(false);
            Result first = parser.read(bytes(text.substring(0, cut)));
            assertThat(first).as("cut at %d", cut).isEqualTo(cut == text.length() ? DONE : MORE);
            assertThat(parser.read(bytes(text.substring(cut)))).isEqualTo(DONE);
            assertThat(parser.status()).isEqualTo(status);
            assertThat(parser.bodyBytes()).isEqualTo(body);
            assertThat(parser.keepAlive()).isEqualTo(keepAlive);
        }
    }

    @Test
    void readsABodyOfKnownLength() {
        readsEverywhereCut("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello", 200, 5, true);
    }

    @Test
    void readsChunksWithExtensionsAndTrailers() {
        readsEverywhereCut(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\nT: x\r\n\r\n",
                200,
                15,
                true);
    }

    @Test
    void passesOverInterimAnswers() {
        readsEverywhereCut(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 1\r\n\r\n?",
                404,
                1,
                true);
    }

    @Test
    void knowsAnswersWithoutABody() {
        readsEverywhereCut("HTTP/1.1 204 No Content\r\n\r\n", 204, 0, true);
        readsEverywhereCut("HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\n\r\n", 304, 0, true);
        parser.begin(true);
        assertThat(parser.read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n")))
                .isEqualTo(DONE);
    }

    @Test
    void knowsWhetherTheConnectionMayBeUsedAgain() {
        readsEverywhereCut("HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Length: 0\r\n\r\n", 200, 0, false);
        readsEverywhereCut("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", 200, 0, false);
        readsEverywhereCut("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", 200, 0, true);
    }

    @Test
    void readsUntilTheConnectionEndsWhereNoLengthIsGiven() {
        assertThat(read("HTTP/1.1 200 OK\r\n\r\nabc")).isEqualTo(MORE);
        assertThat(parser.bodyBytes()).isEqualTo(3);
        assertThat(parser.endsWithConnection()).isTrue();
        assertThat(parser.keepAlive()).isFalse();
    }

    @Test
    void doesNotTakeTheEndOfTheConnectionForTheEndOfAShortBody() {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")).isEqualTo(MORE);
        assertThat(parser.endsWithConnection()).isFalse();
    }

    @Test
    void leavesWhatComesAfterTheAnswer() {
        ByteBuf in = bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1");
        parser.begin(false);
        assertThat(parser.read(in)).isEqualTo(DONE);
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1");
    }

    @Test
    void readsServerTimingOfSeveralTiers() {
        read("HTTP/1.1 200 OK\r\nServer-Timing: service;dur=12.345, service-queue;dur=0.5\r\n"
                + "server-timing: l7;desc=\"x\";dur=13, nothing, bad;dur=1e3, neg;dur=-1\r\nContent-Length: 0\r\n\r\n");
        assertThat(parser.stages())
                .isEqualTo(Map.of("service", 12_345_000L, "service-queue", 500_000L, "l7", 13_000_000L));
    }

    @Test
    void forgetsTheLastAnswersTimings() {
        read("HTTP/1.1 200 OK\r\nServer-Timing: a;dur=1\r\nContent-Length: 0\r\n\r\n");
        read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(parser.stages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/2.0 200 OK\r\n",
                "HTTP/1.1 2x0 OK\r\n",
                "HTTP/1.1 099 OK\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n"
            })
    void refusesWhatIsNotHttp(String text) {
        assertThat(read(text)).isEqualTo(BAD);
    }

    @Test
    void refusesEndlessLinesAndEndlessHeads() {
        assertThat(read("HTTP/1.1 200 " + "x".repeat(17 << 10))).isEqualTo(BAD);
        assertThat(read("HTTP/1.1 200 OK\r\n" + ("X: " + "y".repeat(1000) + "\r\n").repeat(70)))
                .isEqualTo(BAD);
    }
}

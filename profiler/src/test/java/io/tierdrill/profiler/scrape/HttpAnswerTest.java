package io.tierdrill.profiler.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\nabc\r\n00A;note=1\r\n0123456789\r\n0\r\n\r\n";

    @Test
    void knowsTheEndOfABodyByItsLength() {
        byte[] bytes =
                "HTTP/1.1 200 OK\r\nServer: x\r\ncontent-LENGTH:  6 \r\n\r\nhällo".getBytes(StandardCharsets.UTF_8);

        for (int length = 0; length < bytes.length; length++)
            assertThat(HttpAnswer.parse(bytes, length, false))
                    .as("first %d", length)
                    .isEmpty();
        assertThat(HttpAnswer.parse(bytes, bytes.length, false)).contains(new HttpAnswer(200, "hällo", true));
    }

    @Test
    void knowsTheEndOfABodyInChunks() {
        byte[] bytes = CHUNKED.getBytes(StandardCharsets.US_ASCII);

        for (int length = 0; length < bytes.length; length++)
            assertThat(HttpAnswer.parse(bytes, length, false))
                    .as("first %d", length)
                    .isEmpty();
        assertThat(HttpAnswer.parse(bytes, bytes.length, false)).contains(new HttpAnswer(200, "abc0123456789", true));
    }

    @Test
    void takesTheEndOfTheConnectionForTheEndOfABodyWithoutOther() {
        assertThat(parse("HTTP/1.0 200 OK\r\n\r\nabc", false)).isEmpty();
        assertThat(parse("HTTP/1.0 200 OK\r\n\r\nabc", true)).contains(new HttpAnswer(200, "abc", false));
    }

    @Test
    void seesThatAConnectionWillNotBeKept() {
        assertThat(parse("HTTP/1.1 503 No\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n", false))
                .contains(new HttpAnswer(503, "", false));
        assertThat(parse("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false))
                .contains(new HttpAnswer(200, "", false));
        assertThat(parse("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true))
                .contains(new HttpAnswer(200, "", false));
    }

    @Test
    void refusesAnAnswerCutShort() {
        byte[] bytes = CHUNKED.getBytes(StandardCharsets.US_ASCII);

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> HttpAnswer.parse(cut, cut.length, true))
                    .hasMessage("closed before the answer was whole");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-x\r\n\r\n",
                "\r\n\r\n",
                "HTTP/1.1 \r\n\r\n",
                "HTTP/1.1 abc\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
            })
    void refusesWhatIsNotHttp(String text) {
        assertThatThrownBy(() -> parse(text, false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<HttpAnswer> parse(String text, boolean closed) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HttpAnswer.parse(bytes, bytes.length, closed);
    }
}

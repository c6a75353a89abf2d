package io.tierdrill.load.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestEncoderTest {
    private static String encoded(String method, String authority, String path, List<Header> headers, Body body) {
        ByteBuf out = Unpooled.buffer();
        var request =
                new RequestRecord(0, "c", "", "", "http", method, authority, path, headers, body, Optional.empty());
        new RequestEncoder("target:8080", Identity.none()).write(request, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void namesTheTargetWhereTheRequestNamesNoHost() {
        assertThat(encoded("GET", "", "/a?b=c", List.of(), Body.none()))
                .isEqualTo("GET /a?b=c HTTP/1.1\r\nHost: target:8080\r\n\r\n");
    }

    @Test
    void keepsHeadersAsTheyCameButThoseOfTheConnection() {
        List<Header> headers = List.of(
                new Header("Host", "other"),
                new Header("X-User", "7"),
                new Header("connection", "close"),
                new Header("Content-Length", "99"),
                new Header("Transfer-Encoding", "chunked"),
                new Header("accept", "*/*"));
        assertThat(encoded("GET", "shop.example", "/", headers, Body.none()))
                .isEqualTo("GET / HTTP/1.1\r\nHost: shop.example\r\nX-User: 7\r\naccept: */*\r\n\r\n");
    }

    @Test
    void announcesTheSizeOfABodyAndWritesWhatIsThere() {
        Body kept = Body.of("abc".getBytes(StandardCharsets.US_ASCII));
        assertThat(encoded("POST", "h", "/", List.of(), kept))
                .isEqualTo("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
        assertThat(encoded("POST", "h", "/", List.of(), Body.none()))
                .isEqualTo("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
        assertThat(encoded("PUT", "h", "/", List.of(), new Body(new byte[0], 70_000, "")))
                .isEqualTo("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 70000\r\n\r\n");
    }

    @Test
    void whateverATraceHoldsIsOneRequest() {
        List<Header> headers = List.of(new Header("X: y\r\nEvil", "a\r\nEvil: 1\u0000"));
        assertThat(encoded("GE T\r\n", "h\r\nEvil: 2", "/a b\r\nEvil: 3/\u00e4", headers, Body.none()))
                .isEqualTo("GE-T-- /a%20b%0D%0AEvil:%203/%C3%A4 HTTP/1.1\r\nHost: h  Evil: 2\r\n"
                        + "X--y--Evil: a  Evil: 1 \r\n\r\n");
    }

    @Test
    void tellsTheRecordedClientAndUserInPlaceOfWhatWasRecordedThere() {
        ByteBuf out = Unpooled.buffer();
        List<Header> headers = List.of(new Header("x-forwarded-for", "1.1.1.1"), new Header("Accept", "*/*"));
        var request = new RequestRecord(
                0, "10.0.0.7", "", "ann", "http", "GET", "h", "/", headers, Body.none(), Optional.empty());
        new RequestEncoder("t", new Identity(Optional.of("X-Forwarded-For"), Optional.of("X-User")))
                .write(request, out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "GET / HTTP/1.1\r\nHost: h\r\nAccept: */*\r\nX-Forwarded-For: 10.0.0.7\r\nX-User: ann\r\n\r\n");
    }

    @Test
    void tellsNoUserWhereNoneIsKnown() {
        ByteBuf out = Unpooled.buffer();
        var request =
                new RequestRecord(0, "c", "", "", "http", "GET", "h", "/", List.of(), Body.none(), Optional.empty());
        new RequestEncoder("t", new Identity(Optional.empty(), Optional.of("X-User"))).write(request, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    }
}

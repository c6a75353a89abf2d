package io.tierdrill.recorder.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.net.InetSocketAddress;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginalRequestTest {
    private static final MirrorConfig CONFIG = MirrorConfig.defaults(new InetSocketAddress("127.0.0.1", 0));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Real-IP|198.51.100.7|198.51.100.7",
                "X-Real-IP|2001:DB8::7|2001:db8::7",
                "X-Forwarded-For|198.51.100.7, 10.0.0.1|198.51.100.7",
                "X-Forwarded-For|198.51.100.7:5123|198.51.100.7",
                "X-Forwarded-For|[2001:db8::7]:443|2001:db8::7",
                "X-Envoy-External-Address|198.51.100.7|198.51.100.7",
                "X-Real-IP|unknown|192.0.2.1",
                "X-Real-IP|<script>|192.0.2.1"
            })
    void knowsTheClient(String name, String value, String client) {
        assertThat(field(RequestRecord::client, name, value)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Original-URI, /shop?a=b, /shop?a=b",
        "X-Request-URI, /shop, /shop",
        "X-Envoy-Original-Path, /shop, /shop",
        "X-Original-URI, https://shop.example/x?y, /x?y",
        "X-Nothing, /other, /copy"
    })
    void knowsThePath(String name, String value, String path) {
        assertThat(field(RequestRecord::path, name, value)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "Host, shop.example-shadow, shop.example",
        "Host, shop.example-shadow:8080, shop.example:8080",
        "Host, shop.example, shop.example",
        "X-Original-Host, www.example, www.example",
        "X-Forwarded-Host, www.example, www.example",
        "Host, [2001:db8::1], [2001:db8::1]"
    })
    void knowsTheHost(String name, String value, String host) {
        assertThat(field(RequestRecord::authority, name, value)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Proto, https, https",
        "X-Forwarded-Proto, 'https,http', https",
        "X-Forwarded-Proto, gopher, http"
    })
    void knowsTheScheme(String name, String value, String scheme) {
        assertThat(field(RequestRecord::scheme, name, value)).isEqualTo(scheme);
    }

    @Test
    void knowsTheMethodAndTheConnection() {
        assertThat(field(RequestRecord::method, "X-Original-Method", "DELETE")).isEqualTo("DELETE");
        assertThat(field(RequestRecord::method, "X-Original-Method", "no method"))
                .isEqualTo("GET");
        assertThat(field(RequestRecord::connection, "X-Original-Connection", "77"))
                .isEqualTo("77");
    }

    @Test
    void whatNoRequestCanCarryIsEncodedOrNotBelieved() {
        assertThat(field(RequestRecord::path, "X-Original-URI", "/a b\u00e9")).isEqualTo("/a%20b%E9");
        HttpRequest copy = copy();
        copy.headers().add("Host", "a-shadow").add("X-Original-Host", "two words");

        assertThat(new OriginalRequest(CONFIG)
                        .read(copy, 5, "192.0.2.1", Body.none())
                        .authority())
                .isEqualTo("a");
    }

    @Test
    void believesNoHeaderWhenToldNotTo() {
        HttpRequest copy = copy();
        copy.headers()
                .add("X-Real-IP", "198.51.100.7")
                .add("X-Original-URI", "/forged")
                .add("X-Request-Start", "t=1795457700");
        OriginalRequest original = new OriginalRequest(CONFIG.withTrustHeaders(false));
        RequestRecord record = original.read(copy, 5, "192.0.2.1", Body.none());

        assertThat(record.client()).isEqualTo("192.0.2.1");
        assertThat(record.path()).isEqualTo("/copy");
        assertThat(original.time(copy)).isEmpty();
    }

    @Test
    void keepsTheHeadersOfTheRequestAndNotThoseOfTheWayHere() {
        HttpRequest copy = copy();
        copy.headers()
                .add("Host", "a-shadow")
                .add("Accept", "*/*")
                .add("Cookie", "s=1")
                .add("X-Real-IP", "198.51.100.7")
                .add("x-envoy-internal", "true")
                .add("Content-Length", "0");

        assertThat(new OriginalRequest(CONFIG)
                        .read(copy, 5, "192.0.2.1", Body.none())
                        .headers())
                .containsExactly(new Header("Accept", "*/*"), new Header("Cookie", "s=1"));
    }

    @ParameterizedTest
    @CsvSource({
        "t=1795457700.123, 2026-11-23T18:15:00.123Z",
        "1795457700.123, 2026-11-23T18:15:00.123Z",
        "t=1795457700, 2026-11-23T18:15:00Z",
        "t=1795457700123, 2026-11-23T18:15:00.123Z",
        "1795457700123456, 2026-11-23T18:15:00.123456Z",
        "1795457700123456789, 2026-11-23T18:15:00.123456789Z"
    })
    void knowsTheTimeInEveryUnit(String value, String time) {
        assertThat(OriginalTime.parse(value)).map(Object::toString).contains(time);
    }

    @ParameterizedTest
    @CsvSource({
        "t=",
        "''",
        "yesterday",
        "t=-5",
        "123",
        "17954577001234",
        "1795457700123.5",
        "99999999999999999999",
        "9999999999999999999"
    })
    void takesNothingElseForATime(String value) {
        assertThat(OriginalTime.parse(value)).isEmpty();
    }

    private static String field(Function<RequestRecord, String> field, String name, String value) {
        HttpRequest copy = copy();
        copy.headers().add(name, value);
        return field.apply(new OriginalRequest(CONFIG).read(copy, 5, "192.0.2.1", Body.none()));
    }

    private static HttpRequest copy() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/copy");
    }
}

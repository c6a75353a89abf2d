package io.tierdrill.load.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.match.Take.Place;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TakeTest {
    private static final String NL = System.lineSeparator();

    private static Answer answer(String body, Header... headers) {
        return new Answer(200, List.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> find(Place place, String what, Answer answer) {
        return new Take(place, what).finder().find(answer);
    }

    @Test
    void takesFromHeadersAndCookies() {
        Answer answer = answer(
                "",
                new Header("Location", "/order/7"),
                new Header("Set-Cookie", "a=1; Path=/"),
                new Header("set-cookie", "sid = xyz; HttpOnly"));
        assertThat(find(Place.HEADER, "location", answer)).contains("/order/7");
        assertThat(find(Place.HEADER, "absent", answer)).isEmpty();
        assertThat(find(Place.COOKIE, "sid", answer)).contains("xyz");
        assertThat(find(Place.COOKIE, "b", answer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/id, 17", "/items/1/sku, b-2", "/deep/x~1y, v", "/flag, true"})
    void takesFromJson(String pointer, String value) {
        Answer answer = answer(
                "{\"id\":17,\"items\":[{\"sku\":\"a\"},{\"sku\":\"b-2\"}],\"deep\":{\"x/y\":\"v\"},\"flag\":true,\"no\":null}");
        assertThat(find(Place.JSON, pointer, answer)).contains(value);
        assertThat(find(Place.JSON, "/items", answer)).isEmpty();
        assertThat(find(Place.JSON, "/no", answer)).isEmpty();
        assertThat(find(Place.JSON, pointer, answer("<html>"))).isEmpty();
        assertThat(find(Place.JSON, pointer, answer(""))).isEmpty();
        assertThat(find(Place.JSON, pointer, answer("[".repeat(100_000)))).isEmpty();
    }

    @Test
    void takesTheFirstGroupOrTheWholeMatch() {
        assertThat(find(Place.REGEX, "id=(\\d+)", answer("x id=42"))).contains("42");
        assertThat(find(Place.REGEX, "\\d+", answer("x id=42"))).contains("42");
        assertThat(find(Place.REGEX, "id=(\\d+)", answer("x"))).isEmpty();
    }

    @Test
    void takesNothingThatCouldBreakOutOfARequest() {
        assertThat(find(Place.JSON, "/id", answer("{\"id\":\"a\\r\\nX-Evil: 1\"}")))
                .isEmpty();
        assertThat(find(Place.JSON, "/id", answer("{\"id\":\"" + "x".repeat(5_000) + "\"}")))
                .isEmpty();
        assertThat(find(Place.REGEX, "(?s).+", answer("a\nb"))).isEmpty();
    }

    @Test
    void readsExactlyOnePlace() {
        Problems problems = new Problems();
        ConfigNode root = ConfigFile.parse("s.yaml", """
                a: {json: /id}
                b: {}
                c: {json: /id, regex: x}
                d: {json: id}
                e: {regex: '(x'}
                f: {header: 'a b'}
                """, problems);
        assertThat(Take.from(root.object("a"))).isEqualTo(new Take(Place.JSON, "/id"));
        for (String key : List.of("b", "c", "d", "e", "f")) Take.from(root.object(key));
        String help =
                "  Write one of header, cookie, json (a pointer such as /id) and regex (its first group is the value).";
        assertThat(problems.all())
                .map(Problem::toString)
                .containsExactly(
                        "s.yaml:2:4: b.json: is missing, and so are header, cookie and regex" + NL + help,
                        "s.yaml:3:16: c.regex: stands beside json" + NL + help,
                        "s.yaml:4:5: d.json: cannot use \"id\"" + NL
                                + "  Allowed: a JSON pointer, such as /cart/id or /items/0/price.",
                        "s.yaml:5:5: e.regex: cannot use \"(x\"" + NL
                                + "  Allowed: a regular expression of Java; Unclosed group at character 3.",
                        "s.yaml:6:5: f.header: cannot use \"a b\"" + NL + "  Allowed: the name of a header.");
    }

    @Test
    void saysWhichRequestsItIsAbout() {
        Problems problems = new Problems();
        ConfigNode root = ConfigFile.parse("s.yaml", """
                a: {method: [GET, PUT], host: Shop.test, path: /cart/*}
                b: {host: '*.shop.test'}
                c: {method: 'a b', path: cart, pth: x}
                """, problems);
        When cart = When.from(root.object("a"));
        assertThat(cart.matches(request("GET", "shop.test:8080", "/cart/1?x=/y")))
                .isTrue();
        assertThat(cart.matches(request("POST", "shop.test", "/cart/1"))).isFalse();
        assertThat(cart.matches(request("GET", "other.test", "/cart/1"))).isFalse();
        assertThat(cart.matches(request("GET", "shop.test", "/other"))).isFalse();
        When below = When.from(root.object("b"));
        assertThat(below.matches(request("GET", "a.shop.test:1", "/"))).isTrue();
        assertThat(below.matches(request("GET", "shop.test", "/"))).isFalse();
        assertThat(When.any().matches(request("GET", "", "*"))).isTrue();
        assertThat(problems.any()).isFalse();
        When.from(root.object("c"));
        assertThat(problems.all())
                .map(Problem::toString)
                .containsExactly(
                        "s.yaml:3:5: c.method: cannot use \"a b\"" + NL + "  Allowed: methods, such as [GET, POST].",
                        "s.yaml:3:20: c.path: cannot use \"cart\"" + NL
                                + "  Allowed: a path starting with '/', in which * is anything and {name} a part"
                                + " without slashes, such as /cart/{id}/*.",
                        "s.yaml:3:32: c.pth: unknown setting" + NL + "  Known: method, host, path. Did you mean path?");
    }

    private static RequestRecord request(String method, String host, String path) {
        return new RequestRecord(0, "c", "", "", "http", method, host, path, List.of(), Body.none(), Optional.empty());
    }
}

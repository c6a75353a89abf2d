package io.tierdrill.load.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tierdrill.load.http.Identity;
import io.tierdrill.load.http.RequestEncoder;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.RuleUse;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriterTest {
    private static Rewriter rewriter(String yaml) {
        Problems problems = new Problems();
        Rewriter rewriter = Rewriter.ahead(RulesConfig.from(ConfigFile.parse("s.yaml", yaml, problems)));
        assertThat(problems.all()).isEmpty();
        return rewriter;
    }

    private static RequestRecord request(String host, String path, Header... headers) {
        return new RequestRecord(
                5, "10.0.0.1", "", "ann", "http", "GET", host, path, List.of(headers), Body.none(), Optional.empty());
    }

    @Test
    void changesHostsByMapAndTheRestTogether() {
        Rewriter rewriter = rewriter("rewrite: [{hosts: {img.example: img.test}, host: shop.test:81}]");
        assertThat(rewriter.apply(request("IMG.example:443", "/")).authority()).isEqualTo("img.test");
        assertThat(rewriter.apply(request("shop.example", "/")).authority()).isEqualTo("shop.test:81");
        Rewriter mapOnly = rewriter("rewrite: [{hosts: {img.example: img.test}}]");
        assertThat(mapOnly.apply(request("shop.example", "/")).authority()).isEqualTo("shop.example");
    }

    @ParameterizedTest
    @CsvSource({
        "/old/cart?x=1, /new/cart?x=1",
        "/older, /newer",
        "/other/old, /other/old",
    })
    void changesAPrefixAndNotTheQuery(String path, String expected) {
        Rewriter rewriter = rewriter("rewrite: [{path: {prefix: /old, with: /new}}]");
        assertThat(rewriter.apply(request("", path)).path()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v2/items/7, /v2-api/items/7",
        "/api/vx/items, /api/vx/items",
        "/api/v1, /v1-api",
    })
    void changesWhatAnExpressionFinds(String path, String expected) {
        Rewriter rewriter = rewriter("rewrite: [{path: {regex: '^/api/v(\\d+)', with: '/v$1-api'}}]");
        assertThat(rewriter.apply(request("", path)).path()).isEqualTo(expected);
    }

    @Test
    void staysAPathWhateverTheExpressionLeaves() {
        assertThat(rewriter("rewrite: [{path: {regex: '^/out/(.*)$', with: '$1'}}]")
                        .apply(request("", "/out/http://evil.example/ x"))
                        .path())
                .isEqualTo("/http://evil.example/%20x");
        assertThat(rewriter("rewrite: [{path: {regex: '.*', with: ''}}]")
                        .apply(request("", "/x?y"))
                        .path())
                .isEqualTo("/?y");
    }

    @Test
    void setsAddsAndRemovesHeaders() {
        Rewriter rewriter = rewriter("""
                rewrite:
                  - headers:
                      set: {x-env: test, X-New: 'for ${user} at ${client}, $$5'}
                      add: {Accept: b}
                      remove: cookie
                """);
        RequestRecord changed = rewriter.apply(request(
                "",
                "/",
                new Header("X-Env", "prod"),
                new Header("Cookie", "a"),
                new Header("X-ENV", "again"),
                new Header("Accept", "a")));
        assertThat(changed.headers())
                .containsExactly(
                        new Header("X-Env", "test"),
                        new Header("Accept", "a"),
                        new Header("X-New", "for ann at 10.0.0.1, $5"),
                        new Header("Accept", "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "/s?q=1&utm=x&b=2, /s?q=1&b=2&env=a%20b",
        "/s?utm=x, /s?env=a%20b",
        "/s?env=1&env=2&c, /s?env=a%20b&c",
        "/s, /s?env=a%20b",
    })
    void setsAndRemovesParameters(String path, String expected) {
        Rewriter rewriter = rewriter("rewrite: [{query: {set: {env: a b}, remove: [utm]}}]");
        assertThat(rewriter.apply(request("", path)).path()).isEqualTo(expected);
    }

    @Test
    void countsWhatEachRuleChanged() {
        Rewriter rewriter = rewriter(
                "rewrite: [{when: {path: /a/*}, host: x}, {when: {path: /never}, host: y}, {path: {prefix: /a, with: /b}}]");
        rewriter.apply(request("h", "/a/1"));
        rewriter.apply(request("h", "/c"));
        assertThat(rewriter.uses())
                .containsExactly(
                        new RuleUse("rewrite[0]", 1, 0, ""),
                        new RuleUse("rewrite[1]", 0, 0, ""),
                        new RuleUse("rewrite[2]", 1, 0, ""));
    }

    @Test
    void doesNotReadTemplatesInWhatWasRecorded() {
        Rewriter rewriter = rewriter("rewrite: [{path: {regex: '^/x(.*)', with: '/y$1'}, headers: {set: {A: b}}}]");
        assertThat(rewriter.apply(request("", "/x${user}$1${jndi:ldap}")).path())
                .isEqualTo("/y${user}$1${jndi:ldap}");
    }

    /** Whatever is recorded and whoever the user says to be: one request line, one line for each header. */
    @Test
    void neverMakesAnInvalidRequest() {
        Rewriter rewriter = rewriter("""
                rewrite:
                  - path: {regex: '/(.*?)/(.*)', with: '/$2/${user}/$1'}
                    headers: {set: {X-User: '${user}', X-Client: 'c ${client}'}, add: {X-More: '${user}'}}
                    query: {set: {u: '${user}', 'a b': x}, remove: [q]}
                    host: shop.test
                """);
        RequestEncoder encoder = new RequestEncoder("target:80", Identity.none());
        RandomGenerator dice = new Seeds(7).stream("hostile");
        for (int i = 0; i < 20_000; i++) {
            String user = hostile(dice);
            RequestRecord request = new RequestRecord(
                    0,
                    "c" + hostile(dice),
                    "",
                    user,
                    "http",
                    "GET",
                    "h",
                    "/" + hostile(dice) + "/" + hostile(dice) + "?q=" + hostile(dice),
                    List.of(new Header("X-A", "1")),
                    Body.none(),
                    Optional.empty());
            RequestRecord changed = rewriter.apply(request);
            assertThat(changed.path()).startsWith("/");
            assertThat(changed.headers()).noneMatch(h -> h.value().matches("(?s).*[\r\n\u0000].*"));
            ByteBuf out = Unpooled.buffer();
            encoder.write(changed, out);
            String[] lines = out.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
            assertThat(lines[0]).matches("GET /[\\x21-\\x7e]* HTTP/1\\.1");
            assertThat(lines).hasSize(2 + 4 + 2);
            for (int line = 1; line < lines.length - 2; line++)
                assertThat(lines[line]).matches("[\\w-]+: [^\\r\\n]*");
        }
    }

    private static String hostile(RandomGenerator dice) {
        String[] pieces = {
            "\r\n",
            "\n",
            "X-Evil: 1",
            " ",
            "\u0000",
            "?",
            "#",
            "%0d%0a",
            "a",
            "/..",
            "${user}",
            "$1",
            "é",
            "\u2028",
            "\ud83d\ude00",
            "&",
            "=",
            "\\",
            "HTTP/1.1"
        };
        StringBuilder text = new StringBuilder();
        for (int i = dice.nextInt(6); i > 0; i--) text.append(pieces[dice.nextInt(pieces.length)]);
        return text.toString();
    }
}

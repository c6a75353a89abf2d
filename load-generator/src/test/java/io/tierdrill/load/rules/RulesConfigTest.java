package io.tierdrill.load.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesConfigTest {
    private static final String NL = System.lineSeparator();
    private static final String ALL = """
            rewrite:
              - when: {method: [GET, POST], host: shop.example, path: /api/*}
                host: shop.test:8080
                hosts: {img.example: img.test}
                path: {regex: '^/api/v(\\d+)', with: /v$1}
                headers:
                  set: {Authorization: 'Bearer ${token}', X-Rehearsal: 'yes'}
                  add: {Via: 1.1 drill}
                  remove: [X-Debug]
                query:
                  set: {trace: 'on'}
                  remove: [utm_source]
              - path: {prefix: /old, with: /new}
            login:
              path: /login
              headers: {Content-Type: application/json}
              body: '{"user":"${user}","password":"secret"}'
              take: {json: /token}
            correlate:
              - from: {path: /cart, method: POST, json: /id}
                into: {path: '/cart/{id}', query: cart, header: X-Cart, cookie: cart, form: cart, json: /cart}
              - {name: csrf, from: {header: X-CSRF}, use: latest}
            cookies: keep
            """;

    private final Problems problems = new Problems();

    private RulesConfig read(String yaml) {
        ConfigNode node = ConfigFile.parse("s.yaml", yaml, problems);
        RulesConfig config = RulesConfig.from(node);
        node.finish();
        return config;
    }

    private void reports(String yaml, String... messages) {
        read(yaml);
        assertThat(problems.all()).map(Problem::toString).containsExactly(messages);
    }

    @Test
    void readsEverySettingAndWritesItBack() {
        RulesConfig config = read(ALL);
        assertThat(problems.all()).isEmpty();
        assertThat(config.rewrite()).hasSize(2);
        assertThat(config.login().orElseThrow().as()).isEqualTo("token");
        assertThat(config.login().orElseThrow().again()).containsExactly(401);
        assertThat(config.correlate().get(0).name()).isEqualTo("value1");
        assertThat(config.correlate().get(1).latest()).isTrue();
        assertThat(config.keepCookies()).isTrue();
        Map<String, Object> written = new LinkedHashMap<>();
        config.putInto(written);
        assertThat(read(ConfigFile.write(written))).isEqualTo(config);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void nothingWrittenChangesNothing() {
        assertThat(read("")).isEqualTo(RulesConfig.none());
        assertThat(RulesConfig.none().readsAnswers()).isFalse();
        assertThat(read(ALL).readsAnswers()).isTrue();
        Map<String, Object> written = new LinkedHashMap<>();
        RulesConfig.none().putInto(written);
        assertThat(written).isEmpty();
    }

    @Test
    void refusesWhatCouldBreakARequest() {
        reports(
                """
                rewrite:
                  - headers: {set: {'X A': 1, X-B: "a\\r\\nX-Evil: 1", Content-Length: 5, Host: x}}
                  - host: 'a b'
                  - query: {set: {x: "a\\nb"}}
                  - hosts: {a: 'http://b'}
                  - when: {path: /}
                """,
                "s.yaml:2:21: rewrite[0].headers.set.X A: cannot use \"X A\"" + NL
                        + "  Allowed: the name of a header, such as X-Test.",
                "s.yaml:2:31: rewrite[0].headers.set.X-B: holds a line break or another control character" + NL
                        + "  Allowed: one line of text.",
                "s.yaml:2:54: rewrite[0].headers.set.Content-Length: the injector writes Content-Length itself" + NL
                        + "  Take it out.",
                "s.yaml:2:73: rewrite[0].headers.set.Host: the injector writes Host itself" + NL
                        + "  Write 'host:' beside 'headers:'.",
                "s.yaml:3:5: rewrite[1].host: cannot use \"a b\"" + NL
                        + "  Allowed: HOST or HOST:PORT, such as shop.test:8080.",
                "s.yaml:4:19: rewrite[2].query.set.x: holds a line break or another control character" + NL
                        + "  Allowed: one line of text.",
                "s.yaml:5:13: rewrite[3].hosts.a: cannot use \"http://b\"" + NL
                        + "  Allowed: HOST or HOST:PORT, such as shop.test:8080.",
                "s.yaml:6:5: rewrite[4].when: says nothing of what to change" + NL
                        + "  Add host, hosts, path, headers or query beside it.");
    }

    @Test
    void refusesUnknownNamesAndGroups() {
        reports(
                """
                rewrite:
                  - {path: {regex: '/a(b)', with: '/$2'}, host: x}
                  - {path: {regex: '/a(', with: '/'}, host: x}
                  - {path: {regex: a, prefix: b}, host: x}
                  - {path: {with: b}, host: x}
                  - {headers: {set: {X: '${tokn}'}}}
                login: {path: /l, take: {json: /t}}
                """,
                "s.yaml:2:29: rewrite[0].path.with: refers to $2, and the expression has 1 groups",
                "s.yaml:3:13: rewrite[1].path.regex: cannot use \"/a(\"" + NL
                        + "  Allowed: a regular expression of Java; Unclosed group at character 4.",
                "s.yaml:4:13: rewrite[2].path.regex: stands beside a prefix" + NL
                        + "  Keep one of prefix and regex; 'with:' is what it becomes.",
                "s.yaml:5:12: rewrite[3].path.regex: is missing, and so is a prefix" + NL
                        + "  Keep one of prefix and regex; 'with:' is what it becomes.",
                "s.yaml:6:22: rewrite[4].headers.set.X: nothing is known as ${tokn}" + NL
                        + "  Known: user, client, token. Did you mean token? Write $$ for a dollar.");
    }

    @Test
    void refusesALoginThatCannotWork() {
        reports(
                """
                login: {method: post, path: login, body: '${pass}', as: user, again: [4xx], take: {}}
                """,
                "s.yaml:1:36: login.body: nothing is known as ${pass}" + NL
                        + "  Known: user, client. Write $$ for a dollar.",
                "s.yaml:1:9: login.method: cannot use \"post\"" + NL + "  Allowed: a method, such as POST.",
                "s.yaml:1:23: login.path: cannot use \"login\"" + NL + "  Allowed: a path starting with '/'.",
                "s.yaml:1:83: login.take.json: is missing, and so are header, cookie and regex" + NL
                        + "  Write one of header, cookie, json (a pointer such as /id) and regex (its first group is the value).",
                "s.yaml:1:53: login.as: cannot use \"user\"" + NL
                        + "  Allowed: a word of letters and digits other than user and client.",
                "s.yaml:1:63: login.again: cannot use \"4xx\"" + NL + "  Allowed: statuses, such as [401].");
    }

    @Test
    void refusesACorrelationThatGoesNowhere() {
        reports(
                """
                correlate:
                  - from: {path: /cart, json: /id}
                  - {from: {json: /id}, into: {path: '/a/{x}/{y}', json: id}}
                  - {name: v, from: {json: /id}}
                  - {name: v, from: {json: /id}, use: newest}
                cookies: kept
                """,
                "s.yaml:2:5: correlate[0].into: is missing" + NL
                        + "  Add 'into:' with path, query, header, cookie, form or json; or a name for use as ${name}.",
                "s.yaml:3:32: correlate[1].into.path: has 2 named parts" + NL
                        + "  Write one {name} where the value stands, and * for other parts, such as /shops/*/cart/{id}.",
                "s.yaml:3:52: correlate[1].into.json: cannot use \"id\"" + NL
                        + "  Allowed: a JSON pointer, such as /cart/id or /items/0/price.",
                "s.yaml:5:39: correlate[3].use: unknown value \"newest\"" + NL + "  Known: paired, latest.",
                "s.yaml:1:1: correlate: two values are called v" + NL + "  Give each its own name with 'name:'.",
                "s.yaml:6:10: cookies: unknown value \"kept\"" + NL + "  Known: recorded, keep.");
    }
}

package io.tierdrill.load.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.match.Answer;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.run.RuleUse;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static RulesConfig config(String yaml) {
        Problems problems = new Problems();
        RulesConfig config = RulesConfig.from(ConfigFile.parse("s.yaml", yaml, problems));
        assertThat(problems.all()).isEmpty();
        return config;
    }

    private static RequestRecord request(String user, String method, String path, String body, Header... headers) {
        return new RequestRecord(
                0,
                "c",
                "",
                user,
                "http",
                method,
                "shop.test",
                path,
                List.of(headers),
                Body.of(body.getBytes(StandardCharsets.UTF_8)),
                Optional.empty());
    }

    private static RequestRecord get(String user, String path, Header... headers) {
        return request(user, "GET", path, "", headers);
    }

    private static Answer answer(String body, Header... headers) {
        return new Answer(200, List.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String sent(Sessions sessions, String user, String path) {
        return sessions.outgoing(get(user, path), Optional.empty()).path();
    }

    @Test
    void putsTheTakenValueWhereTheSameUserSendsTheRecordedOne() {
        Sessions sessions = new Sessions(
                config("correlate: [{from: {method: POST, path: /cart, json: /id}, into: {path: '/cart/{id}/*'}}]"));
        RequestRecord create = request("ann", "POST", "/cart", "");
        assertThat(sessions.wantsBody(create)).isTrue();
        assertThat(sessions.wantsBody(get("ann", "/cart"))).isFalse();
        sessions.answered(create, answer("{\"id\": 91}"));
        assertThat(sent(sessions, "ann", "/cart/17/items?x=1")).isEqualTo("/cart/91/items?x=1");
        assertThat(sent(sessions, "ann", "/other/17/items")).isEqualTo("/other/17/items");
        assertThat(sent(sessions, "bob", "/cart/17/items")).isEqualTo("/cart/17/items");
        assertThat(sessions.uses())
                .containsExactly(
                        new RuleUse("correlate[0]", 1, 1, "GET /cart/17/items: no value was taken for this user yet"));
    }

    @Test
    void keepsTwoOrdersOfOneUserApart() {
        Sessions sessions =
                new Sessions(config("correlate: [{from: {path: /orders, json: /id}, into: {path: '/orders/{id}'}}]"));
        sessions.answered(get("ann", "/orders"), answer("{\"id\": \"A\"}"));
        assertThat(sent(sessions, "ann", "/orders/1")).isEqualTo("/orders/A");
        sessions.answered(get("ann", "/orders"), answer("{\"id\": \"B\"}"));
        assertThat(sent(sessions, "ann", "/orders/2")).isEqualTo("/orders/B");
        assertThat(sent(sessions, "ann", "/orders/1")).isEqualTo("/orders/A");
        assertThat(sent(sessions, "ann", "/orders/3")).isEqualTo("/orders/B");
    }

    @Test
    void alwaysUsesTheNewestWhereToldTo() {
        Sessions sessions = new Sessions(config(
                "correlate: [{from: {header: X-CSRF}, into: {header: x-csrf, form: csrf, query: t}, use: latest}]"));
        sessions.answered(get("ann", "/"), answer("", new Header("X-CSRF", "one")));
        sessions.answered(get("ann", "/"), answer("", new Header("X-CSRF", "two&3")));
        RequestRecord sent = sessions.outgoing(
                request("ann", "POST", "/buy?t=9", "a=1&csrf=tdpx&b=2", new Header("X-Csrf", "tdpx")),
                Optional.empty());
        assertThat(sent.headers()).containsExactly(new Header("X-Csrf", "two&3"));
        assertThat(new String(sent.body().bytes(), StandardCharsets.UTF_8)).isEqualTo("a=1&csrf=two%263&b=2");
        assertThat(sent.path()).isEqualTo("/buy?t=two%263");
        assertThat(sent.body().size()).isEqualTo(sent.body().bytes().length);
    }

    @Test
    void replacesWithinJsonAndCookies() {
        Sessions sessions =
                new Sessions(config("correlate: [{from: {cookie: sid}, into: {json: /session/id, cookie: sid}}]"));
        sessions.answered(get("ann", "/"), answer("", new Header("Set-Cookie", "sid=77; Path=/")));
        RequestRecord sent = sessions.outgoing(
                request("ann", "POST", "/", "{\"session\":{\"id\":5,\"a\":[1]}}", new Header("Cookie", "x=1; sid=tdp")),
                Optional.empty());
        assertThat(new String(sent.body().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"session\":{\"id\":77,\"a\":[1]}}");
        assertThat(sent.headers()).containsExactly(new Header("Cookie", "x=1; sid=77"));
    }

    @Test
    void countsAnswersWithoutTheValueWithTheFirst() {
        Sessions sessions =
                new Sessions(config("correlate: [{name: id, from: {path: /cart, json: /id}, into: {query: id}}]"));
        sessions.answered(get("ann", "/cart"), answer("<html>"));
        sessions.answered(get("bob", "/cart"), answer("{}"));
        assertThat(sessions.uses()).containsExactly(new RuleUse("correlate[0]", 0, 2, "GET /cart 200: no json /id"));
    }

    @Test
    void keepsCookiesOfEachUser() {
        Sessions sessions = new Sessions(config("cookies: keep"));
        sessions.answered(get("ann", "/"), answer("", new Header("Set-Cookie", "sid=1; Path=/")));
        assertThat(sessions.outgoing(get("ann", "/x", new Header("Cookie", "sid=tdp")), Optional.empty())
                        .headers())
                .containsExactly(new Header("Cookie", "sid=1"));
        assertThat(sessions.outgoing(get("bob", "/x", new Header("Cookie", "sid=tdp")), Optional.empty())
                        .headers())
                .containsExactly(new Header("Cookie", "sid=tdp"));
        assertThat(sessions.uses()).containsExactly(new RuleUse("cookies", 1, 0, ""));
    }

    @Test
    void fillsTokensAndTakenValuesIntoRules() {
        Sessions sessions = new Sessions(config("""
                login: {path: /login, take: {json: /t}}
                correlate: [{name: cart, from: {path: /cart, json: /id}}]
                rewrite:
                  - headers: {set: {Authorization: 'Bearer ${token}'}}
                  - {when: {path: /buy}, query: {set: {cart: '${cart}'}}}
                """));
        assertThat(sessions.outgoing(get("ann", "/buy"), Optional.of("t1")))
                .satisfies(r -> assertThat(r.headers()).containsExactly(new Header("Authorization", "Bearer t1")))
                .satisfies(r -> assertThat(r.path()).isEqualTo("/buy"));
        sessions.answered(get("ann", "/cart"), answer("{\"id\":8}"));
        assertThat(sessions.outgoing(get("ann", "/buy"), Optional.empty()))
                .satisfies(r -> assertThat(r.headers()).isEmpty())
                .satisfies(r -> assertThat(r.path()).isEqualTo("/buy?cart=8"));
        assertThat(sessions.uses())
                .containsExactly(
                        new RuleUse("rewrite[0]", 1, 1, "GET /buy: a value it needs was not known yet"),
                        new RuleUse("rewrite[1]", 1, 1, "GET /buy: a value it needs was not known yet"),
                        new RuleUse("login", 0, 0, ""),
                        new RuleUse("correlate[0]", 0, 0, ""));
    }

    @Test
    void forgetsWhoWasAwayLongestWhenThereAreTooMany() {
        Sessions sessions = new Sessions(config("cookies: keep"), 100, 1 << 20);
        for (int i = 0; i < 150; i++)
            sessions.answered(get("u" + i, "/"), answer("", new Header("Set-Cookie", "sid=" + i + "; Path=/")));
        assertThat(sessions.forgotten()).isEqualTo(50);
        assertThat(sessions.outgoing(get("u149", "/"), Optional.empty()).headers())
                .hasSize(1);
        assertThat(sessions.outgoing(get("u3", "/"), Optional.empty()).headers())
                .isEmpty();
    }

    @Test
    void keepsWithinItsMemoryWhateverTheTargetSends() {
        Sessions sessions = new Sessions(config("cookies: keep"), 1_000_000, 100_000);
        for (int i = 0; i < 2_000; i++)
            sessions.answered(
                    get("u" + i, "/"), answer("", new Header("Set-Cookie", "s=" + "x".repeat(1_000) + "; Path=/")));
        assertThat(sessions.forgotten()).isBetween(1_900L, 1_950L);
    }
}

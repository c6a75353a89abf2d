package io.tierdrill.load.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.match.Answer;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginGateTest {
    private record Sent(RequestRecord request, long due, long acted, long now) {}

    private final List<Sent> sent = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private Sessions sessions;

    private LoginGate gate(String more) {
        Problems problems = new Problems();
        RulesConfig config = RulesConfig.from(ConfigFile.parse(
                "s.yaml",
                "login: {path: '/login/${user}', headers: {Content-Type: application/json}, body: '{\"u\":\"${user}\"}',"
                        + " take: {json: /t}" + more + "}",
                problems));
        assertThat(problems.all()).isEmpty();
        sessions = new Sessions(config);
        return new LoginGate(
                config, sessions, clock::get, (r, due, acted, now) -> sent.add(new Sent(r, due, acted, now)));
    }

    private static RequestRecord get(String user, String path) {
        return new RequestRecord(0, "c", "k", user, "http", "GET", "h", path, List.of(), Body.none(), Optional.empty());
    }

    private static Optional<Answer> answer(int status, String body) {
        return Optional.of(new Answer(status, List.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> paths() {
        return sent.stream().map(s -> s.request().path()).toList();
    }

    @Test
    void aUsersFirstRequestsWaitForTheLoginAndKeepTheirTimes() {
        LoginGate gate = gate("");
        gate.send(get("a\"nn", "/1"), 100, 110);
        gate.send(get("a\"nn", "/2"), 200, 210);
        assertThat(paths()).containsExactly("/login/a%22nn");
        RequestRecord login = sent.get(0).request();
        assertThat(gate.isLogin(login)).isTrue();
        assertThat(login.method()).isEqualTo("POST");
        assertThat(login.connection()).isEqualTo("k");
        assertThat(login.authority()).isEqualTo("h");
        assertThat(login.headers()).containsExactly(new Header("Content-Type", "application/json"));
        assertThat(new String(login.body().bytes(), StandardCharsets.UTF_8)).isEqualTo("{\"u\":\"a\\\"nn\"}");
        assertThat(gate.held()).isEqualTo(2);
        gate.loginEnded(login, answer(200, "{\"t\":\"T\"}"), "");
        clock.set(500);
        assertThat(gate.swallowsSample()).isTrue();
        assertThat(gate.swallowsSample()).isFalse();
        assertThat(sent.subList(1, 3))
                .containsExactly(
                        new Sent(get("a\"nn", "/1"), 100, 110, 500), new Sent(get("a\"nn", "/2"), 200, 210, 500));
        assertThat(gate.token(get("a\"nn", "/3"))).contains("T");
        gate.send(get("a\"nn", "/3"), 300, 310);
        assertThat(paths()).endsWith("/3");
        assertThat(gate.held()).isZero();
    }

    @Test
    void otherUsersDoNotWaitForThem() {
        LoginGate gate = gate("");
        gate.send(get("ann", "/1"), 0, 0);
        gate.send(get("bob", "/2"), 0, 0);
        assertThat(paths()).containsExactly("/login/ann", "/login/bob");
        gate.loginEnded(sent.get(1).request(), answer(200, "{\"t\":\"B\"}"), "");
        assertThat(gate.swallowsSample()).isTrue();
        assertThat(paths()).containsExactly("/login/ann", "/login/bob", "/2");
        assertThat(gate.token(get("ann", "/1"))).isEmpty();
    }

    @Test
    void onceForAllLetsEverybodyWaitForOneLogin() {
        LoginGate gate = gate(", for: all");
        gate.send(get("ann", "/1"), 0, 0);
        gate.send(get("bob", "/2"), 0, 0);
        assertThat(paths()).containsExactly("/login/ann");
        gate.loginEnded(sent.get(0).request(), answer(200, "{\"t\":\"T\"}"), "");
        assertThat(gate.swallowsSample()).isTrue();
        assertThat(paths()).containsExactly("/login/ann", "/1", "/2");
        assertThat(gate.token(get("eve", "/"))).contains("T");
    }

    @Test
    void aLoginThatFailsLetsThemThroughAndIsTriedAgainAfterASecond() {
        LoginGate gate = gate("");
        gate.send(get("ann", "/1"), 0, 0);
        gate.loginEnded(sent.get(0).request(), Optional.empty(), "timeout");
        assertThat(gate.swallowsSample()).isTrue();
        gate.send(get("ann", "/2"), 0, LoginGate.PAUSE_NANOS - 1);
        assertThat(paths()).containsExactly("/login/ann", "/1", "/2");
        gate.send(get("ann", "/3"), 0, LoginGate.PAUSE_NANOS);
        assertThat(paths()).endsWith("/login/ann");
        gate.loginEnded(sent.get(3).request(), answer(403, "{\"t\":\"no\"}"), "");
        assertThat(sessions.login().use().missed()).isEqualTo(2);
        assertThat(sessions.login().use().firstMiss()).isEqualTo("POST /login/ann timeout");
        assertThat(gate.token(get("ann", "/"))).isEmpty();
    }

    @Test
    void aTokenThatHasRunOutIsRenewedByTheNextRequest() {
        LoginGate gate = gate(", again: [401, 419]");
        gate.send(get("ann", "/1"), 0, 0);
        gate.loginEnded(sent.get(0).request(), answer(200, "{\"t\":\"T\"}"), "");
        assertThat(gate.swallowsSample()).isTrue();
        gate.answered(get("ann", "/1"), Optional.of("older"), 401);
        assertThat(gate.token(get("ann", "/"))).contains("T");
        gate.answered(get("ann", "/1"), Optional.of("T"), 403);
        assertThat(gate.token(get("ann", "/"))).contains("T");
        gate.answered(get("ann", "/1"), Optional.of("T"), 419);
        assertThat(gate.token(get("ann", "/"))).isEmpty();
        gate.send(get("ann", "/2"), 0, 2 * LoginGate.PAUSE_NANOS);
        assertThat(paths()).containsExactly("/login/ann", "/1", "/login/ann");
    }
}

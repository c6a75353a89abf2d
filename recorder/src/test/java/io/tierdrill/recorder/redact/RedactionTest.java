package io.tierdrill.recorder.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final RedactionConfig CONFIG = RedactionConfig.defaults().withKey(new RedactionKey(new byte[32]));

    private final Redaction redaction = Redaction.of(CONFIG);

    @Test
    void theSameSecretIsTheSamePseudonymWhereverItStands() {
        RequestRecord masked = redaction.apply(request(
                "/a?token=s3cret%2Fvalue",
                List.of(
                        new Header("Authorization", "Bearer s3cret/value"),
                        new Header("Cookie", "a=s3cret/value; b=other")),
                json("{\"password\":\"s3cret\\/value\"}")));
        String pseudonym = masked.path().substring("/a?token=".length());

        assertThat(pseudonym).matches("tdp[bcdfghjkmnpqrstv]{18}");
        assertThat(masked.headers().get(0).value()).isEqualTo("Bearer " + pseudonym);
        assertThat(masked.headers().get(1).value())
                .startsWith("a=" + pseudonym + "; b=tdp")
                .doesNotEndWith(pseudonym);
        assertThat(text(masked.body())).isEqualTo("{\"password\":\"" + pseudonym + "\"}");
    }

    @Test
    void anotherKeyMakesOtherPseudonymsAndSaysSoInTheNotes() {
        Redaction other = Redaction.of(RedactionConfig.defaults());
        RequestRecord raw = request("/a?token=abcdefgh", List.of(), Body.none());

        assertThat(other.apply(raw).path()).isNotEqualTo(redaction.apply(raw).path());
        assertThat(other.notes().get("redactionKey"))
                .hasSize(8)
                .isNotEqualTo(redaction.notes().get("redactionKey"));
        assertThat(redaction.notes())
                .containsEntry("redactionKey", Redaction.of(CONFIG).notes().get("redactionKey"))
                .containsEntry("clientAddresses", "network")
                .containsEntry("userFrom", "none");
    }

    @Test
    void keepsTheSizeOfABodyThatBecameShorter() {
        String token = "x".repeat(200);
        Body json = redaction
                .apply(request("/", List.of(), json("{\"token\":\"" + token + "\"}")))
                .body();
        Body form = redaction
                .apply(request("/", List.of(), typed("application/x-www-form-urlencoded", "a=1&token=" + token)))
                .body();

        assertThat(json.size()).isEqualTo(212);
        assertThat(text(json)).matches("\\{\"token\":\"tdp\\w{18}\"} +");
        assertThat(form.size()).isEqualTo(210);
        assertThat(text(form)).matches("a=1&token=tdp\\w{18}&+");
    }

    @Test
    void aBodyThatGrowsTakesItsContentLengthAlong() {
        RequestRecord raw = request("/", List.of(new Header("Content-Length", "13")), json("{\"pin\":\"1234\"}"));
        RequestRecord masked = redaction.apply(raw);

        assertThat(masked.body().size()).isEqualTo(31).isEqualTo(masked.body().bytes().length);
        assertThat(masked.headers()).contains(new Header("Content-Length", "31"));
        assertThat(redaction.masked()).containsEntry("bodyGrown", 1L).containsEntry("named", 1L);
    }

    @Test
    void leavesOutWhatItCannotReadAndKeepsSizeAndAKeyedDigest() {
        Body binary = typed("image/png", "\u0001\u0002 password=x");
        Body masked = redaction.apply(request("/", List.of(), binary)).body();
        Body again = redaction.apply(request("/", List.of(), binary)).body();
        Body known = redaction
                .apply(request("/", List.of(), new Body(new byte[0], 13, Digests.sha256Hex(binary.bytes()))))
                .body();

        assertThat(masked.bytes()).isEmpty();
        assertThat(masked.size()).isEqualTo(binary.size());
        assertThat(masked.sha256()).hasSize(64).isNotEqualTo(Digests.sha256Hex(binary.bytes()));
        assertThat(again).isEqualTo(masked);
        assertThat(known.sha256()).isEqualTo(masked.sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "{]", "{\"a\":password}", "\"open", "{\"a\":\"\\u00g0\"}"})
    void leavesOutJsonThatIsNone(String broken) {
        assertThat(redaction.apply(request("/", List.of(), json(broken))).body().bytes())
                .isEmpty();
    }

    @Test
    void keepsNumbersAndWordsOfJsonAsTheyAre() {
        String kept = "{ \"n\" : -1.50e+3, \"code\": 200, \"state\":\"CA\", \"hasPassword\":true, \"max_tokens\":256,\n"
                + " \"x\":[null , {} , \"\\u00e9\\n\"] }";

        assertThat(text(redaction.apply(request("/", List.of(), json(kept))).body()))
                .isEqualTo(kept);
    }

    @Test
    void clientsKeepTheirNetworkAndStayDistinct() {
        Set<String> masked = new HashSet<>();
        int moved = 0;
        for (int i = 0; i < 256; i++) {
            String client = client(redaction, "203.0.113." + i);
            assertThat(client).startsWith("203.0.113.");
            masked.add(client);
            if (!client.equals("203.0.113." + i)) moved++;
        }

        assertThat(masked).hasSize(256);
        assertThat(moved).isGreaterThan(240);
        assertThat(client(redaction, "203.0.114.1"))
                .isNotEqualTo("203.0.114." + client(redaction, "203.0.113.1").substring(10));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:",
        "::ffff:192.0.2.7, ::ffff:192.0.2.",
        "192.0.2.7:4711, 192.0.2.",
        "[2001:db8:1::7]:80, [2001:db8:1:",
    })
    void keepsTheNetworkInEveryWayToWriteAnAddress(String address, String network) {
        assertThat(client(redaction, address)).startsWith(network).isNotEqualTo(address);
    }

    @Test
    void sixToFourDoesNotGiveTheClientAway() {
        assertThat(client(redaction, "2002:cb00:7107::1"))
                .startsWith("2002:cb00:71")
                .doesNotContain("7107");
        assertThat(client(redaction, "host.example")).matches("tdp\\w{18}");
        assertThat(client(redaction, "unknown")).isEqualTo("unknown");
    }

    @Test
    void forwardedAddressesAreMaskedAsTheClientIs() {
        String client = client(redaction, "192.0.2.7");
        RequestRecord masked = redaction.apply(request(
                "/",
                List.of(
                        new Header("X-Forwarded-For", "192.0.2.7, unknown"),
                        new Header("Forwarded", "for=\"192.0.2.7:4711\";proto=https;host=a.example, for=192.0.2.7"),
                        new Header("CF-Connecting-IP", "192.0.2.7")),
                Body.none()));

        assertThat(masked.headers())
                .extracting(Header::value)
                .containsExactly(
                        client + ", unknown",
                        "for=\"" + client + ":4711\";proto=https;host=a.example, for=" + client,
                        client);
    }

    @ParameterizedTest
    @CsvSource({
        "header:x-user, alice",
        "cookie:session, c00kie",
        "query:uid, b b",
        "jwt:sub, carol",
        "jwt:realm.id, 42",
        "jwt:sub@cookie:jwt, carol",
    })
    void readsTheUserFromWhereItIsTold(String source, String user) {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"sub\":\"carol\",\"realm\":{\"id\":42}}".getBytes(StandardCharsets.UTF_8));
        String token = "eyJhbGciOiJub25lIn0." + claims + ".";
        RequestRecord raw = request(
                "/a?x=1&uid=b%20b",
                List.of(
                        new Header("X-User", "alice"),
                        new Header("Authorization", "Bearer " + token),
                        new Header("Cookie", "a=1; session=c00kie; jwt=" + token)),
                Body.none());
        RedactionConfig config = CONFIG.withUser(UserKey.parse(source).orElseThrow());

        assertThat(Redaction.of(config.off()).apply(raw).user()).isEqualTo(user);
        assertThat(Redaction.of(config).apply(raw).user()).isEqualTo(pseudonym(user));
    }

    @Test
    void aUserThatTheSourceTellsBecomesAPseudonymToo() {
        RequestRecord raw = new RequestRecord(
                0, "192.0.2.1", "", "frank", "http", "GET", "", "/", List.of(), Body.none(), Optional.empty());

        assertThat(redaction.apply(raw).user()).isEqualTo(pseudonym("frank"));
    }

    @Test
    void theConnectionStaysAKeyWithoutItsAddress() {
        RequestRecord raw = new RequestRecord(
                0,
                "192.0.2.1",
                "192.0.2.1:4711@5",
                "",
                "http",
                "GET",
                "",
                "/",
                List.of(),
                Body.none(),
                Optional.empty());

        assertThat(redaction.apply(raw).connection()).isEqualTo(pseudonym("192.0.2.1:4711@5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "&",
                "dns-",
                "%25",
                "//a:b",
                "a=",
                "\\u0041",
                "1 ",
                "{\"secret\":",
                "eyJ",
                "-----BEGIN",
                "=[{"
            })
    void aHostileRequestTakesNoLongerThanItsLengthAllows(String piece) {
        String text = piece.repeat(30_000 / piece.length());
        RequestRecord raw = request("/" + text, List.of(new Header("Referer", text)), typed("text/plain", text));

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> redaction.apply(raw));
    }

    private static String pseudonym(String secret) {
        return new Pseudonyms(CONFIG.key()).of(secret);
    }

    private static String client(Redaction redaction, String address) {
        return redaction
                .apply(new RequestRecord(
                        0, address, "", "", "http", "GET", "", "/", List.of(), Body.none(), Optional.empty()))
                .client();
    }

    private static String text(Body body) {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    private static Body json(String text) {
        return Body.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The type goes into the first header of {@link #request}. */
    private Body typed(String type, String text) {
        nextType = type;
        return json(text);
    }

    private String nextType = "application/json";

    private RequestRecord request(String path, List<Header> headers, Body body) {
        List<Header> all = new java.util.ArrayList<>(headers);
        all.add(new Header("Content-Type", nextType));
        nextType = "application/json";
        if (body.size() == 0) all.remove(all.size() - 1);
        return new RequestRecord(0, "192.0.2.1", "", "", "http", "POST", "", path, all, body, Optional.empty());
    }
}

package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.redact.Redaction;
import io.tierdrill.recorder.redact.RedactionConfig;
import io.tierdrill.recorder.redact.UserKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What reads within requests: {@code redact} masks secrets in paths, headers and bodies, {@code user-key} reads where the
 * user is told. A request that was masked is fit for replay still, masks to the same again and again, and a planted
 * password does not survive, whatever stands around it.
 */
final class RedactionTargets {
    private static final String SECRET = "hunter2-Zq81";
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "text/plain",
            "application/json; charset=utf-16",
            "");
    private static final RedactionConfig CONFIG = RedactionConfig.defaults();

    private RedactionTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget("redact", 2048, Allowance.of(4096, 50_000), redactSeeds(), RedactionTargets::redact),
                new FuzzTarget("user-key", 1024, Allowance.of(4096, 50_000), userSeeds(), RedactionTargets::findUser));
    }

    /** Type of the body, path, name and value of a header, body; each text ends with a NUL. */
    private static void redact(byte[] input) {
        FuzzedBytes choices = new FuzzedBytes(input);
        int type = choices.u8() % TYPES.size();
        String path = "/" + visible(choices);
        String name = "X-" + visible(choices);
        String value = oneLine(choices);
        RequestRecord raw = request(
                path,
                List.of(
                        new Header(name.replace(":", ""), value),
                        new Header("Authorization", "Bearer " + SECRET),
                        new Header("Content-Type", TYPES.get(type))),
                choices.rest());
        RequestRecord masked = Redaction.of(CONFIG).apply(raw);
        TraceFiles.assertFitForReplay(masked);
        assertThat(masked.headers().get(1).value()).doesNotContain(SECRET);
        assertThat(masked.headers()).hasSize(3);
        assertThat(masked.body().size()).isGreaterThanOrEqualTo(masked.body().bytes().length);
        assertThat(Redaction.of(CONFIG).apply(raw)).isEqualTo(masked);
    }

    /** The rule, then a request as above. */
    private static void findUser(byte[] input) {
        FuzzedBytes choices = new FuzzedBytes(input);
        Optional<UserKey> key = UserKey.parse(oneLine(choices));
        if (key.isEmpty()) return;
        assertThat(UserKey.parse(key.get().toString())).isEqualTo(key);
        RequestRecord raw = request(
                "/" + visible(choices),
                List.of(
                        new Header("Cookie", oneLine(choices)),
                        new Header("Authorization", oneLine(choices)),
                        new Header("X-User", oneLine(choices))),
                choices.rest());
        RequestRecord masked = Redaction.of(CONFIG.withUser(key.get())).apply(raw);
        TraceFiles.assertFitForReplay(masked);
    }

    private static RequestRecord request(String path, List<Header> headers, byte[] body) {
        return new RequestRecord(
                0,
                "10.0.0.1",
                "c1",
                "",
                "http",
                "POST",
                "shop.example",
                path,
                headers,
                RequestRecord.Body.of(body),
                Optional.empty());
    }

    private static String until(FuzzedBytes choices) {
        java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
        while (!choices.ended()) {
            int b = choices.u8();
            if (b == 0) break;
            text.write(b);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static String visible(FuzzedBytes choices) {
        StringBuilder text = new StringBuilder();
        until(choices).chars().filter(c -> c > 0x20 && c < 0x7f).forEach(c -> text.append((char) c));
        return text.toString();
    }

    private static String oneLine(FuzzedBytes choices) {
        return until(choices).replace('\n', ' ').replace('\r', ' ');
    }

    private static List<byte[]> redactSeeds() {
        return List.of(
                seed(
                        0,
                        "a?token=abcdef0123456789&x=%41",
                        "Api-Key",
                        "k: a@b.example",
                        "{\"password\":\"x\\u0041\",\"card\":[\"4111 1111 1111 1111\"]}"),
                seed(
                        1,
                        "b;jsessionid=12345#x",
                        "Cookie",
                        "a=b; sid=\"x y\"",
                        "user=a%40b.example&pass+word=1&iban=DE89370400440532013000"),
                seed(
                        2,
                        "c",
                        "Forwarded",
                        "for=\"[2001:db8::1]:5\"",
                        "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nx\r\n--b--\r\n"),
                seed(
                        3,
                        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
                        "A",
                        "Basic YTpi",
                        "a@b.example 4111111111111111"));
    }

    private static byte[] seed(int type, String... texts) {
        return Packets.join(new byte[] {(byte) type}, String.join("\0", texts).getBytes(StandardCharsets.UTF_8));
    }

    private static List<byte[]> userSeeds() {
        String jwt = "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";
        return List.of("header:X-User", "cookie:sid", "query:u", "jwt:sub", "jwt:a.b").stream()
                .map(rule -> String.join("\0", rule, "?u=%41&x", "sid=5; a=b", jwt, "zo\u00eb", "{}"))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}

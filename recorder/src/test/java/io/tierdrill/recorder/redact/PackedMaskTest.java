package io.tierdrill.recorder.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.RecordEncoder;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.redact.Secrets.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way of packed requests against the slow and obvious one, byte for byte and count for count. */
class PackedMaskTest {
    private static final RedactionKey KEY = RedactionKey.fresh();
    private static final String ODD = "\0\t\r\n \u0007%41%2520;=,:\"'\\/<>&+@\u00e4\u0131\u2028\ud83d\ude00\ud800";

    private final RandomGenerator chance = new Seeds(99).stream("packed");
    private final Secrets secrets = new Secrets(chance);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "header:X-User",
                "cookie:sid",
                "query:token",
                "jwt:sub",
                "jwt:sub@cookie:sid",
            })
    void writesWhatTheSlowWayWrites(String user) {
        RedactionConfig config = RedactionConfig.defaults()
                .withKey(KEY)
                .withUser(UserKey.parse(user).orElseThrow())
                .withNames(List.of("x-chosen"));
        same(config, traffic());
    }

    @Test
    void writesWhatTheSlowWayWritesWhateverIsKeptOfClients() {
        for (ClientAddresses clients : ClientAddresses.values())
            same(RedactionConfig.defaults().withKey(KEY).withClients(clients), traffic());
        same(RedactionConfig.defaults().withKey(KEY).off(), traffic());
    }

    /** Each request several times, as the first time, the second and the later ones go different ways. */
    private void same(RedactionConfig config, List<RequestRecord> pool) {
        Redaction quick = Redaction.of(config);
        Redaction slow = Redaction.of(config);
        RecordEncoder left = new RecordEncoder();
        RecordEncoder right = new RecordEncoder();
        for (int i = 0; i < 4 * pool.size(); i++) {
            RequestRecord raw = (i < pool.size() ? pool.get(i) : pool.get(chance.nextInt(pool.size()))).at(i);
            left.cutTo(0);
            right.cutTo(0);
            quick.encode(PackedRequest.of(raw), left);
            right.write(slow.apply(utf8(raw)));
            assertThat(Arrays.copyOf(left.bytes(), left.length()))
                    .as(raw::toString)
                    .isEqualTo(Arrays.copyOf(right.bytes(), right.length()));
        }
        assertThat(quick.masked()).isEqualTo(slow.masked());
    }

    /** What no UTF-8 can say, half a surrogate pair, becomes a question mark when it is packed. */
    private static RequestRecord utf8(RequestRecord raw) {
        return PackedRequest.of(raw).record();
    }

    private List<RequestRecord> traffic() {
        List<RequestRecord> all = new ArrayList<>();
        for (Places place : Places.values())
            for (Kind kind : Kind.values())
                all.add(place.with(Secrets.write(
                        secrets.make(kind), List.copyOf(place.writings).get(chance.nextInt(place.writings.size())))));
        for (int i = 0; i < 200; i++) all.add(random());
        return all;
    }

    private RequestRecord random() {
        List<Header> headers = new ArrayList<>();
        String[] names = {
            "Cookie", "cookie", "Authorization", "X-User", "x-chosen", "Accept", "X-Forwarded-For", "N" + odd()
        };
        String[] values = {
            "sid=" + odd() + "; theme=dark",
            "Bearer " + secrets.make(Kind.JWT),
            "Basic " + odd(),
            "",
            " ",
            odd(),
            "198.51.100.7, " + odd(),
            "sid=" + secrets.make(Kind.JWT),
            secrets.make(Kind.EMAIL),
            "x".repeat(chance.nextInt(3000)),
            "de89 3704 0044 0532 0130 00"
        };
        for (int i = chance.nextInt(9); i > 0; i--)
            headers.add(new Header(names[chance.nextInt(names.length)], values[chance.nextInt(values.length)]));
        Body body = chance.nextInt(5) > 0
                ? Body.none()
                : chance.nextBoolean() ? Body.of(odd().getBytes(StandardCharsets.UTF_8)) : new Body(new byte[0], 9, "");
        return new RequestRecord(
                0,
                chance.nextBoolean() ? "198.51.100." + chance.nextInt(256) : "c" + odd(),
                chance.nextBoolean() ? "" : "198.51.100.7:80@" + chance.nextInt(5),
                chance.nextInt(3) > 0 ? "" : "user" + chance.nextInt(5),
                chance.nextBoolean() ? "http" : "https",
                chance.nextInt(4) > 0 ? "GET" : "M" + odd(),
                chance.nextBoolean() ? "" : "joe:" + odd() + "@shop.example",
                "/a/" + odd() + "?token=" + (chance.nextBoolean() ? odd() : secrets.make(Kind.PASSWORD)),
                headers,
                body,
                chance.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Response(200, Optional.of(chance.nextLong(9999)), Optional.empty())));
    }

    private String odd() {
        StringBuilder text = new StringBuilder();
        for (int i = chance.nextInt(12); i > 0; i--)
            text.append(
                    chance.nextBoolean()
                            ? (char) ('a' + chance.nextInt(26))
                            : ODD.charAt(chance.nextInt(ODD.length())));
        return text.toString();
    }
}

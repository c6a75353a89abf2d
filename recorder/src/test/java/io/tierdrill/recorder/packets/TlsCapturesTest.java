package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nginx answered to curl and openssl under each kind of cipher, against nginx's own log. */
class TlsCapturesTest {
    static List<TlsCapture> captures() {
        return TlsCapture.ALL;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void readsWithKeysWhatTheServerLogged(TlsCapture capture) {
        Imported imported = capture.imported();

        assertThat(TlsCapture.rows(imported.requests())).isEqualTo(capture.rows());
        assertThat(imported.account().rejected()).isEmpty();
        assertThat(imported.account().packets().of(Fate.Group.OPAQUE)).isZero();
        assertThat(imported.account().packets().of(Fate.Group.INCOMPLETE)).isZero();
        assertThat(imported.account().packets().of(Fate.Group.NOT_HTTP)).isZero();
        assertThat(imported.observed(Observation.TLS_DECRYPTED)).isEqualTo(1);
        assertThat(imported.requests())
                .allMatch(r -> r.response().orElseThrow().latencyNanos().orElseThrow() > 0)
                .allMatch(r -> r.headers().stream().noneMatch(h -> h.name().startsWith(":")));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void countsAsOpaqueWithoutKeys(TlsCapture capture) {
        Imported imported = Imported.of(capture.packets(), CaptureOptions.defaults());

        assertThat(imported.requests()).isEmpty();
        assertThat(imported.packets(Fate.TLS_WITHOUT_KEYS)).isPositive();
        assertThat(imported.account().packets().of(Fate.Group.OPAQUE)
                        + imported.packets(Fate.NO_PAYLOAD)
                        + imported.packets(Fate.DUPLICATE))
                .as(imported.account().packets().fates().toString())
                .isEqualTo(imported.account().packets().seen());
        assertThat(imported.observed(Observation.TLS_OPAQUE)).isEqualTo(1);
        assertThat(imported.account().packets().tls().withoutKeys()).containsExactly(Map.entry("shop.example", 1L));
    }

    /** The right connections, but every secret one bit off. */
    @ParameterizedTest
    @MethodSource("captures")
    void countsWhatWrongKeysDoNotOpen(TlsCapture capture) {
        StringBuilder wrong = new StringBuilder();
        for (String line :
                new String(capture.keys(), StandardCharsets.US_ASCII).lines().toList()) {
            int last = line.length() - 1;
            wrong.append(line, 0, last)
                    .append(line.charAt(last) == '0' ? '1' : '0')
                    .append('\n');
        }
        Imported imported =
                Imported.of(capture.packets(), CaptureOptions.defaults(), TlsCapture.keyLog(bytes(wrong.toString())));

        assertThat(imported.requests()).isEmpty();
        assertThat(imported.packets(Fate.TLS_WRONG_KEYS)).isPositive();
        assertThat(imported.packets(Fate.TLS_HANDSHAKE)).isZero();
        assertThat(imported.observed(Observation.TLS_OPAQUE)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void keysOfOthersAreAsGoodAsNone(TlsCapture capture) {
        KeyLog others = TlsCapture.keyLog(bytes("CLIENT_RANDOM " + "ab".repeat(32) + " " + "cd".repeat(48) + "\n"));
        Imported imported = Imported.of(capture.packets(), CaptureOptions.defaults(), others);

        assertThat(imported.requests()).isEmpty();
        assertThat(imported.packets(Fate.TLS_WITHOUT_KEYS)).isPositive();
        assertThat(imported.packets(Fate.TLS_WRONG_KEYS)).isZero();
    }

    @Test
    void namesACipherThatIsNotReadThoughThereAreKeys() {
        Imported imported = new TlsCapture("tls12-ccm-http1").imported();

        assertThat(imported.requests()).isEmpty();
        assertThat(imported.packets(Fate.TLS_UNSUPPORTED)).isPositive();
        assertThat(imported.account().packets().tls().unsupported())
                .containsExactly(Map.entry("TLS 1.2 cipher suite 0xc09c", 1L));
    }

    @Test
    void readsHttp2WithoutTls() {
        TlsCapture capture = new TlsCapture("h2c-prior-knowledge");
        Imported imported = Imported.of(capture.packets(), CaptureOptions.defaults());

        assertThat(TlsCapture.rows(imported.requests())).isEqualTo(capture.rows());
        assertThat(imported.account().rejected()).isEmpty();
        assertThat(imported.packets(Fate.HTTP2) + imported.packets(Fate.NO_PAYLOAD))
                .isEqualTo(imported.account().packets().seen());
    }
}

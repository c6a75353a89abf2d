package io.tierdrill.recorder.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.accesslog.ClfFormat;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.UnitParser;
import io.tierdrill.recorder.redact.Redaction;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MaskedRequestsTest {
    private static final String LINE =
            "192.0.2.%d - frank [17/May/2015:10:05:03 +0000] \"GET /a?session=%s HTTP/1.1\" 200 5"
                    + " \"http://b/?token=abcdefgh\" \"bot me@example.org\"";

    private final RedactionConfig config = RedactionConfig.defaults();
    private final MaskedRequests requests = MaskedRequests.of(config);
    private final UnitParser parser = ClfFormat.COMBINED
            .open(new Head("", new byte[0], true), new ByteArrayInputStream(new byte[0]), new Server("http", ""))
            .parser();

    @Test
    void whatIsKnownIsCountedAsIfTheRedactionHadSeenIt() {
        Redaction whole = Redaction.of(config);
        for (int i = 0; i < 50; i++) {
            take(String.format(LINE, i, "abcdefghijk"));
            whole.apply(parser.request(0));
        }
        assertThat(requests.masked()).isEqualTo(whole.masked()).hasSizeGreaterThan(3);
    }

    /** Fields that differ in one byte meet the redaction each for itself. */
    @Test
    void anotherSecretIsAnotherPseudonymHoweverOftenTheFirstWasSeen() {
        for (int i = 0; i < 10; i++) take(String.format(LINE, 1, "abcdefghijk"));
        byte[] first = take(String.format(LINE, 1, "abcdefghijk"));
        byte[] other = take(String.format(LINE, 1, "abcdefghijl"));

        assertThat(other).isNotEqualTo(first);
        for (byte[] one : new byte[][] {first, other})
            assertThat(new String(one, StandardCharsets.ISO_8859_1))
                    .contains("/a?session=tdp")
                    .doesNotContain("abcdefgh", "frank", "me@example");
    }

    private byte[] take(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parser.parse(bytes, 0, bytes.length)).isTrue();
        requests.take(parser, bytes);
        return Arrays.copyOf(requests.bytes(), requests.length());
    }
}

package io.tierdrill.recorder.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KnownPartsTest {
    private static final int PAGE = 256 << 10;

    private final KnownParts parts = new KnownParts(2);

    @Test
    void tellsWhatBecameOfAPartThatWasSeenTwice() {
        byte[] page = bytes("..secret..");
        byte[] out = bytes("##pseudonym#");
        assertThat(parts.find(7, page, 2, 8)).isFalse();
        parts.learn(page, 2, 8, out, 2, 11, bytes("n"));
        assertThat(parts.find(7, page, 2, 8)).isFalse();
        parts.learn(page, 2, 8, out, 2, 11, bytes("n"));

        assertThat(parts.find(7, bytes("secret"), 0, 6)).isTrue();
        assertThat(became()).isEqualTo("pseudonym");
        assertThat(note()).isEqualTo("n");
    }

    @Test
    void knowsWhatStayedAsItCameAndWhatBecameNothing() {
        learn(1, "same", "same", "");
        learn(1, "gone", "", "note");

        assertThat(find(1, "same")).isTrue();
        assertThat(became()).isEqualTo("same");
        assertThat(note()).isEmpty();
        assertThat(find(1, "gone")).isTrue();
        assertThat(became()).isEmpty();
        assertThat(note()).isEqualTo("note");
    }

    @Test
    void tellsKindsApart() {
        learn(1, "part", "one", "");
        learn(255, "part", "two", "");

        assertThat(find(1, "part")).isTrue();
        assertThat(became()).isEqualTo("one");
        assertThat(find(255, "part")).isTrue();
        assertThat(became()).isEqualTo("two");
        assertThat(find(2, "part")).isFalse();
    }

    @Test
    void tellsPartsApartThatShareAHash() {
        byte[] one = bytes("one");
        for (int i = 0; i < 2; i++) {
            parts.find(4, 7, one, 0, 3);
            parts.learn(one, 0, 3, one, 0, 3, one);
        }

        assertThat(parts.find(4, 7, one, 0, 3)).isTrue();
        assertThat(parts.find(3, 7, one, 0, 3)).isFalse();
        assertThat(parts.find(4, 7, bytes("two"), 0, 3)).isFalse();
        assertThat(parts.find(4, 7, bytes("ones"), 0, 4)).isFalse();
    }

    @Test
    void keepsNothingThatComesOnce() {
        for (int i = 0; i < 100_000; i++) {
            byte[] part = bytes("once-" + i);
            assertThat(parts.find(4, part, 0, part.length)).isFalse();
            parts.learn(part, 0, part.length, part, 0, part.length, part);
        }
        assertThat(parts.bytesKept()).isZero();
    }

    /** What is known at any time is right, also where it was forgotten and learned again in the same place. */
    @Test
    void staysWithinItsMemoryAndTrueWhateverComes() {
        int known = 0;
        for (int i = 0; i < 20_000; i++) {
            int n = i % 2 == 0 ? i % 40 : i;
            String raw = "flood-" + n + "-" + "x".repeat(n % 1_500);
            String masked = n % 3 == 0 ? raw : "masked-" + raw.hashCode() + "y".repeat(n % 700);
            if (find(4, raw)) {
                known++;
                assertThat(note()).isEqualTo("note of " + raw.hashCode());
            }
            learn(4, raw, masked, "note of " + raw.hashCode());
            assertThat(find(4, raw)).isEqualTo(raw.length() <= KnownParts.MOST_BYTES_EACH);
            if (raw.length() <= KnownParts.MOST_BYTES_EACH) assertThat(became()).isEqualTo(masked);
            assertThat(parts.bytesKept()).isBetween(0, 2 * PAGE);
        }
        assertThat(known).isPositive();
    }

    @Test
    void leavesOutWhatBecameTooLong() {
        learn(1, "short", "x".repeat(100_000), "");
        assertThat(find(1, "short")).isFalse();
        learn(1, "short", "x", "n".repeat(100_000));
        assertThat(find(1, "short")).isFalse();
    }

    @Test
    void forgets() {
        learn(1, "part", "became", "");
        parts.forget();
        assertThat(find(1, "part")).isFalse();
        assertThat(parts.bytesKept()).isZero();
    }

    /** Twice, as the first time does not count. */
    private void learn(int kind, String raw, String masked, String note) {
        byte[] part = bytes(raw);
        byte[] became = bytes(masked);
        for (int i = 0; i < 2; i++) {
            parts.find(kind, part, 0, part.length);
            parts.learn(part, 0, part.length, became, 0, became.length, bytes(note));
        }
    }

    private boolean find(int kind, String raw) {
        return parts.find(kind, bytes(raw), 0, raw.length());
    }

    private String became() {
        return text(parts.from(), parts.noteFrom());
    }

    private String note() {
        return text(parts.noteFrom(), parts.noteTo());
    }

    private String text(int from, int to) {
        return new String(Arrays.copyOfRange(parts.bytes(), from, to), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

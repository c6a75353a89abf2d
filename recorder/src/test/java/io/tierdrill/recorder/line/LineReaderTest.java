package io.tierdrill.recorder.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void cutsAtLineFeedsAndTakesOffCarriageReturns() throws Exception {
        assertThat(lines("a\nbc\r\n\nd", 100)).containsExactly("1:a", "2:bc", "3:", "4:d");
        assertThat(lines("a\n", 100)).containsExactly("1:a");
        assertThat(lines("\n", 100)).containsExactly("1:");
        assertThat(lines("", 100)).isEmpty();
        assertThat(lines("a\rb\n", 100)).containsExactly("1:a\rb");
    }

    @Test
    void anyLengthsInAnyPortionsComeOutTheSame() throws Exception {
        var chance = new Seeds(3).stream("lines");
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 400; i++) {
            String line = "x".repeat(chance.nextInt(LineReader.MOST_LINE_BYTES / 16));
            if (i % 50 == 0) line = "y".repeat(LineReader.MOST_LINE_BYTES);
            text.append(line).append('\n');
            expected.add(i + ":" + line);
        }
        for (int portion : new int[] {1 << 20, 4096, 777})
            assertThat(lines(text.toString(), portion)).isEqualTo(expected);
    }

    @Test
    void linesTooLongAreCutAndTheNextIsWhole() throws Exception {
        String start = "z".repeat(LineReader.MOST_LINE_BYTES);
        for (int more : new int[] {1, 1000, 200_000, 5_000_000}) {
            String text = "a\n" + start + "z".repeat(more) + "\nb\n" + start + "z".repeat(more);
            for (int portion : new int[] {1 << 20, 3001})
                assertThat(lines(text, portion)).containsExactly("1:a", "2:" + start + "!", "3:b", "4:" + start + "!");
        }
    }

    private static List<String> lines(String text, int portion) throws IOException {
        LineReader reader = new LineReader(portions(text, portion));
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            String line =
                    new String(reader.bytes(), reader.from(), reader.to() - reader.from(), StandardCharsets.ISO_8859_1);
            lines.add(reader.number() + ":" + line + (reader.tooLong() ? "!" : ""));
        }
        return lines;
    }

    /** A stream that gives a few bytes at a time, as pipes do. */
    private static InputStream portions(String text, int portion) {
        return new FilterInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return super.read(bytes, from, Math.min(length, portion));
            }
        };
    }
}

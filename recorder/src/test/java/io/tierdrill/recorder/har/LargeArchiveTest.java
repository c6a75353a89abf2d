package io.tierdrill.recorder.har;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Units;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Memory does not grow with the archive, nor with the pages in it. */
class LargeArchiveTest {
    private static final int ENTRIES = 50_000;
    private static final int TEXT_BYTES = 4_000;

    @Test
    void anArchiveOfTwoHundredMegabytesNeedsNoMoreThanItsLargestEntry() throws Exception {
        Head head = new Head("x", "{\"log\":{".getBytes(StandardCharsets.UTF_8), false);
        Reading reading = new HarFormat().open(head, new GeneratedArchive(), new Server("http", ""));
        Units units = reading.units();
        long requests = 0;
        int largest = 0;
        while (units.next()) {
            largest = Math.max(largest, units.bytes().length);
            if (requests % 1_000 == 0)
                assertThat(reading.parser().parse(units.bytes(), units.from(), units.to()))
                        .isTrue();
            requests++;
        }
        assertThat(requests).isEqualTo(ENTRIES);
        // The page, 4,000 bytes of each entry, never enters the buffer.
        assertThat(largest).isLessThanOrEqualTo(8_192);
    }

    /** Made while it is read. */
    private static final class GeneratedArchive extends InputStream {
        private static final byte[] ENTRY = ("{\"startedDateTime\":\"2026-01-01T00:00:00.250Z\",\"request\":"
                        + "{\"method\":\"GET\",\"url\":\"http://a.example/\"},\"response\":{\"status\":200,\"content\":"
                        + "{\"size\":1,\"text\":\"" + "\\\"{[,".repeat(TEXT_BYTES / 5) + "\"}}},\n")
                .getBytes(StandardCharsets.UTF_8);
        private static final byte[] FRONT = "{\"log\":{\"entries\":[".getBytes(StandardCharsets.UTF_8);
        private int entry = -1;
        private int at;

        @Override
        public int read() {
            throw new UnsupportedOperationException("one byte at a time");
        }

        @Override
        public int read(byte[] to, int from, int length) {
            if (entry == ENTRIES) return -1;
            byte[] part = entry < 0 ? FRONT : ENTRY;
            // The last comma is left out, and the archive closed.
            byte[] last = "]}}".getBytes(StandardCharsets.UTF_8);
            int end = entry == ENTRIES - 1 ? part.length - 2 : part.length;
            int count = Math.min(length, end - at);
            System.arraycopy(part, at, to, from, count);
            at += count;
            if (at < end) return count;
            at = 0;
            if (++entry < ENTRIES || length < count + last.length) return count;
            System.arraycopy(last, 0, to, from + count, last.length);
            return count + last.length;
        }
    }
}

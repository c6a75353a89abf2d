package io.tierdrill.recorder.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import org.junit.jupiter.api.Test;

/** Against slow obvious twins, on bytes where every kind of neighbour occurs. */
class ScanTest {
    private static final byte[] KINDS = {0, 1, 0x1f, ' ', '!', '"', '#', '[', '\\', ']', 'a', '~', 0x7f, -128, -1, '\n'
    };

    private final Scan scan = new Scan();

    @Test
    void findsWhatALoopFinds() {
        var chance = new Seeds(2).stream("bytes");
        for (int round = 0; round < 20_000; round++) {
            byte[] b = new byte[chance.nextInt(40)];
            for (int i = 0; i < b.length; i++)
                b[i] = chance.nextInt(4) > 0 ? (byte) 'x' : KINDS[chance.nextInt(KINDS.length)];
            int from = chance.nextInt(b.length + 1);
            int to = from + chance.nextInt(b.length - from + 1);
            int least = chance.nextBoolean() ? 0x20 : 0x21;

            assertThat(scan.indexOf(b, from, to, (byte) '"', (byte) '\\')).isEqualTo(slowIndexOf(b, from, to));
            assertThat(scan.isPlain(b, from, to, least)).isEqualTo(slowIsPlain(b, from, to, least));
        }
    }

    private static int slowIndexOf(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) if (b[i] == '"' || b[i] == '\\') return i;
        return to;
    }

    private static boolean slowIsPlain(byte[] b, int from, int to, int least) {
        for (int i = from; i < to; i++) if (b[i] < least || b[i] == 0x7f || b[i] == '\\') return false;
        return true;
    }
}

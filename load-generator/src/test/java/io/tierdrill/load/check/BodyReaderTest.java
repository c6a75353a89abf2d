package io.tierdrill.load.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    private final BodyReader.Room room = new BodyReader.Room(2 << 20);

    private static ByteBuf buffer(byte[] bytes) {
        return Unpooled.wrappedBuffer(bytes);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    @Test
    void gathersPiecesWithoutConsumingThem() {
        BodyReader reader = new BodyReader(room);
        ByteBuf in = buffer("abcdef".getBytes(StandardCharsets.UTF_8));
        reader.add(in, 3);
        assertThat(in.readerIndex()).isZero();
        in.skipBytes(3);
        reader.add(in, 3);
        assertThat(reader.content(""))
                .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("abcdef"));
    }

    @Test
    void undoesCompressionWithinTheLimit() throws IOException {
        BodyReader reader = new BodyReader(room);
        byte[] packed = gzip("hello".getBytes(StandardCharsets.UTF_8));
        reader.add(buffer(packed), packed.length);
        assertThat(reader.content("GZIP"))
                .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("hello"));
        assertThat(reader.content("br")).isEmpty();
        assertThat(reader.content("deflate")).isEmpty();
        BodyReader bomb = new BodyReader(room);
        byte[] much = gzip(new byte[50 << 20]);
        bomb.add(buffer(much), much.length);
        assertThat(bomb.content("gzip")).isEmpty();
    }

    @Test
    void doesNotReadWhatIsTooLarge() {
        BodyReader reader = new BodyReader(room);
        ByteBuf in = buffer(new byte[BodyReader.MOST_BYTES]);
        reader.add(in, BodyReader.MOST_BYTES);
        assertThat(reader.content("")).isPresent();
        reader.add(in, 1);
        assertThat(reader.content("")).isEmpty();
    }

    @Test
    void sharesItsMemoryAndGivesItBack() {
        ByteBuf in = buffer(new byte[BodyReader.MOST_BYTES]);
        BodyReader one = new BodyReader(room);
        BodyReader two = new BodyReader(room);
        BodyReader three = new BodyReader(room);
        one.add(in, BodyReader.MOST_BYTES);
        two.add(in, BodyReader.MOST_BYTES);
        three.add(in, 1);
        assertThat(three.content("")).isEmpty();
        one.release();
        BodyReader four = new BodyReader(room);
        four.add(in, BodyReader.MOST_BYTES);
        assertThat(four.content("")).isPresent();
    }
}

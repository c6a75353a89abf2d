package io.tierdrill.targets.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_000})
    void isAsLongAsAskedForEachTimeAnew(long size) {
        var body = new Body(size);

        for (int i = 0; i < 3; i++) {
            ByteBuf bytes = body.next();
            assertThat(bytes.readableBytes()).isEqualTo((int) size);
            bytes.skipBytes((int) size);
            bytes.release();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 65_537})
    void repeatsTheSamePiece(long size) {
        ByteBuf bytes = new Body(size).next();

        assertThat(bytes.getByte(0)).isEqualTo((byte) 'a');
        assertThat(bytes.getByte((int) size - 1)).isEqualTo((byte) 'a');
    }
}

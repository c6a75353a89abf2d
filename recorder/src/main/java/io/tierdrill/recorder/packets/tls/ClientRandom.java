package io.tierdrill.recorder.packets.tls;

import java.nio.ByteBuffer;

/** The 32 bytes by which a key log names a connection. */
record ClientRandom(long a, long b, long c, long d) {
    static ClientRandom of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new ClientRandom(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }
}

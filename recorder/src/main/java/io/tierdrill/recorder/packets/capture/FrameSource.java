package io.tierdrill.recorder.packets.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** The frames of one capture format. */
interface FrameSource {
    /** No capture keeps more of a frame; a length beyond it is damage, not a reason to allocate. */
    int MOST_FRAME_BYTES = 1 << 20;

    /** A frame before it has its number: see {@link Frame}. */
    record Captured(long nanos, int linkType, int length, ByteBuffer bytes) {}

    /**
     * Reads what stands before all frames, where the format has it: on a pipe it may come long before the first of them,
     * and must not be taken for its beginning.
     */
    default void readHeader() throws IOException {}

    /** The next frame, or empty at the end, whole or not. */
    Optional<Captured> next() throws IOException;

    /** Where to bring the key logs (SSLKEYLOGFILE) that stand between the frames, where the format has any. */
    default void secretsTo(Consumer<byte[]> keyLogs) {}

    /** Why the end is no whole end; empty while all is well. */
    Optional<String> damage();

    /** Frames that the capturing system says it lost, where the file tells. */
    long drops();
}

package io.tierdrill.recorder.packets.tls;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Opens the protected records of one direction, in their order, under one key. One thread. */
interface RecordOpener {
    /**
     * What was in a record.
     *
     * @param type of the content, such as {@link TlsRecord#HANDSHAKE}
     */
    record Opened(int type, ByteBuffer content) {}

    /** Empty when the key does not fit, or the record is damaged: then it counts as not seen. */
    Optional<Opened> open(TlsRecord record);

    /** Passes over a record that was not captured whole; how much content it had, where that is known. */
    Optional<Integer> pass(TlsRecord record);
}

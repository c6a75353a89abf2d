package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.account.Place;
import java.nio.ByteBuffer;

/** Takes the messages of one direction, in this order: begins, head, body as often as need be, then how it ended. */
interface Messages {
    /** The first byte of what may become a message is here. */
    void begins(long nanos, Place place);

    /** The head is here. Answers how the message goes on. */
    Framing head(Head head, long nanos);

    /** Some of the body. */
    void body(ByteBuffer bytes);

    /** Some of the body was not captured, but its length is known. */
    void bodyGap(long bytes);

    /** The message is whole. */
    void ends(long nanos);

    /** The sender ended the stream within the message. */
    void truncated(long nanos);

    /** The message that began, or should have, cannot be read. */
    void lost(Loss why, Place place);
}

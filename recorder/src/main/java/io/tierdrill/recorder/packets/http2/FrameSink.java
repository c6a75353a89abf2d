package io.tierdrill.recorder.packets.http2;

import io.tierdrill.recorder.packets.account.Place;
import java.nio.ByteBuffer;

/** Takes the frames of one direction that matter. Buffers are valid during the call only. */
interface FrameSink {
    /**
     * A whole block of headers, put together from its frames.
     *
     * @param beginNanos when its first byte came
     * @param endNanos when its last byte had come
     */
    record Headers(int stream, boolean endsStream, long beginNanos, long endNanos, Place place) {}

    /** Whether no block of headers can be decoded any more. */
    boolean isBroken();

    void headers(Headers headers, ByteBuffer block);

    /** Headers of a request that the server pushes. */
    void pushed(ByteBuffer block);

    void data(int stream, ByteBuffer bytes);

    /** Data that was not captured, of a known length. */
    void dataGap(int stream, long bytes);

    /** The stream ends with data whose last byte had come then. */
    void endOfData(int stream, long endNanos);

    void reset(int stream);

    /** Streams above that one will not be served. */
    void goAway(int lastStream);
}

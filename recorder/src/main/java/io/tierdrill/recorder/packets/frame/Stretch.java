package io.tierdrill.recorder.packets.frame;

import io.tierdrill.recorder.packets.account.Place;
import java.nio.ByteBuffer;

/**
 * What is left of a frame at some layer, with what the layers below told.
 *
 * @param bytes captured, from index 0 to the limit
 * @param length on the wire; more than captured where the capture cut it
 * @param packets frames it came in
 * @param network virtual network it belongs to
 */
record Stretch(ByteBuffer bytes, int length, Place place, long nanos, int packets, int network) {

    int captured() {
        return bytes.limit();
    }

    boolean has(int count) {
        return bytes.limit() >= count;
    }

    boolean isCut() {
        return length > bytes.limit();
    }

    int u8(int at) {
        return bytes.get(at) & 0xff;
    }

    int u16(int at) {
        return bytes.getShort(at) & 0xffff;
    }

    /** From {@code at} on. */
    Stretch from(int at) {
        return part(at, length - at);
    }

    /** {@code count} bytes on the wire from {@code at} on, as far as they were captured. */
    Stretch part(int at, int count) {
        int start = Math.min(at, captured());
        int kept = Math.max(0, Math.min(captured() - start, count));
        return new Stretch(bytes.slice(start, kept), Math.max(count, 0), place, nanos, packets, network);
    }

    Stretch inNetwork(int other) {
        return new Stretch(bytes, length, place, nanos, packets, other);
    }
}

package io.tierdrill.recorder.packets.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The classic format (draft-ietf-opsawg-pcap):
 *
 * <pre>
 *   magic major.minor zone sigfigs snaplen linktype | seconds fraction captured length bytes | ...
 *   4     2     2     4    4       4       4        | 4       4        4        4
 * </pre>
 *
 * The magic tells byte order and unit of the fraction.
 */
final class PcapFrames implements FrameSource {
    private static final int FILE_HEADER = 24;
    private static final int FRAME_HEADER = 16;

    private final ByteWindow window;
    private final Damage damage = new Damage();
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private boolean nanoseconds;
    private int linkType;
    private boolean begun;

    PcapFrames(ByteWindow window) {
        this.window = window;
    }

    @Override
    public void readHeader() throws IOException {
        if (!begun) begin();
    }

    @Override
    public Optional<Captured> next() throws IOException {
        if (damage.any() || !begun && !begin()) return Optional.empty();
        if (!window.has(FRAME_HEADER)) return end("the header of a packet");
        ByteBuffer header = window.peek(FRAME_HEADER, order);
        long captured = header.getInt(8) & 0xffffffffL;
        if (captured > MOST_FRAME_BYTES) return damage.wrongLength(window.position(), captured);
        if (!window.has(FRAME_HEADER + (int) captured)) return end("a packet");
        header = window.take(FRAME_HEADER, order);
        long fraction = header.getInt(4) & 0xffffffffL;
        long nanos = (header.getInt(0) & 0xffffffffL) * 1_000_000_000L + (nanoseconds ? fraction : fraction * 1000);
        int length = Math.max((int) captured, header.getInt(12));
        return Optional.of(new Captured(
                Math.min(nanos, Frame.MOST_NANOS),
                linkType,
                length,
                window.take((int) captured, ByteOrder.BIG_ENDIAN)));
    }

    @Override
    public Optional<String> damage() {
        return damage.text();
    }

    @Override
    public long drops() {
        return 0;
    }

    private boolean begin() throws IOException {
        begun = true;
        if (!window.has(FILE_HEADER)) {
            end("its header");
            return false;
        }
        ByteBuffer header = window.take(FILE_HEADER, ByteOrder.BIG_ENDIAN);
        if (!CaptureFormat.isPcap(header.getInt(0))) order = ByteOrder.LITTLE_ENDIAN;
        header.order(order);
        nanoseconds = header.getInt(0) == CaptureFormat.PCAP_NANOS;
        // The upper half tells of checksums behind the frame, which the lengths of the headers leave out anyway.
        linkType = header.getInt(20) & 0xffff;
        return true;
    }

    private Optional<Captured> end(String within) {
        if (window.left() > 0) damage.cut(window.position(), window.left(), within);
        return Optional.empty();
    }
}

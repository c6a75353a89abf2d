package io.tierdrill.recorder.packets.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The newer format (draft-ietf-opsawg-pcapng): blocks of {@code type length content length}. Sections begin with their
 * byte order, interfaces tell link type and clock, packets name their interface; blocks of other types are passed over.
 */
final class PcapngFrames implements FrameSource {
    private static final int SECTION = CaptureFormat.PCAPNG_SECTION;
    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;
    private static final int SECRETS = 10;

    private static final int ORDER_MAGIC = 0x1a2b3c4d;
    private static final int FRAME_AROUND = 12;
    /** Room for the options behind a packet; blocks of other types may be of any length. */
    private static final int MOST_BLOCK_BYTES = MOST_FRAME_BYTES + (64 << 10);

    private static final int MOST_INTERFACES = 1 << 16;
    /** Larger secrets are passed over. */
    private static final int MOST_SECRETS_BYTES = 16 << 20;

    private static final int TLS_KEY_LOG = 0x544c534b;

    private final ByteWindow window;
    private final Damage damage = new Damage();
    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private ByteOrder order = ByteOrder.BIG_ENDIAN;
    private long lastNanos;
    private long drops;
    private Consumer<byte[]> keyLogs = unwanted -> {};

    PcapngFrames(ByteWindow window) {
        this.window = window;
    }

    @Override
    public Optional<Captured> next() throws IOException {
        while (!damage.any()) {
            if (!window.has(FRAME_AROUND)) return end("the header of a block");
            ByteBuffer head = window.peek(FRAME_AROUND, order);
            int type = head.getInt(0);
            if (type == SECTION && !section(head)) break;
            long length = head.getInt(4) & 0xffffffffL;
            if (length < FRAME_AROUND || length % 4 != 0) return damage.wrongLength(window.position(), length);
            if (!isRead(type) && !(type == SECRETS && length <= MOST_SECRETS_BYTES)) {
                if (!window.skip(length)) return end("a block");
                continue;
            }
            if (type != SECRETS && length > MOST_BLOCK_BYTES) return damage.wrongLength(window.position(), length);
            if (!window.has((int) length)) return end("a block");
            Optional<Captured> frame = block(type, window.take((int) length, order));
            if (frame.isPresent()) return frame;
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> damage() {
        return damage.text();
    }

    @Override
    public long drops() {
        return drops;
    }

    private static boolean isRead(int type) {
        return switch (type) {
            case INTERFACE, OLD_PACKET, SIMPLE_PACKET, STATISTICS, ENHANCED_PACKET -> true;
            default -> false;
        };
    }

    /** A new section: its byte order stands behind the length. Its content is of no interest. */
    private boolean section(ByteBuffer head) {
        order = head.order(ByteOrder.BIG_ENDIAN).getInt(8) == ORDER_MAGIC
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        if (head.order(order).getInt(8) != ORDER_MAGIC) {
            damage.say("is damaged at byte %,d: a section without its byte order", window.position());
            return false;
        }
        interfaces.clear();
        return true;
    }

    /** @param block whole, with the lengths around it */
    private Optional<Captured> block(int type, ByteBuffer block) {
        ByteBuffer content = block.slice(8, block.limit() - FRAME_AROUND).order(order);
        switch (type) {
            case INTERFACE -> addInterface(content);
            case SECRETS -> secrets(content);
            case STATISTICS -> drops += PcapngOptions.drops(content);
            case ENHANCED_PACKET -> {
                return content.remaining() < 20 ? broken() : packet(content, content.getInt(0), 4);
            }
            case OLD_PACKET -> {
                return content.remaining() < 20 ? broken() : packet(content, content.getShort(0) & 0xffff, 4);
            }
            default -> {
                return content.remaining() < 4 ? broken() : simplePacket(content);
            }
        }
        return Optional.empty();
    }

    @Override
    public void secretsTo(Consumer<byte[]> wanted) {
        keyLogs = wanted;
    }

    /** {@code kind length secrets}, before the packets that need them. */
    private void secrets(ByteBuffer content) {
        if (content.remaining() < 8 || content.getInt(0) != TLS_KEY_LOG) return;
        long length = content.getInt(4) & 0xffffffffL;
        byte[] text = new byte[(int) Math.min(length, content.limit() - 8)];
        content.get(8, text);
        keyLogs.accept(text);
    }

    private void addInterface(ByteBuffer content) {
        if (content.remaining() < 8 || interfaces.size() == MOST_INTERFACES) broken();
        else interfaces.add(PcapngInterface.read(content));
    }

    /** Both kinds of packet block have time, captured length and length at the same place. */
    private Optional<Captured> packet(ByteBuffer content, int number, int timeAt) {
        if (number < 0 || number >= interfaces.size()) return broken();
        PcapngInterface from = interfaces.get(number);
        long ticks = (content.getInt(timeAt) & 0xffffffffL) << 32 | content.getInt(timeAt + 4) & 0xffffffffL;
        lastNanos = from.nanos(ticks);
        return frame(content, 20, content.getInt(12) & 0xffffffffL, content.getInt(16), from);
    }

    /** No time stands in it: it counts as captured with the frame before. */
    private Optional<Captured> simplePacket(ByteBuffer content) {
        if (interfaces.isEmpty()) return broken();
        PcapngInterface from = interfaces.get(0);
        long length = content.getInt(0) & 0xffffffffL;
        long cut = from.snapLength() == 0 ? length : Math.min(length, from.snapLength());
        return frame(content, 4, cut, content.getInt(0), from);
    }

    private Optional<Captured> frame(ByteBuffer content, int at, long captured, int length, PcapngInterface from) {
        if (captured > content.limit() - at || captured > MOST_FRAME_BYTES) return broken();
        ByteBuffer bytes = content.slice(at, (int) captured).order(ByteOrder.BIG_ENDIAN);
        return Optional.of(new Captured(lastNanos, from.linkType(), Math.max((int) captured, length), bytes));
    }

    private Optional<Captured> broken() {
        damage.say("is damaged before byte %,d: a block that cannot be; nothing behind it was read", window.position());
        return Optional.empty();
    }

    private Optional<Captured> end(String within) {
        if (window.left() > 0) damage.cut(window.position(), window.left(), within);
        return Optional.empty();
    }
}

package io.tierdrill.load.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tierdrill.load.http.QuickAnswer;
import io.tierdrill.load.http.ResponseParser;
import io.tierdrill.load.http.Upgrade;
import io.tierdrill.model.sample.Outcome;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * Reads answers off slots: most of them where they lie, in one go; the others through a parser of the slot's own, which
 * is made when it is first needed.
 */
final class Answers {
    private final QuickAnswer quick = new QuickAnswer();
    private final boolean stages;
    private ByteBuffer viewed = ByteBuffer.allocate(0);
    private ByteBuf view = Unpooled.EMPTY_BUFFER;

    /** @param stages whether somebody wants to know what the tiers said of the request */
    Answers(boolean stages) {
        this.stages = stages;
    }

    void begin(Slot slot) {
        slot.status = 0;
        slot.keepAlive = false;
        slot.bodyBytes = 0;
        slot.bodyLeft = 0;
        slot.tooLong = false;
        slot.slow = stages || slot.turn.upgrades;
        if (slot.slow) beginSlowly(slot);
    }

    private static void beginSlowly(Slot slot) {
        if (slot.parser == null) slot.parser = new ResponseParser();
        slot.parser.begin(slot.turn.toHead, slot.turn.upgrades, Optional.empty());
    }

    ResponseParser.Result read(Slot slot, ByteBuffer bytes, int from, int count) {
        if (slot.bodyLeft > 0) return body(slot, count);
        if (slot.slow) return slowly(slot, bytes, from, count);
        long length = quick.read(bytes, from, from + count, slot.turn.toHead);
        if (length == QuickAnswer.NOT_QUICK) {
            slot.slow = true;
            beginSlowly(slot);
            return slowly(slot, bytes, from, count);
        }
        slot.status = quick.status();
        slot.bodyBytes = quick.bodyBytes();
        slot.bodyLeft = Math.max(0, length - count);
        slot.keepAlive = quick.keepAlive();
        slot.tooLong = length < count;
        return slot.bodyLeft == 0 ? ResponseParser.Result.DONE : ResponseParser.Result.MORE;
    }

    private static ResponseParser.Result body(Slot slot, int count) {
        slot.tooLong = count > slot.bodyLeft;
        slot.bodyLeft = Math.max(0, slot.bodyLeft - count);
        return slot.bodyLeft == 0 ? ResponseParser.Result.DONE : ResponseParser.Result.MORE;
    }

    private ResponseParser.Result slowly(Slot slot, ByteBuffer bytes, int from, int count) {
        if (viewed != bytes) {
            viewed = bytes;
            view = Unpooled.wrappedBuffer(bytes.duplicate().clear());
        }
        view.setIndex(from, from + count);
        ResponseParser.Result result = slot.parser.read(view);
        slot.status = slot.parser.status();
        slot.bodyBytes = slot.parser.bodyBytes();
        // Whoever has agreed to another protocol is not asked in this one again.
        slot.keepAlive = slot.parser.keepAlive() && slot.status != Upgrade.STATUS;
        slot.tooLong = view.isReadable() && slot.status != Upgrade.STATUS;
        return result;
    }

    /** Where the bytes behind the last answer read begin. */
    int behind() {
        return view.readerIndex();
    }

    /** Whether the end of the connection completes the answer. */
    boolean endsWithConnection(Slot slot) {
        return slot.slow && slot.parser.endsWithConnection();
    }

    static Map<String, Long> stages(Slot slot) {
        return slot.slow && slot.status != 0 ? slot.parser.stages() : Map.of();
    }

    static Outcome outcome(Slot slot) {
        return slot.status >= 500 ? Outcome.SERVER_ERROR : Outcome.OK;
    }

    static Outcome connectFailure(int error) {
        return switch (error) {
            case Kernel.ETIMEDOUT -> Outcome.CONNECT_TIMEOUT;
            case Kernel.ECONNRESET -> Outcome.CONNECTION_RESET;
            default -> Outcome.CONNECT_REFUSED;
        };
    }

    /** What a timeout means at this stage. */
    static Outcome overdue(Slot slot) {
        return switch (slot.state) {
            case RESOLVING -> Outcome.DNS_FAILURE;
            case CONNECTING -> Outcome.CONNECT_TIMEOUT;
            default -> Outcome.TIMEOUT;
        };
    }
}

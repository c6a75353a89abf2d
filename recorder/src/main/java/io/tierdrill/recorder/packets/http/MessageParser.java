package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.stream.Memory;
import io.tierdrill.recorder.packets.stream.Piece;
import java.nio.ByteBuffer;

/**
 * Reads the messages of one direction from pieces of any size (RFC 9112):
 *
 * <pre>
 *   START -> HEAD -> BODY | CHUNKS | UNTIL_CLOSE -> START
 *              |        \ a gap within a length is no loss
 *              '-> LOST -> START, where a packet begins with a whole start line
 * </pre>
 *
 * One thread.
 */
final class MessageParser {
    private enum State {
        START,
        HEAD,
        BODY,
        CHUNKS,
        UNTIL_CLOSE,
        LOST,
        STOPPED
    }

    private final StartLine startLine;
    private final Messages messages;
    private final HeadBuffer head;
    private final ChunkReader chunks;
    private State state = State.START;
    private Loss loss = Loss.BEGINNING_MISSING;
    private long remaining;
    private long acceptedMessages;
    private boolean readSomething;
    /** A packet that filled a hole may be later than those behind it. */
    private long latestNanos;

    private ByteBuffer behindUpgrade = ByteBuffer.allocate(0);

    MessageParser(StartLine startLine, Messages messages, int mostHeadBytes, Memory memory) {
        this.startLine = startLine;
        this.messages = messages;
        this.head = new HeadBuffer(startLine, mostHeadBytes, memory);
        this.chunks = new ChunkReader(messages);
    }

    /** The beginning was not captured: wait for a packet that begins with a message. */
    void beginLost() {
        state = State.LOST;
    }

    /** Start lines accepted so far. */
    long acceptedMessages() {
        return acceptedMessages;
    }

    boolean isLost() {
        return state == State.LOST;
    }

    /** Why it is lost. */
    Loss loss() {
        return loss;
    }

    /** Bytes of the last piece that stand behind the message with which another protocol was agreed on. */
    ByteBuffer behindUpgrade() {
        return behindUpgrade;
    }

    /** Whether some of the last piece belonged to a message. */
    boolean readSomething() {
        return readSomething;
    }

    /** Goes on with messages after the server has refused another protocol. */
    void resume() {
        if (state == State.LOST && loss == Loss.HELD) state = State.START;
    }

    /** What follows is no HTTP. */
    void stop() {
        state = State.STOPPED;
        head.clear();
    }

    void data(Piece piece) {
        ByteBuffer in = piece.bytes().duplicate();
        readSomething = false;
        latestNanos = Math.max(latestNanos, piece.lastNanos());
        if (state == State.LOST && loss != Loss.HELD && startLine.beginsIn(in)) state = State.START;
        while (in.hasRemaining()) {
            switch (state) {
                case START -> start(in, piece);
                case HEAD -> head(in, piece);
                case BODY -> body(in);
                case CHUNKS -> chunks(in, piece);
                case UNTIL_CLOSE -> pass(in, in.remaining());
                default -> in.position(in.limit());
            }
        }
    }

    /** Empty lines before a message are passed over (RFC 9112, 2.2). */
    private void start(ByteBuffer in, Piece piece) {
        byte first = in.get(in.position());
        if (first == '\r' || first == '\n') {
            in.get();
            readSomething |= acceptedMessages > 0;
            return;
        }
        head.clear();
        messages.begins(piece.nanos(), piece.place());
        state = State.HEAD;
    }

    private void head(ByteBuffer in, Piece piece) {
        boolean accepted = head.state() == HeadBuffer.State.HEADERS;
        HeadBuffer.State now = head.take(in);
        boolean acceptedNow = now != HeadBuffer.State.START_LINE && now != HeadBuffer.State.START_LINE_REFUSED;
        if (acceptedNow) readSomething = true;
        if (acceptedNow && !accepted) acceptedMessages++;
        switch (now) {
            case START_LINE_REFUSED -> lose(head.isHttp09() ? Loss.HTTP_09 : Loss.BAD_LINE, piece.place());
            case TOO_LONG -> lose(Loss.HEAD_TOO_LONG, piece.place());
            case WHOLE -> {
                goOn(piece);
                if (state == State.STOPPED) behindUpgrade = in.duplicate();
            }
            default -> {}
        }
    }

    private void goOn(Piece piece) {
        Head parsed = startLine == StartLine.REQUEST
                ? Head.parse(head.bytes(), head.length())
                : Head.parseFraming(head.bytes(), head.length());
        head.clear();
        Framing framing = messages.head(parsed, latestNanos);
        switch (framing.kind()) {
            case LENGTH -> {
                remaining = framing.length();
                state = State.BODY;
                if (remaining == 0) end(latestNanos);
            }
            case CHUNKED -> {
                chunks.begin();
                state = State.CHUNKS;
            }
            case UNTIL_CLOSE -> state = State.UNTIL_CLOSE;
            case UPGRADED -> {
                messages.ends(latestNanos);
                stop();
            }
            case HOLD -> {
                messages.ends(latestNanos);
                state = State.LOST;
                loss = Loss.HELD;
            }
            default -> lose(Loss.BAD_FRAMING, piece.place());
        }
    }

    private void body(ByteBuffer in) {
        int count = (int) Math.min(remaining, in.remaining());
        pass(in, count);
        remaining -= count;
        if (remaining == 0) end(latestNanos);
    }

    private void chunks(ByteBuffer in, Piece piece) {
        readSomething = true;
        switch (chunks.take(in)) {
            case WHOLE -> end(latestNanos);
            case WRONG -> lose(Loss.BAD_FRAMING, piece.place());
            default -> {}
        }
    }

    private void pass(ByteBuffer in, int count) {
        readSomething = true;
        messages.body(in.slice(in.position(), count));
        in.position(in.position() + count);
    }

    private void end(long nanos) {
        state = State.START;
        messages.ends(nanos);
    }

    /** Bytes that were not captured. */
    void gap(long bytes, long nanos, Place place) {
        if (state == State.UNTIL_CLOSE) messages.bodyGap(bytes);
        else if (state == State.CHUNKS && chunks.skip(bytes)) messages.bodyGap(bytes);
        else if (state == State.BODY) gapInBody(bytes, nanos, place);
        else if (state == State.LOST) loss = loss == Loss.HELD ? loss : Loss.GAP;
        else if (state != State.STOPPED) lose(Loss.GAP, place);
    }

    private void gapInBody(long bytes, long nanos, Place place) {
        messages.bodyGap(Math.min(bytes, remaining));
        if (bytes < remaining) {
            remaining -= bytes;
            return;
        }
        boolean more = bytes > remaining;
        end(nanos);
        if (more) lose(Loss.GAP, place);
    }

    /** What comes next cannot be read. */
    void lost(Place place) {
        if (state != State.STOPPED && state != State.LOST) lose(Loss.GAP, place);
    }

    /** The sender has sent all. */
    void finish() {
        State last = state;
        boolean within = last == State.BODY || last == State.CHUNKS;
        within |= last == State.HEAD && head.state() == HeadBuffer.State.HEADERS;
        stop();
        if (last == State.UNTIL_CLOSE) messages.ends(latestNanos);
        else if (within) messages.truncated(latestNanos);
    }

    private void lose(Loss why, Place place) {
        state = State.LOST;
        loss = why;
        head.clear();
        messages.lost(why, place);
    }
}

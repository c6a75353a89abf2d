package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.stream.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Gathers the bytes of a head until its empty line. Holds memory only while a head is under way. One thread. */
final class HeadBuffer {
    private static final int FIRST_BYTES = 1024;
    private static final byte[] NOTHING = {};

    /** How far it has come. */
    enum State {
        START_LINE,
        START_LINE_REFUSED,
        HEADERS,
        TOO_LONG,
        WHOLE
    }

    private final StartLine startLine;
    private final int mostBytes;
    private final Memory memory;
    private byte[] bytes = NOTHING;
    private int length;
    private int lineFrom;
    private boolean inFirstWord;
    private State state = State.START_LINE;

    HeadBuffer(StartLine startLine, int mostBytes, Memory memory) {
        this.startLine = startLine;
        this.mostBytes = mostBytes;
        this.memory = memory;
    }

    /** Forgets everything. */
    void clear() {
        memory.give(bytes.length);
        bytes = NOTHING;
        length = 0;
        lineFrom = 0;
        inFirstWord = true;
        state = State.START_LINE;
    }

    State state() {
        return state;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Takes bytes until the head is whole or wrong. */
    State take(ByteBuffer in) {
        while (in.hasRemaining() && (state == State.START_LINE || state == State.HEADERS)) {
            byte b = in.get();
            if (length == mostBytes) state = state == State.HEADERS ? State.TOO_LONG : State.START_LINE_REFUSED;
            else add(b);
        }
        return state;
    }

    /** Whether the start line that was refused is one of HTTP/0.9. */
    boolean isHttp09() {
        return startLine == StartLine.REQUEST
                && length > 0
                && bytes[length - 1] == '\n'
                && StartLine.isHttp09(bytes, 0, length - 1);
    }

    private void add(byte b) {
        if (length == bytes.length) grow();
        boolean inStartLine = state == State.START_LINE;
        boolean allowed = !inStartLine || b == '\n' || startLine.allows(length, b, inFirstWord);
        bytes[length++] = b;
        if (b == ' ') inFirstWord = false;
        if (!allowed) state = State.START_LINE_REFUSED;
        else if (b == '\n') lineEnd(inStartLine);
    }

    private void lineEnd(boolean inStartLine) {
        int end = length - 1;
        boolean empty = end == lineFrom || end == lineFrom + 1 && bytes[lineFrom] == '\r';
        lineFrom = length;
        if (inStartLine) state = startLine.accepts(bytes, 0, end) ? State.HEADERS : State.START_LINE_REFUSED;
        else if (empty) state = State.WHOLE;
    }

    private void grow() {
        int larger = Math.min(mostBytes, Math.max(FIRST_BYTES, bytes.length * 2));
        memory.take(larger - bytes.length);
        bytes = Arrays.copyOf(bytes, larger);
    }
}

package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.stream.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Gathers the bytes of a head until its empty line. Holds memory only while a head is under way. One thread. */
final class HeadBuffer {
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
        memory.giveBack(bytes);
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
            if (length == mostBytes) state = state == State.HEADERS ? State.TOO_LONG : State.START_LINE_REFUSED;
            else if (state == State.START_LINE) startLine(in);
            else headerBytes(in);
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

    /** As many bytes of it as are there, and allowed. */
    private void startLine(ByteBuffer in) {
        int from = in.position();
        int most = Math.min(in.remaining(), mostBytes - length);
        int count = 0;
        boolean allowed = true;
        byte last = 0;
        while (count < most && allowed && last != '\n') {
            last = in.get(from + count);
            allowed = last == '\n' || startLine.allows(length + count, last, inFirstWord);
            if (last == ' ') inFirstWord = false;
            count++;
        }
        makeRoom(count);
        in.get(bytes, length, count);
        length += count;
        if (!allowed) state = State.START_LINE_REFUSED;
        else if (last == '\n') {
            state = startLine.accepts(bytes, 0, length - 1) ? State.HEADERS : State.START_LINE_REFUSED;
            lineFrom = length;
        }
    }

    /** The rest of a line, or as much of it as there is. */
    private void headerBytes(ByteBuffer in) {
        int from = in.position();
        int most = Math.min(in.remaining(), mostBytes - length);
        int count = 0;
        boolean lineEnds = false;
        while (count < most && !lineEnds) lineEnds = in.get(from + count++) == '\n';
        makeRoom(count);
        in.get(bytes, length, count);
        length += count;
        if (!lineEnds) return;
        int end = length - 1;
        if (end == lineFrom || end == lineFrom + 1 && bytes[lineFrom] == '\r') state = State.WHOLE;
        lineFrom = length;
    }

    private void makeRoom(int count) {
        if (length + count <= bytes.length) return;
        if (bytes.length == 0) bytes = memory.takePage();
        if (length + count <= bytes.length) return;
        int larger = Math.min(mostBytes, Math.max(length + count, bytes.length * 2));
        memory.take(larger - bytes.length);
        bytes = Arrays.copyOf(bytes, larger);
    }
}

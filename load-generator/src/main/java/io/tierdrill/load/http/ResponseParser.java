package io.tierdrill.load.http;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one answer after another off a connection (RFC 9112): status, body length, whether the connection may be used
 * again, and {@code Server-Timing}. Bodies are counted and skipped. Interim answers (1xx) are passed over.
 *
 * <pre>
 *   STATUS ─> HEADERS ─┬─> DONE                         204, 304, answers to HEAD, length 0
 *      ^         │     ├─> FIXED ─> DONE                Content-Length
 *      └── 1xx ──┘     ├─> UNTIL_CLOSE ─> DONE          neither, ends with the connection
 *                      └─> SIZE ─> CHUNK ─> CHUNK_END ─> SIZE ... TRAILERS ─> DONE
 * </pre>
 *
 * Belongs to one thread. Limits: 16 KiB a line, 64 KiB of lines before the body.
 */
public final class ResponseParser {
    /** What the bytes so far amount to. */
    public enum Result {
        /** More must come. */
        MORE,
        /** The answer is whole; bytes after it were left in the buffer. */
        DONE,
        /** This is not HTTP/1.1, or more of it than the limits allow. */
        BAD
    }

    private enum State {
        STATUS,
        HEADERS,
        FIXED,
        UNTIL_CLOSE,
        SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        DONE
    }

    private static final int LINES_LIMIT = 64 << 10;

    private final HeaderLine line = new HeaderLine();
    private final ServerTiming timing = new ServerTiming();
    private State state = State.DONE;
    private boolean toHead;
    private boolean mayUpgrade;
    private Optional<Dialogue.Exchange> dialogue = Optional.empty();
    private String acceptedKey = "";
    private boolean started;
    private int lineBytes;
    private int status;
    private boolean keepAlive;
    private boolean chunked;
    private boolean otherCoding;
    private boolean sized;
    private long length;
    private long left;
    private long bodyBytes;

    /** Gets ready for the next answer. */
    public void begin(boolean answersHead) {
        begin(answersHead, false, Optional.empty());
    }

    /**
     * Gets ready for the next answer.
     *
     * @param answersUpgrade whether 101 is an answer; what comes behind it is left in the buffer
     * @param told of head, headers and body as they come, if anybody is
     */
    public void begin(boolean answersHead, boolean answersUpgrade, Optional<Dialogue.Exchange> told) {
        toHead = answersHead;
        mayUpgrade = answersUpgrade;
        dialogue = told;
        started = false;
        lineBytes = 0;
        bodyBytes = 0;
        line.clear();
        beginHead();
    }

    private void beginHead() {
        state = State.STATUS;
        status = 0;
        keepAlive = true;
        chunked = false;
        otherCoding = false;
        sized = false;
        length = 0;
        acceptedKey = "";
        timing.clear();
    }

    /** Reads what there is. */
    public Result read(ByteBuf in) {
        while (state != State.DONE && in.isReadable()) {
            started = true;
            boolean good = switch (state) {
                case FIXED, CHUNK -> skip(in);
                case UNTIL_CLOSE -> skipAll(in);
                default -> readLine(in);
            };
            if (!good) return Result.BAD;
        }
        return state == State.DONE ? Result.DONE : Result.MORE;
    }

    /** The connection has ended; whether that completes the answer. */
    public boolean endsWithConnection() {
        return state == State.UNTIL_CLOSE || state == State.DONE;
    }

    /** Whether any byte of the answer has come. */
    public boolean started() {
        return started;
    }

    public int status() {
        return status;
    }

    public long bodyBytes() {
        return bodyBytes;
    }

    /** Whether the connection may carry another request after this answer. */
    public boolean keepAlive() {
        return keepAlive && state == State.DONE;
    }

    /** What it said in {@code Sec-WebSocket-Accept}; empty where it said nothing. */
    public String acceptedKey() {
        return acceptedKey;
    }

    /** What the tiers said in {@code Server-Timing}: name to nanoseconds. */
    public Map<String, Long> stages() {
        return timing.stages();
    }

    private boolean skip(ByteBuf in) {
        int n = (int) Math.min(left, in.readableBytes());
        if (dialogue.isPresent()) dialogue.get().body(in, n);
        in.skipBytes(n);
        bodyBytes += n;
        left -= n;
        if (left == 0) state = state == State.FIXED ? State.DONE : State.CHUNK_END;
        return true;
    }

    private boolean skipAll(ByteBuf in) {
        bodyBytes += in.readableBytes();
        if (dialogue.isPresent()) dialogue.get().body(in, in.readableBytes());
        in.skipBytes(in.readableBytes());
        return true;
    }

    private boolean readLine(ByteBuf in) {
        int before = in.readerIndex();
        boolean whole = line.readFrom(in);
        // Chunk sizes are lines too, but a long body may hold any number of them.
        if (state == State.STATUS || state == State.HEADERS || state == State.TRAILERS)
            lineBytes += in.readerIndex() - before;
        if (line.tooLong() || lineBytes > LINES_LIMIT) return false;
        if (!whole) return true;
        boolean good = takeLine();
        line.clear();
        return good;
    }

    private boolean takeLine() {
        return switch (state) {
            case STATUS -> takeStatus();
            case HEADERS -> line.isEmpty() ? endHead() : takeHeader();
            case SIZE -> takeSize();
            case CHUNK_END -> line.isEmpty() && moveTo(State.SIZE);
            case TRAILERS -> !line.isEmpty() || moveTo(State.DONE);
            default -> false;
        };
    }

    private boolean moveTo(State next) {
        state = next;
        return true;
    }

    private boolean takeStatus() {
        int code = line.statusCode();
        if (code < 100) return false;
        status = code;
        keepAlive = line.isHttp11();
        if (dialogue.isPresent() && isFinal()) dialogue.get().head(code);
        return moveTo(State.HEADERS);
    }

    private boolean isFinal() {
        return status >= 200 || status == Upgrade.STATUS;
    }

    private boolean takeHeader() {
        if (!line.hasName()) return false;
        if (dialogue.isPresent() && isFinal())
            dialogue.get().header(line.name(), line.value().strip());
        if (line.nameIs("content-length")) return takeLength();
        if (line.nameIs("transfer-encoding")) {
            chunked = line.lastTokenIs("chunked");
            otherCoding = !chunked;
        } else if (line.nameIs("connection")) {
            if (line.hasToken("close")) keepAlive = false;
            else if (line.hasToken("keep-alive")) keepAlive = true;
        } else if (line.nameIs("server-timing")) {
            timing.add(line.value());
        } else if (mayUpgrade && line.nameIs("sec-websocket-accept")) {
            acceptedKey = line.value().strip();
        }
        return true;
    }

    private boolean takeLength() {
        long found = line.number();
        if (found < 0 || sized && found != length) return false;
        sized = true;
        length = found;
        return true;
    }

    private boolean endHead() {
        if (status == Upgrade.STATUS) return mayUpgrade && moveTo(State.DONE);
        if (status < 200) {
            beginHead();
            return true;
        }
        if (toHead || status == 204 || status == 304) return moveTo(State.DONE);
        if (chunked) return moveTo(State.SIZE);
        left = length;
        if (sized && !otherCoding) return moveTo(length == 0 ? State.DONE : State.FIXED);
        keepAlive = false;
        return moveTo(State.UNTIL_CLOSE);
    }

    private boolean takeSize() {
        left = line.hexNumber();
        if (left < 0) return false;
        return moveTo(left == 0 ? State.TRAILERS : State.CHUNK);
    }
}

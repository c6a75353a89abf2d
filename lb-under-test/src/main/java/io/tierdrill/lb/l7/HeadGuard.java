package io.tierdrill.lb.l7;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ByteProcessor;

/**
 * Reads the bytes of a request's head once, before anything else does, and accepts only what RFC 9112 allows: one
 * space between the parts of the request line, token names, no white space before the colon, no folded lines, no
 * control bytes, every line ended by CR LF. Two parsers that read such a head read the same request, and that is what
 * keeps requests from being smuggled.
 *
 * <pre>
 *   START -> METHOD -SP-> TARGET -SP-> VERSION -CR-> LF -> NAME -:-> VALUE -CR-> LF -> NAME ... -CR-> END_LF -> DONE
 * </pre>
 *
 * Belongs to one connection; {@link #reset} makes it ready for the next head.
 */
final class HeadGuard implements ByteProcessor {
    static final int MOST_LINE = 8 * 1024;
    static final int MOST_HEAD = 32 * 1024;
    static final int MOST_FIELDS = 100;

    private static final String VERSION_PREFIX = "HTTP/1.";
    private static final boolean[] TOKEN = tokenBytes();

    private enum State {
        START,
        START_LF,
        METHOD,
        TARGET,
        VERSION,
        LF,
        FIELD,
        NAME,
        VALUE,
        END_LF,
        DONE,
        BAD
    }

    private State state = State.START;
    private int inState;
    private int size;
    private int fields;
    private HttpResponseStatus status = HttpResponseStatus.BAD_REQUEST;
    private String reason = "";

    void reset() {
        state = State.START;
        inState = 0;
        size = 0;
        fields = 0;
    }

    /** The whole head was read and is good. */
    boolean done() {
        return state == State.DONE;
    }

    /** What was read cannot become a good head any more. */
    boolean bad() {
        return state == State.BAD;
    }

    HttpResponseStatus status() {
        return status;
    }

    String reason() {
        return reason;
    }

    /** Stops behind the head, or at the byte that spoils it. */
    @Override
    public boolean process(byte signed) {
        if (++size > MOST_HEAD) return refuse(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "head too large");
        int b = signed & 0xff;
        inState++;
        return switch (state) {
            case START -> start(b);
            case START_LF -> lineFeed(b, State.START);
            case METHOD -> TOKEN[b] || (b == ' ' ? go(State.TARGET) : refuse("bad method"));
            case TARGET -> target(b);
            case VERSION -> version(b);
            case LF -> lineFeed(b, State.FIELD);
            case FIELD -> field(b);
            case NAME -> TOKEN[b] || (b == ':' ? go(State.VALUE) : refuse("bad header name"));
            case VALUE -> value(b);
            case END_LF -> lineFeed(b, State.DONE) && false;
            case DONE, BAD -> false;
        };
    }

    /** Empty lines before a request are passed over (RFC 9112, 2.2). */
    private boolean start(int b) {
        if (b == '\r') return go(State.START_LF);
        return TOKEN[b] ? go(State.METHOD) : refuse("bad method");
    }

    private boolean target(int b) {
        if (inState > MOST_LINE) return refuse(HttpResponseStatus.REQUEST_URI_TOO_LONG, "target too long");
        if (b == ' ') return inState > 1 ? go(State.VERSION) : refuse("bad request line");
        return targetByte(b) || refuse("bad target");
    }

    private boolean version(int b) {
        int at = inState - 1;
        if (at < VERSION_PREFIX.length()) return b == VERSION_PREFIX.charAt(at) || wrongVersion(at, b);
        if (at == VERSION_PREFIX.length()) return b == '0' || b == '1' || wrongVersion(at, b);
        return b == '\r' ? go(State.LF) : refuse("bad request line");
    }

    private boolean wrongVersion(int at, int b) {
        boolean other = at >= "HTTP/".length() && b >= '0' && b <= '9';
        return other
                ? refuse(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.0 and HTTP/1.1")
                : refuse("bad version");
    }

    private boolean field(int b) {
        if (b == '\r') return go(State.END_LF);
        if (++fields > MOST_FIELDS)
            return refuse(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "too many header fields");
        if (b == ' ' || b == '\t') return refuse("folded header line");
        return TOKEN[b] ? go(State.NAME) : refuse("bad header name");
    }

    private boolean value(int b) {
        if (b == '\r') return go(State.LF);
        return valueByte(b) || refuse("bad byte in header value");
    }

    private boolean lineFeed(int b, State next) {
        return b == '\n' ? go(next) : refuse("CR without LF");
    }

    private boolean go(State next) {
        state = next;
        inState = 0;
        return true;
    }

    private boolean refuse(String why) {
        return refuse(HttpResponseStatus.BAD_REQUEST, why);
    }

    private boolean refuse(HttpResponseStatus with, String why) {
        state = State.BAD;
        status = with;
        reason = why;
        return false;
    }

    private static boolean targetByte(int b) {
        return b > 0x20 && b < 0x7f;
    }

    private static boolean valueByte(int b) {
        return b >= 0x20 && b < 0x100 && b != 0x7f || b == '\t';
    }

    // The same rules for text that no line was read from

    static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) > 0xff || !TOKEN[text.charAt(i)]) return false;
        return text.length() > 0;
    }

    /** A token without capitals, as names are in HTTP/2. */
    static boolean isLowerToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') return false;
        return isToken(text);
    }

    static boolean isTarget(CharSequence text) {
        for (int i = 0; i < text.length(); i++) if (!targetByte(text.charAt(i))) return false;
        return true;
    }

    /** Without blanks around it, as those are no part of a value. */
    static boolean isValue(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) if (!valueByte(text.charAt(i))) return false;
        return length == 0 || !blank(text.charAt(0)) && !blank(text.charAt(length - 1));
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    /** RFC 9110, 5.6.2. */
    private static boolean[] tokenBytes() {
        boolean[] token = new boolean[256];
        for (char c = '0'; c <= '9'; c++) token[c] = true;
        for (char c = 'a'; c <= 'z'; c++) token[c] = true;
        for (char c = 'A'; c <= 'Z'; c++) token[c] = true;
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) token[c] = true;
        return token;
    }
}

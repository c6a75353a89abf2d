package io.tierdrill.recorder.accesslog;

/**
 * One line of a common or combined log, taken apart where it lies:
 *
 * <pre>
 *   83.149.9.216 - frank [17/May/2015:10:05:03 +0000] "GET /a HTTP/1.1" 200 203 "http://b/" "Mozilla/5.0"
 *   client    ident user  time                          request      status bytes referer     agent
 * </pre>
 *
 * The fields up to the size must be whole; a line cut behind them still tells of a request. A quoted field ends at a quote that no backslash escapes and that a space or the end of the line follows. Reused for
 * every line: nothing is allocated. One thread.
 */
final class LogLine {
    private byte[] b;
    private int end;
    private int at;

    final Span client = new Span();
    final Span user = new Span();
    final Span request = new Span();
    final Span referer = new Span();
    final Span agent = new Span();
    final RequestLine requestLine = new RequestLine();
    private long epochSecond;
    private int status;
    private long size;
    private boolean wholeHeaders;
    private boolean extraFields;
    private RejectReason reason;
    private int wrongAt;

    /** Bytes {@code from} (inclusive) to {@code to} of the line's array. */
    static final class Span {
        int from;
        int to;

        private void set(int start, int stop) {
            from = start;
            to = stop;
        }

        boolean isDash(byte[] bytes) {
            return to - from == 1 && bytes[from] == '-';
        }

        /** Absent, or {@code -}, or the {@code ""} that Apache writes for a user without a name. */
        boolean isNothing(byte[] bytes) {
            return from == to || isDash(bytes) || to - from == 2 && bytes[from] == '"' && bytes[from + 1] == '"';
        }
    }

    /** Whether the bytes are a request of the format; otherwise {@link #reason} and {@link #wrongAt} tell why not. */
    boolean parse(byte[] bytes, int from, int to, LogFormat format) {
        b = bytes;
        at = from;
        end = to;
        boolean head = token(client) && token(null) && token(user) && time();
        if (!head || !quoted(request)) return false;
        int statusAt = at;
        if (!token(null)) return false;
        int statusEnd = at - 1;
        int sizeAt = at;
        int sizeEnd = lastOrToken();
        if (sizeEnd == sizeAt) return wrong(RejectReason.NOT_THIS_FORMAT, sizeAt);
        wholeHeaders = headers(format);
        extraFields = wholeHeaders && at < end;
        return status(statusAt, statusEnd) && size(sizeAt, sizeEnd) && request();
    }

    long epochSecond() {
        return epochSecond;
    }

    /** HTTP status, or 0 where the server noted none. */
    int status() {
        return status;
    }

    /** Bytes of the response's body. */
    long size() {
        return size;
    }

    /** Whether referer and user agent are there and end in a quote, or the format has none. */
    boolean wholeHeaders() {
        return wholeHeaders;
    }

    /** Whether fields follow those of the format. */
    boolean extraFields() {
        return extraFields;
    }

    RejectReason reason() {
        return reason;
    }

    /** Index of the byte that does not fit. */
    int wrongAt() {
        return wrongAt;
    }

    /** What is not whole is left out: half a user agent is none that a client ever sent. */
    private boolean headers(LogFormat format) {
        referer.set(end, end);
        agent.set(end, end);
        return format != LogFormat.COMBINED || quoted(referer) && quoted(agent);
    }

    /** A word and the space behind it. */
    private boolean token(Span span) {
        int start = at;
        while (at < end && b[at] != ' ') at++;
        if (at == end || at == start) return wrong(RejectReason.NOT_THIS_FORMAT, at);
        if (span != null) span.set(start, at);
        at++;
        return true;
    }

    /** A word that may be the last of the line; its end. */
    private int lastOrToken() {
        while (at < end && b[at] != ' ') at++;
        int stop = at;
        if (at < end) at++;
        return stop;
    }

    private boolean time() {
        if (at == end || b[at] != '[') return wrong(RejectReason.NOT_THIS_FORMAT, at);
        epochSecond = ClfTime.epochSecond(b, at + 1, end);
        int close = at + 1 + ClfTime.LENGTH;
        if (epochSecond == ClfTime.INVALID || epochSecond < 0) return wrong(RejectReason.BAD_TIMESTAMP, at);
        if (close + 1 >= end || b[close] != ']' || b[close + 1] != ' ') return wrong(RejectReason.BAD_TIMESTAMP, at);
        at = close + 2;
        return true;
    }

    /** A field in quotes and the space behind it, if any. */
    private boolean quoted(Span span) {
        if (at >= end || b[at] != '"') return wrong(RejectReason.NOT_THIS_FORMAT, at);
        int start = at + 1;
        for (int i = start; i < end; i++) {
            if (b[i] == '\\') i++;
            else if (b[i] == '"' && (i + 1 == end || b[i + 1] == ' ')) {
                span.set(start, i);
                at = Math.min(i + 2, end);
                return true;
            }
        }
        return wrong(RejectReason.NOT_THIS_FORMAT, at);
    }

    /** Three digits; {@code -} and nginx's {@code 000} stand for a connection that ended before an answer. */
    private boolean status(int from, int to) {
        status = 0;
        if (to - from == 1 && b[from] == '-') return true;
        if (to - from != 3) return wrong(RejectReason.BAD_STATUS, from);
        for (int i = from; i < to; i++) {
            if (b[i] < '0' || b[i] > '9') return wrong(RejectReason.BAD_STATUS, from);
            status = status * 10 + b[i] - '0';
        }
        return status == 0 || status >= 100 || wrong(RejectReason.BAD_STATUS, from);
    }

    /** A number; {@code -} is how the common log format writes zero. */
    private boolean size(int from, int to) {
        size = 0;
        if (to - from == 1 && b[from] == '-') return true;
        if (to - from > 18) return wrong(RejectReason.BAD_SIZE, from);
        for (int i = from; i < to; i++) {
            if (b[i] < '0' || b[i] > '9') return wrong(RejectReason.BAD_SIZE, from);
            size = size * 10 + b[i] - '0';
        }
        return true;
    }

    private boolean request() {
        RejectReason bad = requestLine.parse(b, request.from, request.to);
        return bad == null || wrong(bad, request.from);
    }

    private boolean wrong(RejectReason why, int where) {
        reason = why;
        wrongAt = where;
        return false;
    }
}

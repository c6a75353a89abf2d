package io.tierdrill.recorder.accesslog;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Remark;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.line.ClfTime;
import io.tierdrill.recorder.line.FieldwiseParser;
import io.tierdrill.recorder.line.RequestLine;
import io.tierdrill.recorder.line.Scan;
import io.tierdrill.recorder.line.Span;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a common or combined log, taken apart where it lies:
 *
 * <pre>
 *   83.149.9.216 - frank [17/May/2015:10:05:03 +0000] "GET /a HTTP/1.1" 200 203 "http://b/" "Mozilla/5.0"
 *   client    ident user  time                          request      status bytes referer     agent
 * </pre>
 *
 * The fields up to the size must be whole; a line cut behind them still tells of a request. A quoted field ends at a
 * quote that no backslash escapes and that a space or the end of the line follows. Parsing allocates nothing.
 */
final class ClfLine implements FieldwiseParser {
    private static final Remark CUT_HEADERS =
            new Remark("cut-headers", "without a whole referer and user agent, imported without");
    private static final Remark EXTRA_FIELDS =
            new Remark("extra-fields", "with fields behind those of the format, ignored");

    private static final byte QUOTE = '"';
    private static final byte ESCAPE = '\\';

    private final Scan scan = new Scan();
    private final ClfFormat format;
    private final ClfRequest record;
    private byte[] b;
    private int end;
    private int at;

    final Span host = new Span();
    final Span client = new Span();
    final Span user = new Span();
    final Span request = new Span();
    final Span referer = new Span();
    final Span agent = new Span();
    final RequestLine requestLine = new RequestLine();
    private final byte[] time = new byte[ClfTime.LENGTH];
    private boolean remembered;
    private long epochSecond;
    private int status;
    private long size;
    private boolean wholeHeaders;
    private boolean extraFields;
    private long cutHeaders;
    private long extras;
    private RejectReason reason;
    private int wrongAt;

    ClfLine(ClfFormat format, Server server) {
        this.format = format;
        this.record = new ClfRequest(server);
    }

    @Override
    public boolean parse(byte[] bytes, int from, int to) {
        b = bytes;
        at = from;
        end = to;
        boolean head = host() && token(client) && token(null) && token(user) && time();
        if (!head || !quoted(request)) return false;
        int statusAt = at;
        if (!token(null)) return false;
        int statusEnd = at - 1;
        int sizeAt = at;
        int sizeEnd = lastOrToken();
        if (sizeEnd == sizeAt) return wrong(RejectReason.NOT_THIS_FORMAT, sizeAt);
        wholeHeaders = readHeaders();
        extraFields = wholeHeaders && at < end;
        boolean good = status(statusAt, statusEnd) && size(sizeAt, sizeEnd) && request();
        if (good && !wholeHeaders) cutHeaders++;
        if (good && extraFields) extras++;
        return good;
    }

    @Override
    public long epochNanos() {
        return epochSecond * 1_000_000_000L;
    }

    @Override
    public RequestRecord request(long offsetNanos) {
        return record.at(offsetNanos, this, b);
    }

    @Override
    public Map<Remark, Long> remarks() {
        Map<Remark, Long> remarks = new LinkedHashMap<>();
        if (cutHeaders > 0) remarks.put(CUT_HEADERS, cutHeaders);
        if (extras > 0) remarks.put(EXTRA_FIELDS, extras);
        return remarks;
    }

    /** A virtual host stands for itself; it is not part of the request line. */
    @Override
    public boolean isFieldwise() {
        return format != ClfFormat.VHOST_COMBINED;
    }

    @Override
    public Span client() {
        return client;
    }

    @Override
    public String user() {
        return record.user(user, b);
    }

    @Override
    public Span origin() {
        return request;
    }

    @Override
    public Origin origin(byte[] bytes, int from, int to) {
        return record.origin(bytes, from, to);
    }

    @Override
    public int headers() {
        return 2;
    }

    @Override
    public Span header(int number) {
        return number == 0 ? referer : agent;
    }

    @Override
    public Optional<Header> header(int number, byte[] bytes, int from, int to) {
        return record.header(number, bytes, from, to);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public long size() {
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

    @Override
    public RejectReason reason() {
        return reason;
    }

    @Override
    public int wrongAt() {
        return wrongAt;
    }

    /** What is not whole is left out: half a user agent is none that a client ever sent. */
    private boolean readHeaders() {
        referer.clear();
        agent.clear();
        boolean whole = format == ClfFormat.COMMON || quoted(referer) && quoted(agent);
        if (referer.isNothing(b)) referer.clear();
        if (agent.isNothing(b)) agent.clear();
        return whole;
    }

    /** The virtual host stands for itself; where it is none, the client would be taken for it. */
    private boolean host() {
        if (format != ClfFormat.VHOST_COMBINED) return true;
        return token(host) && (colon() || wrong(RejectReason.NOT_THIS_FORMAT, host.from));
    }

    private boolean colon() {
        for (int i = host.to - 1; i > host.from; i--) {
            if (b[i] == ':') return i < host.to - 1;
            if (b[i] < '0' || b[i] > '9') return false;
        }
        return false;
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
        if (!isSameTime()) {
            epochSecond = ClfTime.epochSecond(b, at + 1, end);
            remembered = epochSecond != ClfTime.INVALID;
            if (remembered) System.arraycopy(b, at + 1, time, 0, ClfTime.LENGTH);
        }
        int close = at + 1 + ClfTime.LENGTH;
        if (epochSecond == ClfTime.INVALID || epochSecond < 0) return wrong(RejectReason.BAD_TIMESTAMP, at);
        if (close + 1 >= end || b[close] != ']' || b[close + 1] != ' ') return wrong(RejectReason.BAD_TIMESTAMP, at);
        at = close + 2;
        return true;
    }

    /** Hundreds of lines in a row may be of one second. */
    private boolean isSameTime() {
        int from = at + 1;
        int to = from + ClfTime.LENGTH;
        return remembered && to <= end && Arrays.equals(b, from, to, time, 0, ClfTime.LENGTH);
    }

    /** A field in quotes and the space behind it, if any. */
    private boolean quoted(Span span) {
        if (at >= end || b[at] != '"') return wrong(RejectReason.NOT_THIS_FORMAT, at);
        int start = at + 1;
        for (int i = scan.indexOf(b, start, end, QUOTE, ESCAPE); i < end; i = scan.indexOf(b, i, end, QUOTE, ESCAPE)) {
            if (b[i] == QUOTE && (i + 1 == end || b[i + 1] == ' ')) {
                span.set(start, i);
                at = Math.min(i + 2, end);
                return true;
            }
            i = Math.min(end, b[i] == ESCAPE ? i + 2 : i + 1);
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

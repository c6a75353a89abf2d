package io.tierdrill.recorder.haproxy;

import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Remark;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.line.Escape;
import io.tierdrill.recorder.line.LogField;
import io.tierdrill.recorder.line.LoggedLine;
import io.tierdrill.recorder.line.LoggedRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of HAProxy's HTTP log:
 *
 * <pre>
 *   haproxy[14389]: 10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET / HTTP/1.1"
 *                   client         time                       front   back/server TR/w/c/r/a     st  bytes cookies term  conns     queues captures  request
 * </pre>
 *
 * The first address in front of a bracket with a time is the client; what stands before is syslog's. A timer of -1 and a
 * status of -1 say that it did not come to that. Reused; one thread.
 */
final class HaproxyLine extends LoggedLine {
    static final RejectReason CONNECTION =
            RejectReason.of("connection", "the line tells of a TCP connection, not of a request");
    static final RejectReason BAD_REQUEST = RejectReason.of("badreq", "HAProxy found no valid request");

    private static final Remark ABORTED = new Remark("aborted", "ended early by client, server or a timeout, imported");
    private static final Remark CAPTURES =
            new Remark("captures", "with captured headers, whose names the log does not tell, imported without");
    private static final int TIMERS = 5;
    private static final int PARTS_BETWEEN = 5;
    private static final byte[] BADREQ = {'<', 'B', 'A', 'D', 'R', 'E', 'Q', '>'};

    private byte[] b;
    private int at;
    private int end;
    private long total;
    private boolean cutShort;
    private boolean captures;
    private boolean tls;
    private long aborted;
    private long captured;

    HaproxyLine(Server server) {
        super(new LoggedRequest(server, Escape.LOGGER, LoggedRequest.Logged.ARRIVAL));
    }

    @Override
    public boolean parse(byte[] bytes, int from, int to) {
        b = bytes;
        at = from;
        end = to;
        request.begin(bytes);
        if (!clientAndTime() || !frontendAndServer() || !timers()) return false;
        if (!statusAndBytes() || !untilRequest()) return false;
        if (!request.check(from)) return unfit(request.reason(), request.wrongAt());
        request.duration(total);
        if (cutShort) aborted++;
        if (captures) captured++;
        return true;
    }

    /** {@code address:port [time] } wherever it stands. */
    private boolean clientAndTime() {
        for (int i = at; i + 2 < end; i++) {
            if (b[i] != ' ' || b[i + 1] != '[' || !isDigit(b[i + 2])) continue;
            int client = i;
            while (client > at && b[client - 1] != ' ') client--;
            int close = i + 2;
            while (close < end && b[close] != ']') close++;
            if (close + 1 >= end || b[close + 1] != ' ' || !hasPort(client, i)) return wrong(i);
            request.set(LogField.CLIENT_AND_PORT, client, i);
            request.set(LogField.TIME_CLF, i + 2, close);
            at = close + 2;
            return true;
        }
        return wrong(end);
    }

    private boolean hasPort(int from, int to) {
        int i = to;
        while (i > from && isDigit(b[i - 1])) i--;
        return i < to && i > from + 1 && b[i - 1] == ':';
    }

    /** A frontend with {@code ~} behind its name took the request over TLS. */
    private boolean frontendAndServer() {
        int frontend = at;
        if (!word()) return false;
        tls = at - 2 > frontend && b[at - 2] == '~';
        if (tls) request.set(LogField.TLS, frontend, at - 1);
        int backend = at;
        if (!word()) return false;
        for (int i = backend; i < at; i++) if (b[i] == '/') return true;
        return wrong(backend);
    }

    /** The fifth is the whole time; a {@code +} before it says that it was logged before the end. */
    private boolean timers() {
        int start = at;
        int timer = 0;
        total = -1;
        boolean early = false;
        while (at < end && b[at] != ' ') {
            int from = at;
            if (b[at] == '+') {
                early = true;
                at++;
            }
            boolean minus = at < end && b[at] == '-';
            if (minus) at++;
            long value = 0;
            int digits = at;
            while (at < end && isDigit(b[at]) && at - digits < 12) value = value * 10 + b[at++] - '0';
            if (at == digits) return unfit(RejectReason.NOT_THIS_FORMAT, from);
            total = minus || early ? -1 : value * 1_000_000;
            timer++;
            if (at < end && b[at] == '/') at++;
            else if (at < end && b[at] != ' ') return unfit(RejectReason.NOT_THIS_FORMAT, at);
        }
        // The log of TCP connections has three timers: Tw/Tc/Tt.
        if (timer == 3) return unfit(CONNECTION, start);
        if (timer != TIMERS || at == end) return unfit(RejectReason.NOT_THIS_FORMAT, start);
        at++;
        return true;
    }

    private boolean statusAndBytes() {
        int status = at;
        if (!word()) return false;
        request.set(LogField.STATUS, status, at - 1);
        int bytes = at;
        if (!word()) return false;
        request.set(LogField.BYTES, b[bytes] == '+' ? bytes + 1 : bytes, at - 1);
        return true;
    }

    /** Two cookies, termination state, connections, queues, up to two captures, the request in quotes. */
    private boolean untilRequest() {
        for (int i = 0; i < PARTS_BETWEEN; i++) {
            int part = at;
            if (!word()) return false;
            if (i == 2) cutShort = b[part] != '-';
        }
        captures = false;
        for (int i = 0; i < 2 && at < end && b[at] == '{'; i++) {
            int close = at;
            while (close + 1 < end && !(b[close] == '}' && b[close + 1] == ' ')) close++;
            captures |= close > at + 1;
            at = close + 2;
        }
        if (at >= end || b[at] != '"') return wrong(at);
        int stop = end - 1;
        while (stop > at && b[stop] != '"') stop--;
        if (stop == at) stop = end;
        if (isBadRequest(at + 1, stop)) return unfit(BAD_REQUEST, at + 1);
        request.set(LogField.REQUEST, at + 1, stop);
        return true;
    }

    private boolean isBadRequest(int from, int to) {
        if (to - from != BADREQ.length) return false;
        for (int i = 0; i < BADREQ.length; i++) if (b[from + i] != BADREQ[i]) return false;
        return true;
    }

    /** A word and the space behind it. */
    private boolean word() {
        int start = at;
        while (at < end && b[at] != ' ') at++;
        if (at == end || at == start) return wrong(at);
        at++;
        return true;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private boolean wrong(int where) {
        return unfit(RejectReason.NOT_THIS_FORMAT, where);
    }

    private boolean unfit(RejectReason why, int where) {
        return wrong(why, Math.min(where, end));
    }

    @Override
    public Map<Remark, Long> remarks() {
        Map<Remark, Long> remarks = new LinkedHashMap<>();
        if (aborted > 0) remarks.put(ABORTED, aborted);
        if (captured > 0) remarks.put(CAPTURES, captured);
        return remarks;
    }
}

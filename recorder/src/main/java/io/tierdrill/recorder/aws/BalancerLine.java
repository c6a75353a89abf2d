package io.tierdrill.recorder.aws;

import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.line.Escape;
import io.tierdrill.recorder.line.LogField;
import io.tierdrill.recorder.line.LogTime;
import io.tierdrill.recorder.line.LoggedLine;
import io.tierdrill.recorder.line.LoggedRequest;
import io.tierdrill.recorder.line.LoggedRequest.Logged;

/**
 * One line of a balancer's log: fields parted by a space each, those that may hold spaces in quotes. New versions append
 * fields; what is behind the known ones is skipped. Reused; one thread.
 */
final class BalancerLine extends LoggedLine {
    static final RejectReason CONNECTION =
            RejectReason.of("connection", "the line tells of a TCP connection, not of a request");

    private static final int MOST_FIELDS = 40;
    private static final int ALB_CREATION = 21;

    private final BalancerFormat format;
    private final LogTime time = new LogTime();
    private final int[] from = new int[MOST_FIELDS];
    private final int[] to = new int[MOST_FIELDS];
    private byte[] b;
    private int fields;

    BalancerLine(BalancerFormat format, Server server) {
        super(new LoggedRequest(server, Escape.LOGGER, Logged.ARRIVAL));
        this.format = format;
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end) {
        b = bytes;
        if (!split(start, end)) return false;
        request.begin(bytes);
        boolean good = switch (format) {
            case AWS_ALB -> alb(end);
            case AWS_ELB -> elb(end);
            case AWS_NLB -> nlb(end);
        };
        return good && (request.check(start) ? duration() : wrong(request.reason(), request.wrongAt()));
    }

    private boolean split(int start, int end) {
        fields = 0;
        for (int at = start; at < end && fields < MOST_FIELDS; fields++) {
            boolean quoted = b[at] == '"';
            from[fields] = quoted ? at + 1 : at;
            at = quoted ? closingQuote(at + 1, end) : space(at, end);
            if (at < 0) return wrong(RejectReason.NOT_THIS_FORMAT, from[fields] - 1);
            to[fields] = at;
            if (quoted) at++;
            if (at < end && b[at] != ' ') return wrong(RejectReason.NOT_THIS_FORMAT, at);
            at++;
        }
        return true;
    }

    private int space(int at, int end) {
        while (at < end && b[at] != ' ') at++;
        return at;
    }

    private int closingQuote(int at, int end) {
        for (; at < end; at++) {
            if (b[at] == '\\') at++;
            else if (b[at] == '"' && (at + 1 == end || b[at + 1] == ' ')) return at;
        }
        return -1;
    }

    /** {@code h2 2018-07-02T22:23:00.186641Z app/... 10.0.1.252:48160 10.0.0.66:9000 0.000 0.002 0.000 200 200 5 257 "GET ..."} */
    private boolean alb(int end) {
        boolean type = is(0, "http") || is(0, "https") || is(0, "h2") || is(0, "ws") || is(0, "wss") || is(0, "grpcs");
        if (fields > 0 && is(0, "grpc")) type = true;
        if (!type) return wrong(RejectReason.NOT_THIS_FORMAT, fields == 0 ? end : from[0]);
        if (fields < 16) return wrong(RejectReason.NOT_THIS_FORMAT, end);
        if (read(1) == LogTime.INVALID) return wrong(RejectReason.BAD_TIMESTAMP, from[1]);
        put(fields > ALB_CREATION ? ALB_CREATION : 1, LogField.TIME_ISO);
        put(0, LogField.SCHEME);
        put(3, LogField.CLIENT_AND_PORT);
        put(8, LogField.STATUS);
        put(11, LogField.BYTES);
        put(12, LogField.REQUEST);
        header(13, "User-Agent");
        header(17, "X-Amzn-Trace-Id");
        return isRequest(12);
    }

    /** {@code 2015-05-13T23:39:43.945958Z name 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET ..."} */
    private boolean elb(int end) {
        if (fields == 0 || read(0) == LogTime.INVALID)
            return wrong(RejectReason.NOT_THIS_FORMAT, fields == 0 ? end : from[0]);
        if (fields < 12) return wrong(RejectReason.NOT_THIS_FORMAT, end);
        put(0, LogField.TIME_ISO);
        put(2, LogField.CLIENT_AND_PORT);
        put(7, LogField.STATUS);
        put(9, LogField.BODY_BYTES);
        put(10, LogField.BYTES);
        put(11, LogField.REQUEST);
        header(12, "User-Agent");
        return isRequest(11);
    }

    /** {@code tls 2.0 2018-12-20T02:59:40 net/my-network-loadbalancer/c6e77e28c25b2234 ...} */
    private boolean nlb(int end) {
        if (fields < 7 || !is(0, "tls") || read(2) == LogTime.INVALID)
            return wrong(RejectReason.NOT_THIS_FORMAT, fields == 0 ? end : from[0]);
        return wrong(CONNECTION, from[0]);
    }

    /** Listeners for TCP log {@code "- - - "}. */
    private boolean isRequest(int field) {
        boolean none = to[field] - from[field] >= 3 && b[from[field]] == '-' && b[from[field] + 1] == ' ';
        return !none || wrong(CONNECTION, from[field]);
    }

    /** What the log says of time beyond the arrival; a timer of -1 says that it did not come to that. */
    private boolean duration() {
        if (format == BalancerFormat.AWS_ALB) {
            request.duration(fields > ALB_CREATION ? read(1) - request.epochNanos() : sum(5));
            return true;
        }
        request.duration(sum(4));
        return true;
    }

    /** Of three timers in seconds; less than 0 where one is not there. */
    private long sum(int first) {
        long sum = 0;
        for (int i = first; i < first + 3; i++) {
            long timer = time.duration(LogField.DURATION_SECONDS, b, from[i], to[i]);
            if (timer == LogTime.INVALID) return -1;
            sum += timer;
        }
        return sum;
    }

    private long read(int field) {
        return time.read(LogField.TIME_ISO, b, from[field], to[field]);
    }

    private void put(int field, LogField what) {
        request.set(what, from[field], to[field]);
    }

    private void header(int field, String name) {
        if (field < fields) request.set(LogField.HEADER, name, from[field], to[field]);
    }

    private boolean is(int field, String word) {
        if (field >= fields || to[field] - from[field] != word.length()) return false;
        for (int i = 0; i < word.length(); i++) if (b[from[field] + i] != word.charAt(i)) return false;
        return true;
    }
}

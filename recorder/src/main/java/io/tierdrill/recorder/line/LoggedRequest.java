package io.tierdrill.recorder.line;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Server;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one logged request, in whatever order a log has them, and the request they make. The fields are places in
 * one array. The order of calls is {@code begin, set..., check} and, where that was fine, the rest. Reused; one thread.
 */
public final class LoggedRequest {
    private static final int FIRST_NAMED = 8;
    private static final int MOST_DIGITS = 18;
    /** Where a line has several, the finer one counts: numbers mostly are. */
    private static final LogField[] TIMES = {
        LogField.TIME_NANOS,
        LogField.TIME_MICROS,
        LogField.TIME_MILLIS,
        LogField.TIME_SECONDS,
        LogField.TIME_AUTO,
        LogField.TIME_ISO,
        LogField.TIME_CLF
    };

    private static final LogField[] DURATIONS = Arrays.copyOfRange(
            LogField.values(), LogField.DURATION_SECONDS.ordinal(), LogField.DURATION_NANOS.ordinal() + 1);

    private final Server server;
    private final FieldText text;
    private final boolean endIsLogged;
    private final LogTime time = new LogTime();
    private final RequestLine requestLine = new RequestLine();
    private final int[] from = new int[LogField.count()];
    private final int[] to = new int[LogField.count()];
    private NamedSpan[] named = new NamedSpan[FIRST_NAMED];
    private int names;
    private byte[] b;
    private long epochNanos;
    private long resolution;
    private long durationNanos;
    private boolean hasDuration;
    private long status;
    private long number;
    private long bytes;
    private long bodyBytes;
    private RejectReason reason;
    private int wrongAt;

    /** A header or a cookie. */
    private static final class NamedSpan {
        private LogField field;
        private String name;
        private int from;
        private int to;
    }

    /** Which instant of a request a log notes. */
    public enum Logged {
        ARRIVAL,
        END
    }

    public LoggedRequest(Server server, Escape escape, Logged logged) {
        this.server = server;
        this.text = new FieldText(escape);
        this.endIsLogged = logged == Logged.END;
    }

    /** Starts over. */
    public void begin(byte[] array) {
        b = array;
        Arrays.fill(to, 0);
        Arrays.fill(from, 0);
        names = 0;
    }

    /** Where a field stands; a dash and nothing at all count as nothing. */
    public void set(LogField field, int start, int stop) {
        if (start >= stop || stop - start == 1 && b[start] == '-') return;
        from[field.ordinal()] = start;
        to[field.ordinal()] = stop;
    }

    /** The same for a header or a cookie. */
    public void set(LogField field, String name, int start, int stop) {
        if (start >= stop || stop - start == 1 && b[start] == '-') return;
        if (names == named.length) named = Arrays.copyOf(named, 2 * names);
        if (named[names] == null) named[names] = new NamedSpan();
        NamedSpan span = named[names++];
        span.field = field;
        span.name = name;
        span.from = start;
        span.to = stop;
    }

    /** Whether the fields make a request. {@code lineAt} stands for fields that are not there. */
    public boolean check(int lineAt) {
        return time(lineAt)
                && target(lineAt)
                && status()
                && number(LogField.BYTES)
                && size(LogField.BODY_BYTES)
                && duration();
    }

    public RejectReason reason() {
        return reason;
    }

    public int wrongAt() {
        return wrongAt;
    }

    public long epochNanos() {
        return epochNanos;
    }

    /** By the digits of the time read last. */
    public long resolution() {
        return resolution;
    }

    public long sinceArrivalNanos() {
        return endIsLogged && hasDuration ? durationNanos : 0;
    }

    public RequestRecord request(long offsetNanos) {
        String client = client();
        String target = target();
        String scheme = scheme();
        return new RequestRecord(
                offsetNanos,
                client,
                connection(client),
                has(LogField.USER) ? text.header(b, from(LogField.USER), to(LogField.USER)) : "",
                scheme,
                method(),
                authority(scheme),
                target,
                headers(),
                bodyBytes == 0 ? RequestRecord.Body.none() : new RequestRecord.Body(new byte[0], bodyBytes, ""),
                response());
    }

    private boolean has(LogField field) {
        return to[field.ordinal()] > 0;
    }

    private int from(LogField field) {
        return from[field.ordinal()];
    }

    private int to(LogField field) {
        return to[field.ordinal()];
    }

    private boolean time(int lineAt) {
        for (LogField form : TIMES) {
            int field = form.ordinal();
            if (to[field] == 0) continue;
            epochNanos = time.read(form, b, from[field], to[field]);
            resolution = time.resolution();
            return epochNanos != LogTime.INVALID || wrong(RejectReason.BAD_TIMESTAMP, from[field]);
        }
        return wrong(RejectReason.NO_TIME, lineAt);
    }

    private boolean target(int lineAt) {
        if (has(LogField.REQUEST)) {
            RejectReason bad = requestLine.parse(b, from(LogField.REQUEST), to(LogField.REQUEST));
            return bad == null || wrong(bad, from(LogField.REQUEST));
        }
        LogField field = has(LogField.URI) ? LogField.URI : LogField.PATH;
        if (!has(field)) return wrong(RejectReason.NO_REQUEST, lineAt);
        if (has(LogField.METHOD) && !RequestLine.isToken(b, from(LogField.METHOD), to(LogField.METHOD)))
            return wrong(RejectReason.BAD_REQUEST_LINE, from(LogField.METHOD));
        requestLine.target(from(field), to(field));
        return requestLine.isPath(b) || wrong(RejectReason.NO_PATH, from(field));
    }

    /** Three digits; 0 and 000 stand for a connection that ended before an answer, as does -1 for HAProxy. */
    private boolean status() {
        status = 0;
        if (!has(LogField.STATUS)) return true;
        int start = from(LogField.STATUS);
        int stop = to(LogField.STATUS);
        if (stop - start == 2 && b[start] == '-' && b[start + 1] == '1') return true;
        if (!digits(start, stop)) return wrong(RejectReason.BAD_STATUS, start);
        status = number;
        return status == 0 || status >= 100 && status <= 999 || wrong(RejectReason.BAD_STATUS, start);
    }

    private boolean size(LogField field) {
        bodyBytes = 0;
        if (!has(field)) return true;
        if (!digits(from(field), to(field))) return wrong(RejectReason.BAD_SIZE, from(field));
        bodyBytes = number;
        return true;
    }

    private boolean number(LogField field) {
        bytes = 0;
        if (!has(field)) return true;
        if (!digits(from(field), to(field))) return wrong(RejectReason.BAD_SIZE, from(field));
        bytes = number;
        return true;
    }

    private boolean digits(int start, int stop) {
        number = 0;
        if (stop - start > MOST_DIGITS) return false;
        for (int i = start; i < stop; i++) {
            if (b[i] < '0' || b[i] > '9') return false;
            number = number * 10 + b[i] - '0';
        }
        return true;
    }

    private boolean duration() {
        hasDuration = false;
        for (int i = 0; i < DURATIONS.length; i++) {
            int field = DURATIONS[i].ordinal();
            if (to[field] == 0) continue;
            durationNanos = time.duration(DURATIONS[i], b, from[field], to[field]);
            hasDuration = durationNanos != LogTime.INVALID && durationNanos <= epochNanos;
            return hasDuration || wrong(RejectReason.BAD_DURATION, from[field]);
        }
        return true;
    }

    /** Sets what a log tells in another way than as a number in a field. */
    public void duration(long nanos) {
        durationNanos = nanos;
        hasDuration = nanos >= 0;
    }

    private boolean wrong(RejectReason why, int where) {
        reason = why;
        wrongAt = where;
        return false;
    }

    private String client() {
        if (has(LogField.FORWARDED_FOR)) {
            int start = from(LogField.FORWARDED_FOR);
            int stop = start;
            while (stop < to(LogField.FORWARDED_FOR) && b[stop] != ',' && b[stop] != ' ') stop++;
            if (stop > start) return text.plain(b, start, stop);
        }
        if (has(LogField.CLIENT))
            return text.header(b, from(LogField.CLIENT), to(LogField.CLIENT)).isEmpty()
                    ? "-"
                    : text.header(b, from(LogField.CLIENT), to(LogField.CLIENT));
        if (!has(LogField.CLIENT_AND_PORT)) return "-";
        int start = from(LogField.CLIENT_AND_PORT);
        int stop = colonOfPort();
        boolean brackets = b[start] == '[' && stop - start > 2 && b[stop - 1] == ']';
        return stop == start ? "-" : text.plain(b, brackets ? start + 1 : start, brackets ? stop - 1 : stop);
    }

    private int colonOfPort() {
        int at = to(LogField.CLIENT_AND_PORT) - 1;
        while (at > from(LogField.CLIENT_AND_PORT) && b[at] != ':') at--;
        return at == from(LogField.CLIENT_AND_PORT) ? to(LogField.CLIENT_AND_PORT) : at;
    }

    private String connection(String client) {
        if (has(LogField.CONNECTION)) return text.header(b, from(LogField.CONNECTION), to(LogField.CONNECTION));
        if (has(LogField.CLIENT_PORT))
            return client + ":" + text.header(b, from(LogField.CLIENT_PORT), to(LogField.CLIENT_PORT));
        if (!has(LogField.CLIENT_AND_PORT)) return "";
        return text.plain(b, from(LogField.CLIENT_AND_PORT), to(LogField.CLIENT_AND_PORT));
    }

    private String method() {
        if (has(LogField.REQUEST)) return text.plain(b, from(LogField.REQUEST), requestLine.methodTo);
        return has(LogField.METHOD) ? text.plain(b, from(LogField.METHOD), to(LogField.METHOD)) : "GET";
    }

    private String scheme() {
        int skip = requestLine.schemeLength(b);
        if (skip > 0) return skip == 7 ? "http" : "https";
        if (has(LogField.SCHEME)) {
            String scheme =
                    text.plain(b, from(LogField.SCHEME), to(LogField.SCHEME)).toLowerCase(java.util.Locale.ROOT);
            return switch (scheme) {
                case "https", "wss", "h2", "grpcs" -> "https";
                case "http", "ws" -> "http";
                default -> server.scheme();
            };
        }
        return has(LogField.TLS) || "443".equals(port()) ? "https" : server.scheme();
    }

    private String port() {
        return has(LogField.PORT) ? text.plain(b, from(LogField.PORT), to(LogField.PORT)) : "";
    }

    private String authority(String scheme) {
        int skip = requestLine.schemeLength(b);
        int hostFrom = requestLine.targetFrom + skip;
        if (skip > 0) return text.path(b, hostFrom, pathFrom());
        if (!has(LogField.HOST)) return server.authority();
        String host = text.path(b, from(LogField.HOST), to(LogField.HOST));
        String port = port();
        boolean usual = port.isEmpty() || port.equals(scheme.equals("https") ? "443" : "80");
        boolean told = host.indexOf(':') >= 0 && !host.endsWith("]");
        return usual || told ? host : host + ":" + port;
    }

    private int pathFrom() {
        int skip = requestLine.schemeLength(b);
        int at = requestLine.targetFrom + skip;
        while (skip > 0 && at < requestLine.targetTo && b[at] != '/' && b[at] != '?') at++;
        return at;
    }

    private String target() {
        int start = pathFrom();
        String path = start == requestLine.targetTo ? "/" : text.path(b, start, requestLine.targetTo);
        if (path.startsWith("?")) path = "/" + path;
        if (has(LogField.REQUEST) || has(LogField.URI) || !has(LogField.QUERY)) return path;
        String query = text.path(b, from(LogField.QUERY), to(LogField.QUERY));
        if (query.equals("?")) return path;
        return query.startsWith("?") ? path + query : path + "?" + query;
    }

    private List<RequestRecord.Header> headers() {
        List<RequestRecord.Header> headers = new ArrayList<>(names + 1);
        StringBuilder cookies = new StringBuilder();
        for (int i = 0; i < names; i++) {
            NamedSpan span = named[i];
            String value = text.header(b, span.from, span.to);
            if (value.isEmpty()) continue;
            if (span.field == LogField.HEADER) headers.add(new RequestRecord.Header(span.name, value));
            else
                cookies.append(cookies.isEmpty() ? "" : "; ")
                        .append(span.name)
                        .append('=')
                        .append(value);
        }
        if (has(LogField.FORWARDED_FOR))
            headers.add(new RequestRecord.Header(
                    "X-Forwarded-For", text.header(b, from(LogField.FORWARDED_FOR), to(LogField.FORWARDED_FOR))));
        if (!cookies.isEmpty()) headers.add(new RequestRecord.Header("Cookie", cookies.toString()));
        return headers;
    }

    private Optional<RequestRecord.Response> response() {
        if (status == 0) return Optional.empty();
        return Optional.of(new RequestRecord.Response(
                (int) status,
                has(LogField.BYTES) ? Optional.of(bytes) : Optional.empty(),
                hasDuration ? Optional.of(durationNanos) : Optional.empty()));
    }
}

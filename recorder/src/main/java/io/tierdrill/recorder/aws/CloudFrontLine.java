package io.tierdrill.recorder.aws;

import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.line.Escape;
import io.tierdrill.recorder.line.LineReader;
import io.tierdrill.recorder.line.LogField;
import io.tierdrill.recorder.line.LoggedLine;
import io.tierdrill.recorder.line.LoggedRequest;
import io.tierdrill.recorder.line.LoggedRequest.Logged;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One line of a CloudFront log. Values are percent-encoded by CloudFront, what the client had encoded a second time
 * ({@code %2520}): paths lose one layer where there are two, other fields all. A {@code #Fields} line tells the order of the
 * fields; without one it is the order that Amazon documents. Reused; one thread.
 */
final class CloudFrontLine extends LoggedLine {
    private static final List<String> DOCUMENTED = List.of(("date time x-edge-location sc-bytes c-ip cs-method cs(Host)"
                    + " cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type"
                    + " x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol"
                    + " ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port"
                    + " time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start"
                    + " sc-range-end")
            .split(" "));
    private static final byte[] FIELDS = "#Fields:".getBytes(StandardCharsets.US_ASCII);
    private static final RejectReason FIELDS_CHANGED = RejectReason.of(
            "fields-changed", "from here on the fields are others; import what was joined as files of their own");
    private static final int LEAST_FIELDS = 9;
    private static final int TIME_LENGTH = 19;

    private static final Map<String, LogField> MEANINGS = Map.ofEntries(
            Map.entry("c-ip", LogField.CLIENT),
            Map.entry("c-port", LogField.CLIENT_PORT),
            Map.entry("cs-method", LogField.METHOD),
            Map.entry("cs-uri-stem", LogField.PATH),
            Map.entry("cs-uri-query", LogField.QUERY),
            Map.entry("cs-protocol", LogField.SCHEME),
            Map.entry("sc-status", LogField.STATUS),
            Map.entry("sc-bytes", LogField.BYTES),
            Map.entry("time-taken", LogField.DURATION_SECONDS),
            Map.entry("x-host-header", LogField.HOST),
            Map.entry("cs(Referer)", LogField.HEADER),
            Map.entry("cs(User-Agent)", LogField.HEADER),
            Map.entry("cs(Cookie)", LogField.HEADER));

    /** Decoded text is never longer than it was. */
    private final byte[] text = new byte[LineReader.MOST_LINE_BYTES + TIME_LENGTH];

    private List<String> order = DOCUMENTED;
    private boolean headed;
    private byte[] b;
    private int length;
    private int timeFrom;
    private int[] lineAt = new int[64];
    private int[] textAt = new int[64];
    private int places;

    CloudFrontLine(Server server) {
        super(new LoggedRequest(server, Escape.NONE, Logged.END));
    }

    @Override
    public boolean parse(byte[] bytes, int from, int to) {
        b = bytes;
        if (from < to && b[from] == '#') return heading(from, to);
        request.begin(text);
        // Date and time stand in fields of their own, and side by side here.
        length = TIME_LENGTH;
        timeFrom = from;
        places = 0;
        text[10] = ' ';
        int at = from;
        int field = 0;
        boolean date = false;
        boolean clock = false;
        for (; at <= to && field < order.size() && field < lineAt.length; field++) {
            int stop = at;
            while (stop < to && b[stop] != '\t') stop++;
            String name = order.get(field);
            if (name.equals("date")) date = copy(at, stop, 0, 10);
            else if (name.equals("time")) clock = copy(at, stop, 11, 8);
            else put(name, at, stop);
            at = stop + 1;
        }
        if (field < LEAST_FIELDS || !date || !clock) return wrong(RejectReason.NOT_THIS_FORMAT, Math.min(at, to));
        request.set(LogField.TIME_ISO, 0, TIME_LENGTH);
        if (request.check(-1)) return true;
        return wrong(request.reason(), placeInLine(request.wrongAt()));
    }

    private boolean heading(int from, int to) {
        boolean names = to - from > FIELDS.length;
        for (int i = 0; names && i < FIELDS.length; i++) names = b[from + i] == FIELDS[i];
        if (!names) return wrong(RejectReason.COMMENT, from);
        int start = from + FIELDS.length;
        return learn(List.of(new String(b, start, to - start, StandardCharsets.ISO_8859_1)
                        .strip()
                        .split("\\s+")))
                ? wrong(RejectReason.COMMENT, from)
                : wrong(FIELDS_CHANGED, from);
    }

    /** Files that were joined may have more fields later on, never others: lines are read again when they are in order. */
    private boolean learn(List<String> told) {
        int same = Math.min(order.size(), told.size());
        boolean longer = order.subList(0, same).equals(told.subList(0, same));
        if (headed && !longer) return false;
        if (!headed || told.size() > order.size()) order = told;
        headed = true;
        return true;
    }

    private boolean copy(int from, int to, int into, int size) {
        if (to - from != size) return false;
        System.arraycopy(b, from, text, into, size);
        return true;
    }

    private void put(String name, int from, int to) {
        LogField field = MEANINGS.get(name);
        if (field == null || from == to || to - from == 1 && b[from] == '-') return;
        int start = length;
        boolean target = field == LogField.PATH || field == LogField.QUERY;
        decode(from, to, target);
        textAt[places] = start;
        lineAt[places++] = from;
        if (field == LogField.HEADER)
            request.set(field, name.substring("cs(".length(), name.length() - 1), start, length);
        else request.set(field, start, length);
    }

    /** Paths keep what the client encoded: only a percent sign that was encoded once more is decoded. */
    private void decode(int from, int to, boolean target) {
        int start = length;
        for (int i = from; i < to; ) {
            int code = code(b, i, to);
            boolean taken = code >= 0 && (!target || code == '%');
            text[length++] = taken ? (byte) code : b[i];
            i += taken ? 3 : 1;
        }
        if (target) return;
        int out = start;
        for (int i = start; i < length; ) {
            int code = code(text, i, length);
            text[out++] = code >= 0 ? (byte) code : text[i];
            i += code >= 0 ? 3 : 1;
        }
        length = out;
    }

    private static int code(byte[] bytes, int at, int to) {
        if (bytes[at] != '%' || at + 2 >= to) return -1;
        int high = Character.digit(bytes[at + 1], 16);
        int low = Character.digit(bytes[at + 2], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private int placeInLine(int inText) {
        int place = timeFrom;
        for (int i = 0; i < places; i++) if (textAt[i] <= inText) place = lineAt[i];
        return place;
    }
}

package io.tierdrill.recorder.json;

import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.line.Escape;
import io.tierdrill.recorder.line.LineReader;
import io.tierdrill.recorder.line.LogField;
import io.tierdrill.recorder.line.LoggedLine;
import io.tierdrill.recorder.line.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks the JSON object of a line (RFC 8259) and copies the mapped members, unescaped, into an array of its own, where
 * they make a request. Members that are not mapped are skipped, not checked. Reused; one thread.
 */
final class JsonLine extends LoggedLine {
    private static final int MOST_DEPTH = 64;

    private final Mapping mapping;
    /** Unescaped text is never longer; values of headers in arrays are kept apart. */
    private final byte[] text = new byte[LineReader.MOST_LINE_BYTES + MOST_DEPTH];

    private int[] textAt = new int[64];
    private int[] lineAt = new int[64];
    private int places;
    private int length;
    private byte[] b;
    private int at;
    private int end;
    private int keyFrom;
    private int keyTo;

    JsonLine(Mapping mapping, Server server) {
        super(new LoggedRequest(server, Escape.NONE, mapping.logged()));
        this.mapping = mapping;
    }

    @Override
    public boolean parse(byte[] bytes, int from, int to) {
        b = bytes;
        at = from;
        end = to;
        length = 0;
        places = 0;
        request.begin(text);
        blanks();
        boolean object = at < end && b[at] == '{' && object(mapping.root(), 0);
        blanks();
        if (!object || at < end) return wrong(RejectReason.NOT_THIS_FORMAT, at);
        if (request.check(-1)) return true;
        return wrong(request.reason(), request.wrongAt() < 0 ? from : placeInLine(request.wrongAt()));
    }

    /** From the brace to behind the closing one. */
    private boolean object(Mapping.Node node, int depth) {
        if (depth == MOST_DEPTH) return false;
        at++;
        blanks();
        if (at < end && b[at] == '}') return step();
        while (true) {
            blanks();
            if (!key()) return false;
            Mapping.Node child = child(node);
            String header = headerName(node, child);
            blanks();
            if (at == end || b[at] != ':') return false;
            at++;
            blanks();
            if (!value(child, header, depth + 1)) return false;
            blanks();
            if (at == end) return false;
            if (b[at] == '}') return step();
            if (b[at++] != ',') return false;
        }
    }

    private Mapping.Node child(Mapping.Node node) {
        return node == null || node.headers() ? null : node.child(b, keyFrom, keyTo);
    }

    /** Of the member whose key was read, where it is a header by its place; else null. */
    private String headerName(Mapping.Node parent, Mapping.Node child) {
        if (parent != null && parent.headers()) return headerName(keyFrom);
        return child == null || !child.prefix() ? null : headerName(keyFrom + child.keyLength());
    }

    /** A name that is no token is left out: sent again, it would be refused, or begin a line of its own. */
    private String headerName(int from) {
        String name = new String(b, from, keyTo - from, StandardCharsets.UTF_8);
        return HttpWords.isToken(name) ? name : null;
    }

    private boolean value(Mapping.Node node, String header, int depth) {
        if (at == end) return false;
        return switch (b[at]) {
            case '{' -> object(node, depth);
            case '[' -> array(node, header, depth);
            case '"' -> string(node, header);
            default -> word(node, header);
        };
    }

    /** Of headers, each element is one; of anything else, nothing is kept. */
    private boolean array(Mapping.Node node, String header, int depth) {
        if (depth == MOST_DEPTH) return false;
        at++;
        blanks();
        if (at < end && b[at] == ']') return step();
        while (true) {
            blanks();
            boolean keep = header != null || node != null && node.field() == LogField.HEADER;
            if (!value(keep ? node : null, header, depth + 1)) return false;
            blanks();
            if (at == end) return false;
            if (b[at] == ']') return step();
            if (b[at++] != ',') return false;
        }
    }

    private boolean step() {
        at++;
        return true;
    }

    private boolean string(Mapping.Node node, String header) {
        int from = length;
        int start = at + 1;
        if (!unescape(node != null && node.field() != LogField.IGNORED || header != null)) return false;
        put(node, header, from, start);
        return true;
    }

    /** A number, true, false or null: as it stands. */
    private boolean word(Mapping.Node node, String header) {
        int from = at;
        while (at < end && b[at] != ',' && b[at] != '}' && b[at] != ']' && b[at] > ' ') at++;
        if (at == from || !isWord(from, at)) {
            at = from;
            return false;
        }
        if (b[from] == 'n' || at - from > text.length - length) return true;
        int start = length;
        System.arraycopy(b, from, text, length, at - from);
        length += at - from;
        put(node, header, start, from);
        return true;
    }

    private boolean isWord(int from, int to) {
        byte first = b[from];
        if (first == 't' || first == 'f' || first == 'n') {
            String word = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
            return word.equals("true") || word.equals("false") || word.equals("null");
        }
        for (int i = from; i < to; i++) {
            byte c = b[i];
            if ((c < '0' || c > '9') && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E') return false;
        }
        return true;
    }

    private void put(Mapping.Node node, String header, int from, int inLine) {
        if (header != null) {
            if (header.equalsIgnoreCase("host")) request.set(LogField.HOST, from, length);
            else request.set(LogField.HEADER, header, from, length);
        } else if (node == null || node.field() == LogField.IGNORED) return;
        else if (node.field() == LogField.HEADER || node.field() == LogField.COOKIE)
            request.set(node.field(), node.name(), from, length);
        else request.set(node.field(), from, length);
        if (places == textAt.length) {
            textAt = Arrays.copyOf(textAt, 2 * places);
            lineAt = Arrays.copyOf(lineAt, 2 * places);
        }
        textAt[places] = from;
        lineAt[places++] = inLine;
    }

    /** Keys are compared as they stand: those that are looked for need no escapes. */
    private boolean key() {
        if (at == end || b[at] != '"') return false;
        keyFrom = ++at;
        while (at < end && b[at] != '"') at += b[at] == '\\' ? 2 : 1;
        if (at >= end) {
            at = end;
            return false;
        }
        keyTo = at++;
        return true;
    }

    /** From the opening quote to behind the closing one. */
    private boolean unescape(boolean keep) {
        at++;
        while (at < end) {
            byte c = b[at++];
            if (c == '"') return true;
            if (c == '\\' ? !escaped(keep) : !put(c, keep)) return false;
        }
        return false;
    }

    private boolean escaped(boolean keep) {
        if (at == end) return false;
        byte c = b[at++];
        return switch (c) {
            case '"', '\\', '/' -> put(c, keep);
            case 'n' -> put((byte) '\n', keep);
            case 'r' -> put((byte) '\r', keep);
            case 't' -> put((byte) '\t', keep);
            case 'b' -> put((byte) '\b', keep);
            case 'f' -> put((byte) '\f', keep);
            case 'u' -> unicode(keep);
            default -> false;
        };
    }

    /** Four digits of UTF-16, or twice four for what lies beyond; half a pair becomes a question mark. */
    private boolean unicode(boolean keep) {
        int unit = fourDigits();
        if (unit < 0) return false;
        int point = unit;
        if (Character.isHighSurrogate((char) unit)) {
            int before = at;
            if (end - at < 6 || b[at] != '\\' || b[at + 1] != 'u') return put((byte) '?', keep);
            at += 2;
            int low = fourDigits();
            if (low < 0) return false;
            if (!Character.isLowSurrogate((char) low)) {
                at = before;
                return put((byte) '?', keep);
            }
            point = Character.toCodePoint((char) unit, (char) low);
        } else if (Character.isLowSurrogate((char) unit)) return put((byte) '?', keep);
        for (byte c : Character.toString(point).getBytes(StandardCharsets.UTF_8)) put(c, keep);
        return true;
    }

    private int fourDigits() {
        if (end - at < 4) return -1;
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(b[at], 16);
            if (digit < 0) return -1;
            value = value * 16 + digit;
            at++;
        }
        return value;
    }

    private boolean put(byte c, boolean keep) {
        if (keep) text[length++] = c;
        return true;
    }

    private void blanks() {
        while (at < end && (b[at] == ' ' || b[at] == '\t' || b[at] == '\r' || b[at] == '\n')) at++;
    }

    /** Where in the line the value stands that holds this byte of the text. */
    private int placeInLine(int inText) {
        int place = 0;
        for (int i = 0; i < places; i++) if (textAt[i] <= inText) place = lineAt[i];
        return place;
    }
}

package io.tierdrill.recorder.fields;

import io.tierdrill.recorder.input.Units;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts one array out of a JSON document of any size and gives its elements one by one, as bytes. Only brackets, strings
 * and member names are looked at, so that one element with a fault in it does not end the document; memory holds one
 * element. One thread.
 *
 * <pre>
 * {"log": {"version": "1.2", "entries": [ {...}, {...} ]}}     array path log, entries
 *                                         1      2
 * </pre>
 */
public final class JsonElements implements Units {
    /** Documents nest less; what nests deeper is not followed by name, only counted. */
    private static final int MOST_DEPTH = 1 << 12;

    private static final int MOST_NAME = 64;

    private final ByteInput in;
    private final List<String> arrayPath;
    private final List<String> omitted;
    private final ElementBytes element;
    private final boolean[] isObject = new boolean[MOST_DEPTH];
    private final String[] names;
    private final byte[] name = new byte[MOST_NAME];
    private int depth;
    private boolean nameNext;
    private boolean inElement;
    private boolean ended;
    private long number;
    private long line;
    private int column;

    /**
     * @param arrayPath names of the members that lead to the array; none when the document is the array
     * @param omitted names that lead, in an element, to a string which is given as empty, however long it is
     * @param mostBytes how much of an element is kept
     */
    public JsonElements(InputStream in, List<String> arrayPath, List<String> omitted, int mostBytes) {
        this.in = new ByteInput(in);
        this.arrayPath = List.copyOf(arrayPath);
        this.omitted = List.copyOf(omitted);
        this.element = new ElementBytes(mostBytes);
        this.names = new String[arrayPath.size() + omitted.size() + 3];
    }

    @Override
    public boolean next() throws IOException {
        if (ended) return false;
        element.clear();
        inElement = false;
        for (int b = in.read(); b >= 0; b = in.read()) if (take(b)) return true;
        ended = true;
        boolean cutOff = depth > 0;
        if (cutOff && !inElement) missing();
        return cutOff;
    }

    @Override
    public byte[] bytes() {
        return element.bytes;
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public int to() {
        return element.length;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public int column() {
        return column;
    }

    @Override
    public boolean tooLong() {
        return element.tooLong;
    }

    /** Takes a byte outside of strings; true when an element is whole. */
    private boolean take(int b) throws IOException {
        if (inArray()) {
            if (b == ']' || b == ',') return endsScalar(b);
            if (!inElement && !isSpace(b)) begin();
        }
        boolean omit = b == '"' && isOmitted();
        if (inElement) element.add(b);
        switch (b) {
            case '{', '[' -> open(b == '{');
            case '}', ']' -> close();
            case '"' -> string(omit);
            case ',' -> nameNext = isObject();
            case ':' -> nameNext = false;
            default -> {}
        }
        return inElement && inArray() && (b == '}' || b == ']');
    }

    /** A number or a word ends where the next element or the end of the array begins. */
    private boolean endsScalar(int b) {
        if (b == ']') close();
        return inElement;
    }

    private void begin() {
        inElement = true;
        number++;
        line = in.line();
        column = in.column();
    }

    /** An element that never came, so that it is counted: the beginning of an object and no more. */
    private void missing() {
        begin();
        element.add('{');
    }

    private void open(boolean object) {
        depth++;
        if (depth < MOST_DEPTH) isObject[depth] = object;
        if (depth < names.length) names[depth] = "";
        nameNext = object;
    }

    private void close() {
        if (depth > 0) depth--;
        nameNext = false;
    }

    private boolean isObject() {
        return depth > 0 && depth < MOST_DEPTH && isObject[depth];
    }

    private boolean inArray() {
        if (depth != arrayPath.size() + 1 || isObject[depth]) return false;
        for (int i = 0; i < arrayPath.size(); i++)
            if (!isObject[i + 1] || !arrayPath.get(i).equals(names[i + 1])) return false;
        return true;
    }

    private boolean isOmitted() {
        int top = arrayPath.size() + 1;
        if (!inElement || nameNext || omitted.isEmpty() || depth != top + omitted.size()) return false;
        for (int i = 0; i < omitted.size(); i++) if (!omitted.get(i).equals(names[top + 1 + i])) return false;
        return true;
    }

    /** The rest of a string, behind its first quote. */
    private void string(boolean omit) throws IOException {
        boolean isName = nameNext && depth < names.length;
        int length = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (inElement && (!omit || b == '"')) element.add(b);
            if (b == '"') break;
            if (isName && length < MOST_NAME) name[length++] = (byte) b;
            if (b == '\\') {
                int escaped = in.read();
                if (inElement && !omit && escaped >= 0) element.add(escaped);
            }
        }
        if (isName) names[depth] = new String(name, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Bytes of the element, up to a bound. */
    private static final class ElementBytes {
        private static final int KEPT_BETWEEN = 1 << 20;

        private final int most;
        private byte[] bytes = new byte[1 << 13];
        private int length;
        private boolean tooLong;

        ElementBytes(int most) {
            this.most = most;
        }

        void clear() {
            if (bytes.length > KEPT_BETWEEN) bytes = new byte[KEPT_BETWEEN];
            length = 0;
            tooLong = false;
        }

        void add(int b) {
            if (length == most) {
                tooLong = true;
                return;
            }
            if (length == bytes.length) bytes = Arrays.copyOf(bytes, Math.min(most, 2 * bytes.length));
            bytes[length++] = (byte) b;
        }
    }
}

package io.tierdrill.recorder.csv;

import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a row.
 *
 * @param values without their quotes
 * @param starts index in the array where each begins
 */
record CsvFields(List<String> values, List<Integer> starts) {

    /** @throws Refused when a quoted field does not end */
    static CsvFields of(byte[] bytes, int from, int to, byte separator) throws Refused {
        List<String> values = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (int at = from; ; at++) {
            starts.add(at);
            int end = at < to && bytes[at] == '"' ? quotedEnd(bytes, at, to) : at;
            while (end < to && bytes[end] != separator) end++;
            values.add(value(bytes, at, end));
            at = end;
            if (at >= to) return new CsvFields(values, starts);
        }
    }

    /** Behind the closing quote; two quotes stand for one. */
    private static int quotedEnd(byte[] bytes, int from, int to) throws Refused {
        for (int at = from + 1; at < to; at++) {
            if (bytes[at] != '"') continue;
            if (at + 1 < to && bytes[at + 1] == '"') at++;
            else return at + 1;
        }
        throw new Refused(Flaw.OPEN_QUOTE, "", text(bytes, from, to));
    }

    private static String value(byte[] bytes, int from, int to) {
        String text = text(bytes, from, to).strip();
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}

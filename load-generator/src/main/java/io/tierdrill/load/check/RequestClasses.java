package io.tierdrill.load.check;

import io.tierdrill.model.trace.RequestRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Classes of requests: method and path, in which what tells one object from another is a gap. {@code GET
 * /cart/8231/items?page=2} and {@code GET /cart/17/items} are both {@code GET /cart/{n}/items}. There are at most
 * {@value #MOST}; whatever comes after them is {@code other}. Any thread.
 */
public final class RequestClasses {
    static final int MOST = 500;
    static final int OTHER = 0;

    private static final int MOST_SEGMENTS = 8;
    private static final int LONGEST_SEGMENT = 40;
    private static final int LONGEST_LINE = 300;

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> names = new ArrayList<>(List.of("other"));
    private final List<String> lines = new ArrayList<>(List.of(""));

    /** The class of the request, by number. */
    synchronized int of(RequestRecord request) {
        String name = name(request);
        Integer known = ids.get(name);
        if (known != null) return known;
        if (names.size() > MOST) {
            if (lines.get(OTHER).isEmpty()) lines.set(OTHER, line(request));
            return OTHER;
        }
        int id = names.size();
        ids.put(name, id);
        names.add(name);
        lines.add(line(request));
        return id;
    }

    synchronized String name(int id) {
        return names.get(id);
    }

    /** The first request of the class, as its request line began. */
    synchronized String line(int id) {
        return lines.get(id);
    }

    /** A request in a message, without what could garble it. */
    static String line(RequestRecord request) {
        return shown(request.method() + " " + request.path());
    }

    static String shown(String line) {
        StringBuilder shown = new StringBuilder();
        line.chars().limit(LONGEST_LINE).forEach(c -> shown.append(c < ' ' || c == 0x7f ? '?' : (char) c));
        return shown.toString();
    }

    static String name(RequestRecord request) {
        String target = request.path();
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        StringBuilder name = new StringBuilder(request.method()).append(' ');
        int segments = 0;
        for (int from = 0; from < end; ) {
            int slash = target.indexOf('/', from);
            int to = slash < 0 || slash > end ? end : slash;
            if (to > from) segment(target, from, to, name);
            if (to == end) break;
            if (++segments > MOST_SEGMENTS) return name.append("/...").toString();
            name.append('/');
            from = to + 1;
        }
        return name.toString();
    }

    /** What stands for one part of a path; an extension stays. */
    private static void segment(String path, int from, int to, StringBuilder name) {
        int dot = path.lastIndexOf('.', to - 1);
        boolean extension = dot > from && to - dot <= 6 && dot + 1 < to && isLetter(path.charAt(dot + 1));
        int end = extension ? dot : to;
        stem(path, from, end, name);
        for (int i = end; i < to; i++) name.append(plain(path.charAt(i)));
    }

    private static void stem(String path, int from, int to, StringBuilder name) {
        int length = to - from;
        int digits = 0;
        int hex = 0;
        int letters = 0;
        int dashes = 0;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            if (c >= '0' && c <= '9') digits++;
            if (isLetter(c)) letters++;
            if (c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') hex++;
            if (c == '-') dashes++;
        }
        if (digits == length) name.append("{n}");
        else if (length == 36 && dashes == 4 && hex == 32) name.append("{uuid}");
        else if (hex == length && length >= 8 && digits > 0) name.append("{hex}");
        else if (length == 21 && letters == 21 && path.startsWith("tdp", from)) name.append("{id}");
        else if (length > LONGEST_SEGMENT || length >= 16 && digits > 1 && letters > 1) name.append("{id}");
        else if (isVersion(path, from, length, digits)) name.append(path, from, to);
        else numbersLeftOut(path, from, to, name);
    }

    /** {@code v1} is the name of an interface, not a number of anything. */
    private static boolean isVersion(String path, int from, int length, int digits) {
        return path.charAt(from) == 'v' && length >= 2 && length <= 4 && digits == length - 1;
    }

    private static void numbersLeftOut(String path, int from, int to, StringBuilder name) {
        boolean inNumber = false;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit) name.append(plain(c));
            else if (!inNumber) name.append("{n}");
            inNumber = digit;
        }
    }

    private static char plain(char c) {
        return c < ' ' || c == 0x7f ? '?' : c;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}

package io.tierdrill.recorder.json;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.line.LogField;
import io.tierdrill.recorder.line.LoggedRequest.Logged;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which member of a JSON object tells what: {@code time=ts,method=req.method,path=uri}. Paths lead into objects by dots; a
 * name that itself holds dots is found too. Immutable once made.
 */
public final class Mapping {
    private static final Map<String, LogField> FIELDS = new TreeMap<>(Map.ofEntries(
            Map.entry("time", LogField.TIME_AUTO),
            Map.entry("request", LogField.REQUEST),
            Map.entry("method", LogField.METHOD),
            Map.entry("path", LogField.URI),
            Map.entry("query", LogField.QUERY),
            Map.entry("host", LogField.HOST),
            Map.entry("port", LogField.PORT),
            Map.entry("scheme", LogField.SCHEME),
            Map.entry("status", LogField.STATUS),
            Map.entry("bytes", LogField.BYTES),
            Map.entry("body", LogField.BODY_BYTES),
            Map.entry("duration", LogField.DURATION_SECONDS),
            Map.entry("client", LogField.CLIENT),
            Map.entry("clientport", LogField.CLIENT_PORT),
            Map.entry("address", LogField.CLIENT_AND_PORT),
            Map.entry("forwarded", LogField.FORWARDED_FOR),
            Map.entry("connection", LogField.CONNECTION),
            Map.entry("user", LogField.USER)));
    private static final Map<String, LogField> TIMES = Map.of(
            "s", LogField.TIME_SECONDS,
            "ms", LogField.TIME_MILLIS,
            "us", LogField.TIME_MICROS,
            "ns", LogField.TIME_NANOS,
            "iso", LogField.TIME_ISO,
            "clf", LogField.TIME_CLF);
    private static final Map<String, LogField> DURATIONS = Map.of(
            "s", LogField.DURATION_SECONDS,
            "ms", LogField.DURATION_MILLIS,
            "us", LogField.DURATION_MICROS,
            "ns", LogField.DURATION_NANOS);
    private static final String HELP =
            "Give WHAT=MEMBER, ..., for example time=ts,method=req.method,path=uri,status=code."
                    + " WHAT is one of " + String.join(", ", FIELDS.keySet())
                    + ", header.NAME, cookie.NAME, headers, logged=end.";

    private final Node root;
    private final Logged logged;

    /** A member, what it tells, and its own members. */
    static final class Node {
        private final byte[] key;
        private final List<Node> children = new ArrayList<>();
        private LogField field = LogField.IGNORED;
        private String name = "";
        private boolean headers;
        private boolean prefix;

        Node(String key) {
            this.prefix = key.endsWith("*");
            this.key = (prefix ? key.substring(0, key.length() - 1) : key).getBytes(StandardCharsets.UTF_8);
        }

        LogField field() {
            return field;
        }

        /** Of a header or cookie. */
        String name() {
            return name;
        }

        /** Whether it is an object whose members are headers. */
        boolean headers() {
            return headers;
        }

        /** Whether it stands for all members that begin so, which are headers. */
        boolean prefix() {
            return prefix;
        }

        int keyLength() {
            return key.length;
        }

        boolean hasChildren() {
            return !children.isEmpty();
        }

        /** The member of this name, or null. */
        Node child(byte[] b, int from, int to) {
            for (int i = 0; i < children.size(); i++) {
                Node child = children.get(i);
                int stop = child.prefix ? Math.min(to, from + child.key.length) : to;
                if (Arrays.equals(child.key, 0, child.key.length, b, from, stop)) return child;
            }
            return null;
        }

        private Node make(String childKey) {
            Node node = new Node(childKey);
            for (Node child : children)
                if (Arrays.equals(child.key, node.key) && child.prefix == node.prefix) return child;
            children.add(node);
            return node;
        }
    }

    private Mapping(Node root, Logged logged) {
        this.root = root;
        this.logged = logged;
    }

    /** @throws BadInputException when the text maps nothing, or too little for a request */
    public static Mapping of(String text) throws BadInputException {
        Node root = new Node("");
        Logged logged = Logged.ARRIVAL;
        List<String> mapped = new ArrayList<>();
        for (String entry : text.split(",")) {
            int equals = entry.indexOf('=');
            if (equals <= 0 || equals == entry.length() - 1) throw problem("cannot read \"" + entry.strip() + "\"");
            String what = entry.substring(0, equals).strip();
            String member = entry.substring(equals + 1).strip();
            if (what.equals("logged")) {
                if (!member.equals("end") && !member.equals("arrival"))
                    throw problem("logged is end or arrival, not \"" + member + "\"");
                logged = member.equals("end") ? Logged.END : Logged.ARRIVAL;
            } else put(root, what, member);
            mapped.add(what);
        }
        if (!mapped.contains("time")) throw problem("maps no time");
        if (!mapped.contains("path") && !mapped.contains("request")) throw problem("maps neither path nor request");
        return new Mapping(root, logged);
    }

    private static void put(Node root, String what, String member) throws BadInputException {
        int colon = member.lastIndexOf(':');
        String path = colon > 0 ? member.substring(0, colon) : member;
        String unit = colon > 0 ? member.substring(colon + 1) : "";
        Node node = root;
        for (String key : path.split("\\.")) node = node.make(key);
        Node dotted = path.contains(".") ? root.make(path) : node;
        for (Node target : List.of(node, dotted)) {
            if (what.equals("headers")) target.headers = true;
            else if (what.startsWith("header.")) name(target, LogField.HEADER, what.substring("header.".length()));
            else if (what.startsWith("cookie.")) name(target, LogField.COOKIE, what.substring("cookie.".length()));
            else target.field = field(what, unit);
        }
    }

    private static void name(Node node, LogField field, String name) throws BadInputException {
        if (name.isEmpty()) throw problem("a header or cookie has no name");
        if (!HttpWords.isToken(name)) throw problem("no header or cookie can have that name");
        node.name = name;
        node.field = field;
    }

    private static LogField field(String what, String unit) throws BadInputException {
        LogField field = FIELDS.get(what.toLowerCase(Locale.ROOT));
        if (field == null) throw problem("unknown \"" + what + "\"");
        if (unit.isEmpty()) return field;
        Map<String, LogField> units = field.isTime() ? TIMES : field.isDuration() ? DURATIONS : Map.of();
        if (!units.containsKey(unit))
            throw problem(
                    units.isEmpty()
                            ? what + " has no unit, but \"" + unit + "\" is given"
                            : "unknown unit \"" + unit + "\" of " + what + "; known: "
                                    + units.keySet().stream().sorted().collect(Collectors.joining(", ")));
        return units.get(unit);
    }

    private static BadInputException problem(String what) {
        return new BadInputException(new Problem("--map", "", what, HELP));
    }

    Node root() {
        return root;
    }

    Logged logged() {
        return logged;
    }
}

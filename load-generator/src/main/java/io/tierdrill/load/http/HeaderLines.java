package io.tierdrill.load.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Header lines as they go out. The same few thousand make up most of a trace, so those met twice of late are remembered, as
 * many as there are places; memory is bounded, and one that never comes back costs next to nothing. Belongs to one
 * thread.
 */
final class HeaderLines {
    /** Those that belong to the connection or must agree with what is really sent: ours, never the recording's. */
    static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "keep-alive",
            "proxy-connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "http2-settings");

    private static final int PLACES = 4_096;
    private static final int NAMES = 256;
    private static final int LONGEST = 1_024;

    private final Name[] names = new Name[NAMES];
    private final Line[] lines = new Line[PLACES];
    /** What was met last at a place and is not remembered. */
    private final int[] met = new int[PLACES];

    /**
     * A name and what is to be known of it.
     *
     * @param bytes with what separates it from the value
     * @param ours whether a recorded one gives way to what we say
     * @param ofUpgrade whether it does where another protocol is asked for
     */
    record Name(String text, byte[] bytes, boolean ours, boolean ofUpgrade) {}

    private record Line(String name, String value, byte[] bytes) {}

    Name name(String text) {
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 8 ^ hash >>> 16) & NAMES - 1;
        Name known = names[place];
        if (known != null && known.text.equals(text)) return known;
        String lower = text.toLowerCase(Locale.ROOT);
        byte[] bytes = Arrays.copyOf(token(text), text.length() + 2);
        bytes[text.length()] = ':';
        bytes[text.length() + 1] = ' ';
        Name name = new Name(text, bytes, lower.isEmpty() || OURS.contains(lower), Upgrade.replaces(lower));
        if (bytes.length <= LONGEST) names[place] = name;
        return name;
    }

    /** All of the line, with its end; null where it is not remembered. */
    byte[] known(Name name, String value) {
        Line known = lines[place(hash(name, value))];
        boolean same = known != null && known.value.equals(value) && known.name.equals(name.text);
        return same ? known.bytes : null;
    }

    /** A line that was not known, where it lies. */
    void met(Name name, String value, byte[] bytes, int from, int to) {
        int hash = hash(name, value);
        int place = place(hash);
        if (met[place] == hash && to - from <= LONGEST)
            lines[place] = new Line(name.text, value, Arrays.copyOfRange(bytes, from, to));
        met[place] = hash;
    }

    private static int hash(Name name, String value) {
        return name.text.hashCode() * 31 + value.hashCode();
    }

    private static int place(int hash) {
        return (hash ^ hash >>> 12 ^ hash >>> 24) & PLACES - 1;
    }

    /** Anything that cannot stand in a token becomes a dash. */
    static byte[] token(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = text.charAt(i);
            bytes[i] = (byte) (c > ' ' && c < 0x7f && c != ':' ? c : '-');
        }
        return bytes;
    }
}

package io.tierdrill.load.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Header lines as they go out. The same few thousand make up most of a trace, so those made last are remembered, as many
 * as there are places; memory is bounded. Belongs to one thread.
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
    private static final int LONGEST = 1_024;

    private final Line[] lines = new Line[PLACES];

    /**
     * A line and what is to be known of it.
     *
     * @param bytes all of it, with its end
     * @param ours whether a recorded one gives way to what we say
     * @param ofUpgrade whether it does where another protocol is asked for
     */
    record Line(String name, String value, byte[] bytes, boolean ours, boolean ofUpgrade) {}

    Line of(String name, String value) {
        int hash = name.hashCode() * 31 + value.hashCode();
        int place = (hash ^ hash >>> 12 ^ hash >>> 24) & PLACES - 1;
        Line known = lines[place];
        if (known != null && known.value.equals(value) && known.name.equals(name)) return known;
        Line line = line(name, value);
        if (line.bytes.length <= LONGEST) lines[place] = line;
        return line;
    }

    private static Line line(String name, String value) {
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(token(name), name.length() + content.length + 4);
        int at = name.length();
        bytes[at++] = ':';
        bytes[at++] = ' ';
        for (byte b : content) bytes[at++] = b >= 0 && b < ' ' && b != '\t' || b == 0x7f ? (byte) ' ' : b;
        bytes[at++] = '\r';
        bytes[at] = '\n';
        String lower = name.toLowerCase(Locale.ROOT);
        return new Line(name, value, bytes, lower.isEmpty() || OURS.contains(lower), Upgrade.replaces(lower));
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

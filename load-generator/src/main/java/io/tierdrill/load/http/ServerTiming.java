package io.tierdrill.load.http;

import java.util.HashMap;
import java.util.Map;

/**
 * What {@code Server-Timing} headers say (W3C Server Timing): {@code name;dur=MILLISECONDS, ...}. Entries without a
 * usable duration are left out; a name said twice keeps its sum, for a tier that was passed twice. Not thread-safe.
 */
public final class ServerTiming {
    private static final int MOST = 64;

    private Map<String, Long> stages = Map.of();

    public void clear() {
        stages = Map.of();
    }

    public Map<String, Long> stages() {
        return stages;
    }

    public void add(String value) {
        int start = 0;
        while (start < value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            entry(value.substring(start, end));
            start = end + 1;
        }
    }

    private void entry(String entry) {
        int semicolon = entry.indexOf(';');
        if (semicolon < 0) return;
        String name = entry.substring(0, semicolon).strip();
        for (String parameter : entry.substring(semicolon + 1).split(";")) {
            String text = parameter.strip();
            if (text.startsWith("dur=")) put(name, nanos(text.substring(4)));
        }
    }

    private void put(String name, long nanos) {
        if (name.isEmpty() || nanos < 0 || stages.size() >= MOST) return;
        if (stages.isEmpty()) stages = new HashMap<>(16);
        stages.merge(name, nanos, Long::sum);
    }

    /** Decimal milliseconds without an exponent, by hand: this runs several times per answer. Negative if unusable. */
    private static long nanos(String millis) {
        long number = 0;
        long unit = 1_000_000;
        boolean fraction = false;
        for (int i = 0; i < millis.length(); i++) {
            char c = millis.charAt(i);
            if (c == '.' && !fraction) fraction = true;
            else if (c < '0' || c > '9' || number > Long.MAX_VALUE / 100) return Long.MIN_VALUE;
            else if (fraction) number += (c - '0') * (unit /= 10);
            else number = number * 10 + (c - '0') * unit;
        }
        return millis.isEmpty() ? Long.MIN_VALUE : number;
    }
}

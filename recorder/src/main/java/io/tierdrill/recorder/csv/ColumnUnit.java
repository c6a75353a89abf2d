package io.tierdrill.recorder.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The unit in a column's name: {@code time_ms}, {@code Latency (us)}, {@code requests_per_minute}, {@code rpm}. */
final class ColumnUnit {
    private static final long SECOND = 1_000_000_000L;
    private static final Map<String, Long> LENGTHS = Map.ofEntries(
            Map.entry("s", SECOND),
            Map.entry("sec", SECOND),
            Map.entry("secs", SECOND),
            Map.entry("seconds", SECOND),
            Map.entry("ms", 1_000_000L),
            Map.entry("msec", 1_000_000L),
            Map.entry("millis", 1_000_000L),
            Map.entry("milliseconds", 1_000_000L),
            Map.entry("us", 1_000L),
            Map.entry("usec", 1_000L),
            Map.entry("micros", 1_000L),
            Map.entry("microseconds", 1_000L),
            Map.entry("ns", 1L),
            Map.entry("nanos", 1L),
            Map.entry("nanoseconds", 1L));

    private ColumnUnit() {}

    /** The name without a unit of time behind it, in small letters, without marks. */
    static String without(String name) {
        List<String> words = words(name);
        int last = words.size() - 1;
        boolean unit = last > 0 && LENGTHS.containsKey(words.get(last));
        List<String> plain = unit ? words.subList(0, last) : words;
        int per = plain.indexOf("per");
        return String.join("", per > 0 ? plain.subList(0, per) : plain);
    }

    /** Nanoseconds of the unit behind a name of a time or a duration. */
    static OptionalLong length(String name) {
        List<String> words = words(name);
        if (without(name).equals("second")) return OptionalLong.of(SECOND);
        if (without(name).equals("minute")) return OptionalLong.of(60 * SECOND);
        if (without(name).equals("hour")) return OptionalLong.of(3600 * SECOND);
        Long length = words.size() > 1 ? LENGTHS.get(words.get(words.size() - 1)) : null;
        return length == null ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** Nanoseconds that a rate of this name counts in; empty where the name says none. */
    static OptionalLong rate(String name) {
        String word = String.join("", words(name));
        if (word.matches("rps|qps|.*per(s|sec|second)")) return OptionalLong.of(SECOND);
        if (word.matches("rpm|qpm|.*per(min|minute)")) return OptionalLong.of(60 * SECOND);
        if (word.matches(".*per(h|hour)")) return OptionalLong.of(3600 * SECOND);
        return OptionalLong.empty();
    }

    private static List<String> words(String name) {
        String spaced = name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return Arrays.stream(spaced.split("[^a-z0-9]+"))
                .filter(w -> !w.isEmpty())
                .collect(Collectors.toList());
    }
}

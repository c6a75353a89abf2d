package io.tierdrill.model.config;

import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mapping of settings with the place each was written. A module's config record reads its settings from one:
 *
 * <pre>{@code
 * static L4Config from(ConfigNode node) {
 *     var config = new L4Config(
 *             node.integer("instances", 2, 1, 64),
 *             node.word("policy", "maglev", List.of("maglev")));
 *     node.finish();
 *     return config;
 * }
 * }</pre>
 *
 * A wrong value becomes a {@link Problem} and reads as its default, so that reading goes on and finds the rest; the
 * caller of the outermost reader calls {@link Problems#throwIfAny}. Belongs to one thread.
 */
public final class ConfigNode {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private final String file;
    private final String path;
    private final String where;
    private final Map<String, ConfigEntry> entries;
    private final Problems problems;
    private final List<String> known = new ArrayList<>();
    private final Map<String, String> places;

    ConfigNode(
            String file,
            String path,
            String where,
            Map<String, ConfigEntry> entries,
            Problems problems,
            Map<String, String> places) {
        this.file = file;
        this.path = path;
        this.where = where;
        this.entries = new LinkedHashMap<>(entries);
        this.problems = problems;
        this.places = places;
    }

    /** A node in which nothing is written: everything reads as its default. */
    public static ConfigNode empty(String file, Problems problems) {
        return new ConfigNode(file, "", file, Map.of(), problems, new LinkedHashMap<>());
    }

    /** Whether the key is written here. */
    public boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** Whether what is written there is a mapping of settings, for what may be written in two ways. */
    public boolean isMapping(String key) {
        known.add(key);
        return entries.get(key) instanceof ConfigEntry.Mapping;
    }

    /** The file this was read from, as the user named it. */
    public String file() {
        return file;
    }

    /** Where this mapping begins, {@code file:line:column}. */
    public String where() {
        return where;
    }

    /** Where every setting read so far in the whole document is written: its path to {@code file:line:column}. */
    public Map<String, String> places() {
        return places;
    }

    /** Adds a problem with a setting of this node that the reader found by itself, at the place it is written. */
    public void problem(String key, String what, String help) {
        String place = places.get(join(key));
        problems.add(new Problem(place == null ? where : place, join(key), what, help));
    }

    public String text(String key, String otherwise) {
        return optionalText(key).orElse(otherwise);
    }

    public Optional<String> optionalText(String key) {
        return scalar(key, "text", Optional::of);
    }

    /** A text that must be there. Where it is missing or empty, a problem is noted and the empty text is returned. */
    public String requiredText(String key) {
        if (!has(key)) problems.add(new Problem(where, join(key), "is missing", "Add '" + key + ":' here."));
        else if (isEmptyScalar(entries.get(key)))
            problems.add(new Problem(
                    entries.get(key).where(), join(key), "is empty", "Write a text behind '" + key + ":'."));
        return text(key, "");
    }

    public int integer(String key, int otherwise, int least, int most) {
        return (int) whole(key, otherwise, least, most);
    }

    public long whole(String key, long otherwise, long least, long most) {
        String allowed = "a whole number from " + least + " to " + most;
        return scalar(key, allowed, text -> parseLong(text).filter(v -> v >= least && v <= most))
                .orElse(otherwise);
    }

    public double number(String key, double otherwise, double least, double most) {
        return optionalNumber(key, least, most).orElse(otherwise);
    }

    public Optional<Double> optionalNumber(String key, double least, double most) {
        String allowed = "a number from " + plain(least) + " to " + plain(most);
        return scalar(key, allowed, text -> parseDouble(text).filter(v -> v >= least && v <= most));
    }

    public boolean flag(String key, boolean otherwise) {
        return scalar(key, "true or false", text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.<Boolean>empty();
                })
                .orElse(otherwise);
    }

    public Duration duration(String key, Duration otherwise) {
        return optionalDuration(key).orElse(otherwise);
    }

    public Optional<Duration> optionalDuration(String key) {
        return scalar(key, DurationText.ALLOWED, DurationText::parse);
    }

    /** A size in bytes: {@code 512}, {@code 4KiB}, {@code 1MiB}, {@code 1GiB}. */
    public long bytes(String key, long otherwise) {
        return scalar(key, ByteText.ALLOWED, ByteText::parse).orElse(otherwise);
    }

    /** A rate a second: {@code 300}, {@code 300/s}, {@code 1200/m}. Above zero. */
    public Optional<Double> rate(String key) {
        return scalar(key, RateText.ALLOWED, RateText::parse);
    }

    /** The same for a rate that may be zero. */
    public Optional<Double> rateOrZero(String key) {
        return scalar(key, RateText.ALLOWED_WITH_ZERO, RateText::parseOrZero);
    }

    /** One of a few words; anything else is a problem that lists them and guesses which was meant. */
    public String word(String key, String otherwise, List<String> allowed) {
        ConfigEntry entry = take(key);
        if (entry == null) return otherwise;
        if (entry instanceof ConfigEntry.Scalar s) {
            if (allowed.contains(s.text())) return s.text();
            problems.add(new Problem(
                    s.where(), join(key), "unknown value \"" + s.text() + "\"", NearestWord.help(s.text(), allowed)));
            return otherwise;
        }
        wrongShape(key, entry, "one of " + String.join(", ", allowed));
        return otherwise;
    }

    /** A nested mapping; an empty one where the key is not written. */
    public ConfigNode object(String key) {
        ConfigEntry entry = take(key);
        if (entry instanceof ConfigEntry.Mapping m) return child(key, m);
        if (entry != null && !isEmptyScalar(entry)) wrongShape(key, entry, "a mapping of settings");
        return new ConfigNode(file, join(key), entry == null ? where : entry.where(), Map.of(), problems, places);
    }

    /** A list of mappings; empty where the key is not written. */
    public List<ConfigNode> objects(String key) {
        List<ConfigNode> result = new ArrayList<>();
        int index = 0;
        for (ConfigEntry item : items(key)) {
            String name = key + "[" + index++ + "]";
            if (item instanceof ConfigEntry.Mapping m) result.add(child(name, m));
            else wrongShape(name, item, "a mapping of settings");
        }
        return result;
    }

    /** A list of texts; empty where the key is not written. */
    public List<String> texts(String key) {
        List<String> result = new ArrayList<>();
        int index = 0;
        for (ConfigEntry item : items(key)) {
            String name = key + "[" + index++ + "]";
            places.put(join(name), item.where());
            if (item instanceof ConfigEntry.Scalar s) result.add(s.text());
            else wrongShape(name, item, "text");
        }
        return result;
    }

    /** A text, or a list of texts; empty where the key is not written. */
    public List<String> oneOrMoreTexts(String key) {
        if (!(entries.get(key) instanceof ConfigEntry.Scalar)) return texts(key);
        return optionalText(key).map(List::of).orElse(List.of());
    }

    /** A mapping of texts under keys of the user's choice, in their order; empty where the key is not written. */
    public Map<String, String> textsByName(String key) {
        Map<String, String> result = new LinkedHashMap<>();
        ConfigEntry entry = take(key);
        if (entry == null) return result;
        if (!(entry instanceof ConfigEntry.Mapping mapping)) {
            wrongShape(key, entry, "a mapping of names to texts");
            return result;
        }
        mapping.entries().forEach((name, item) -> {
            String inner = key + "." + name;
            places.put(join(inner), item.keyWhere());
            if (item instanceof ConfigEntry.Scalar s) result.put(name, s.text());
            else wrongShape(inner, item, "text");
        });
        return result;
    }

    /** Reports every key that nobody asked for. Call it when all settings of this node have been read. */
    public void finish() {
        entries.forEach((key, entry) -> problems.add(
                new Problem(entry.keyWhere(), join(key), "unknown setting", NearestWord.help(key, known))));
        entries.clear();
    }

    /** Stops here if anything in the whole document was wrong so far. For whoever starts something from its settings. */
    public void throwIfAnyProblem() throws BadInputException {
        problems.throwIfAny();
    }

    private List<ConfigEntry> items(String key) {
        ConfigEntry entry = take(key);
        if (entry == null) return List.of();
        if (entry instanceof ConfigEntry.Sequence s) return s.items();
        wrongShape(key, entry, "a list");
        return List.of();
    }

    private ConfigNode child(String key, ConfigEntry.Mapping m) {
        return new ConfigNode(file, join(key), m.where(), m.entries(), problems, places);
    }

    private <T> Optional<T> scalar(String key, String allowed, Function<String, Optional<T>> parse) {
        ConfigEntry entry = take(key);
        if (entry == null) return Optional.empty();
        if (!(entry instanceof ConfigEntry.Scalar s)) {
            wrongShape(key, entry, allowed);
            return Optional.empty();
        }
        Optional<T> value = parse.apply(s.text());
        if (value.isEmpty() && isEmptyScalar(s)) wrongShape(key, s, allowed);
        else if (value.isEmpty())
            problems.add(
                    new Problem(s.where(), join(key), "cannot use \"" + s.text() + "\"", "Allowed: " + allowed + "."));
        return value;
    }

    private ConfigEntry take(String key) {
        known.add(key);
        ConfigEntry entry = entries.remove(key);
        if (entry != null) places.put(join(key), entry.keyWhere());
        return entry;
    }

    private void wrongShape(String key, ConfigEntry entry, String allowed) {
        problems.add(new Problem(entry.where(), join(key), "found " + entry.shape(), "Allowed: " + allowed + "."));
    }

    private static boolean isEmptyScalar(ConfigEntry entry) {
        return entry instanceof ConfigEntry.Scalar s && s.text().isEmpty();
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static Optional<Long> parseLong(String text) {
        try {
            return Optional.of(Long.parseLong(text.replace("_", "")));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** Decimal only: Java would also take {@code 1d}, {@code 0x1p3} and {@code NaN}. */
    private static Optional<Double> parseDouble(String text) {
        if (!DECIMAL.matcher(text).matches()) return Optional.empty();
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%s", value);
    }

    @Override
    public String toString() {
        return where + " " + path + " " + entries.keySet().stream().collect(Collectors.joining(", ", "{", "}"));
    }
}

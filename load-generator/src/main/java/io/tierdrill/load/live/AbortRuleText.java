package io.tierdrill.load.live;

import io.tierdrill.model.config.RateText;
import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads abort rules:
 *
 * <pre>
 *   rule    = measure ('&gt;' | '&lt;') limit ['for' duration]
 *   measure = [histogram '.'] quantile | 'errors' | 'rate' | 'inflight'
 * </pre>
 *
 * {@code rate} counts good answers, {@code errors} is the share of those that ended.
 */
final class AbortRuleText {
    private static final Map<String, Measure> MEASURES = measures();
    private static final Pattern RATIO = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(%?)");
    private static final Pattern COUNT = Pattern.compile("\\d{1,12}");
    private static final long SECOND = 1_000_000_000;
    private static final long LONGEST = Duration.ofHours(1).toNanos();

    private final String text;
    private int at;

    private AbortRuleText(String text) {
        this.text = text;
    }

    /**
     * The rule.
     *
     * @throws Unreadable where it is none
     */
    static AbortRule parse(String text) throws Unreadable {
        return new AbortRuleText(text).rule();
    }

    private AbortRule rule() throws Unreadable {
        Measure measure = measure();
        boolean above = sign();
        double limit = limit(measure);
        return new AbortRule(text.strip(), measure, above, limit, length());
    }

    private Measure measure() throws Unreadable {
        skipBlanks();
        int begin = at;
        String word = word(c -> Character.isLetterOrDigit(c) || c == '.');
        Measure known = MEASURES.get(word.toLowerCase(Locale.ROOT));
        if (known == null) throw wrong(begin, word, "is nothing that can be watched", "one of " + words());
        return known;
    }

    private boolean sign() throws Unreadable {
        skipBlanks();
        if (at == text.length() || text.charAt(at) != '>' && text.charAt(at) != '<')
            throw wrong(at, rest(), "stands where a comparison is due", "> or <");
        return text.charAt(at++) == '>';
    }

    private double limit(Measure measure) throws Unreadable {
        skipBlanks();
        int begin = at;
        int end = text.indexOf(" for ", at);
        at = end < 0 ? text.length() : end;
        String found = text.substring(begin, at).strip();
        OptionalDouble limit = limit(measure.unit(), found);
        if (limit.isEmpty())
            throw wrong(
                    begin,
                    found,
                    "is no limit for " + measure.word(),
                    measure.unit().allowed());
        return limit.getAsDouble();
    }

    private static OptionalDouble limit(Measure.Unit unit, String found) {
        return switch (unit) {
            case DURATION -> number(DurationText.parse(found).map(d -> (double) d.toNanos()));
            case RATE -> number(RateText.parse(found));
            case COUNT ->
                number(COUNT.matcher(found).matches() ? Optional.of(Double.parseDouble(found)) : Optional.empty());
            case SHARE -> number(share(found).filter(s -> s > 0 && s < 1));
        };
    }

    private static Optional<Double> share(String found) {
        Matcher m = RATIO.matcher(found);
        if (!m.matches()) return Optional.empty();
        return Optional.of(Double.parseDouble(m.group(1)) / (m.group(2).isEmpty() ? 1 : 100));
    }

    private long length() throws Unreadable {
        skipBlanks();
        if (at == text.length()) return SECOND;
        at += "for".length();
        skipBlanks();
        int begin = at;
        String found = rest().strip();
        Optional<Long> nanos = DurationText.parse(found).map(Duration::toNanos);
        return nanos.filter(n -> n > 0 && n % SECOND == 0 && n <= LONGEST)
                .orElseThrow(() -> wrong(begin, found, "is no time to hold for", "whole seconds from 1s to 1h"));
    }

    private String word(IntPredicate part) {
        int begin = at;
        while (at < text.length() && part.test(text.charAt(at))) at++;
        return text.substring(begin, at);
    }

    private String rest() {
        return text.substring(at);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') at++;
    }

    private Unreadable wrong(int begin, String found, String what, String allowed) {
        String subject = found.isBlank() ? "nothing" : "\"" + found.strip() + "\"";
        return new Unreadable(text, begin + 1, subject + " " + what, allowed);
    }

    private static OptionalDouble number(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    private static String words() {
        return MEASURES.keySet().stream()
                        .filter(w -> !w.contains(".") || w.equals("p99.9"))
                        .collect(Collectors.joining(", "))
                + "; service., lateness. and held. before a quantile look at those instead of the latency";
    }

    private static Map<String, Measure> measures() {
        Map<String, Measure> all = new LinkedHashMap<>();
        for (Measure.Source source : Measure.Source.values()) {
            String prefix =
                    source == Measure.Source.LATENCY ? "" : source.name().toLowerCase(Locale.ROOT) + ".";
            Stream.of("p50", "p90", "p95", "p99", "p99.9").forEach(p -> {
                double quantile = Double.parseDouble(p.substring(1)) / 100;
                all.put(prefix + p, Measure.ofHistogram(prefix + p, source, Optional.of(quantile)));
            });
            all.put(prefix + "max", Measure.ofHistogram(prefix + "max", source, Optional.of(1.0)));
            all.put(prefix + "mean", Measure.ofHistogram(prefix + "mean", source, Optional.empty()));
        }
        all.put("errors", Measure.plain("errors", Measure.Unit.SHARE));
        all.put("rate", Measure.plain("rate", Measure.Unit.RATE));
        all.put("inflight", Measure.plain("inflight", Measure.Unit.COUNT));
        return Collections.unmodifiableMap(all);
    }

    /** What was written is no rule; tells where. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final String help;

        Unreadable(String text, int column, String what, String allowed) {
            super("cannot read \"" + text + "\" at column " + column + ": " + what);
            this.help = "Allowed: " + allowed + ". A rule is such as 'p99>250ms for 10s'.";
        }

        String help() {
            return help;
        }
    }
}

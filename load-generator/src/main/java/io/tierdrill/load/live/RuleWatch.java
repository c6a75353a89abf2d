package io.tierdrill.load.live;

import io.tierdrill.load.record.Second;
import java.util.Locale;
import java.util.Optional;

/**
 * One rule and how long it has been broken without a break. Seconds with too few requests to judge are joined until
 * there are enough; then the stretch is judged as one. Belongs to one thread.
 */
final class RuleWatch {
    private final AbortRule rule;
    /** What has not been judged yet. */
    private final Stretch open = new Stretch();
    /** What has been judged broken, up to now and without a gap. */
    private final Stretch broken = new Stretch();

    RuleWatch(AbortRule rule) {
        this.rule = rule;
    }

    /** Takes the next second; tells when the rule has been broken for its time. */
    Optional<AbortWatch.Breach> over(Second second, Waiting waiting) {
        open.take(second, rule.measure());
        long waited =
                rule.measure().unit() == Measure.Unit.DURATION && rule.above() ? waiting.longerThan(rule.limit()) : 0;
        if (open.ended() + waited < rule.needed()) return Optional.empty();
        if (breaks(open, waited)) broken.join(open);
        else broken.clear();
        open.clear();
        if (broken.nanos() < rule.forNanos()) return Optional.empty();
        return Optional.of(new AbortWatch.Breach(rule.text(), found(broken, waited)));
    }

    /** A quantile is above a limit where more than its share of the requests is, those still waiting among them. */
    private boolean breaks(Stretch stretch, long waited) {
        Measure measure = rule.measure();
        if (measure.quantile().isEmpty() || !rule.above()) return rule.breaks(stretch.value(measure));
        double beyond = stretch.above(rule.limit()) + waited;
        return beyond > (1 - measure.quantile().get()) * (stretch.ended() + waited);
    }

    private String found(Stretch stretch, long waited) {
        String figures = figures(stretch);
        String open = waited == 0
                ? ""
                : String.format(
                        Locale.ROOT, ", and %,d more unanswered for longer than the limit at the end of it", waited);
        return String.format(
                Locale.ROOT,
                "%s from %.0f s to %.0f s%s",
                figures,
                stretch.startNanos() / 1e9,
                stretch.endNanos() / 1e9,
                open);
    }

    private String figures(Stretch s) {
        Measure m = rule.measure();
        String word = m.word();
        return switch (m.unit()) {
            case RATE -> String.format(Locale.ROOT, "%s %,.1f/s", word, s.value(m));
            case COUNT -> String.format(Locale.ROOT, "%s %,.0f", word, s.value(m));
            case SHARE ->
                String.format(Locale.ROOT, "%s %.2f %% (%,d of %,d)", word, 100 * s.value(m), s.errors(), s.ended());
            case DURATION ->
                s.ended() == 0
                        ? word + " unknown, no request ended"
                        : String.format(Locale.ROOT, "%s %.1f ms of %,d requests", word, s.value(m) / 1e6, s.ended());
        };
    }
}

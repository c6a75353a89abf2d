package io.tierdrill.load.live;

import io.tierdrill.load.record.Second;
import io.tierdrill.model.sample.Outcome;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Some seconds in a row, summed up for one measure. Belongs to one thread. */
final class Stretch {
    private Optional<Histogram> values = Optional.empty();
    private boolean empty = true;
    private long startNanos;
    private long endNanos;
    private long ended;
    private long errors;
    private long inFlight;

    void take(Second second, Measure measure) {
        measure.of().ifPresent(source -> add(source.in(second)));
        begin(second.startNanos());
        endNanos = second.endNanos();
        long all = 0;
        for (long count : second.outcomes()) all += count;
        ended += measure.of().isPresent() ? measure.of().get().in(second).getTotalCount() : all;
        errors += all - second.outcomes()[Outcome.OK.ordinal()];
        inFlight = second.inFlight();
    }

    void join(Stretch later) {
        later.values.ifPresent(this::add);
        begin(later.startNanos);
        endNanos = later.endNanos;
        ended += later.ended;
        errors += later.errors;
        inFlight = later.inFlight;
    }

    private void add(Histogram more) {
        if (values.isEmpty()) values = Optional.of(new Histogram(more));
        Histogram sum = values.get();
        sum.add(more);
    }

    private void begin(long nanos) {
        if (empty) startNanos = nanos;
        empty = false;
    }

    void clear() {
        values.ifPresent(Histogram::reset);
        empty = true;
        startNanos = 0;
        endNanos = 0;
        ended = 0;
        errors = 0;
    }

    long startNanos() {
        return startNanos;
    }

    long endNanos() {
        return endNanos;
    }

    long nanos() {
        return endNanos - startNanos;
    }

    long ended() {
        return ended;
    }

    long errors() {
        return errors;
    }

    /** How many are above it. */
    long above(double nanos) {
        return values.map(h -> h.getTotalCount() - h.getCountBetweenValues(0, (long) nanos))
                .orElse(0L);
    }

    /** Zero where nothing ended. */
    double value(Measure measure) {
        return switch (measure.unit()) {
            case DURATION ->
                values.filter(h -> h.getTotalCount() > 0)
                        .map(h -> measure.isMean()
                                ? h.getMean()
                                : h.getValueAtPercentile(
                                        100 * measure.quantile().orElseThrow()))
                        .orElse(0.0);
            case SHARE -> ended == 0 ? 0 : (double) errors / ended;
            case RATE -> nanos() == 0 ? 0 : (ended - errors) * 1e9 / nanos();
            case COUNT -> inFlight;
        };
    }
}

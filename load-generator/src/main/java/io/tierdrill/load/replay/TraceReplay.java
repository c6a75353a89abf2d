package io.tierdrill.load.replay;

import io.tierdrill.load.arrival.RateCurve;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.DurationText;
import io.tierdrill.model.trace.RequestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The requests of a trace, or of a mix of them, in the order they are due; {@code offsetNanos} becomes the due time.
 * How users are sampled and cloned is told in {@link PartReplay}. Not thread-safe.
 */
public final class TraceReplay implements Iterator<RequestRecord>, AutoCloseable {
    private final List<PartReplay> parts = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /**
     * Reads each trace once to survey it, then opens it to be replayed.
     *
     * @param length requests due at or after it are left out
     * @throws BadInputException where a file is foreign, empty, out of order or not HTTP, or where nothing is to be sent
     */
    public TraceReplay(ReplayConfig config, Duration length, Seeds seeds) throws IOException, BadInputException {
        Optional<RateCurve> shape = config.shape().map(s -> s.curve(length));
        List<TraceSurvey> surveys = surveys(config, seeds);
        double total = surveys.stream().mapToDouble(TraceSurvey::meanRate).sum();
        for (int i = 0; i < surveys.size(); i++) {
            MixPart part = config.parts().get(i);
            TraceSurvey survey = surveys.get(i);
            double speed = config.rate().map(rate -> rate / survey.scaledRate()).orElse(config.speed());
            UserCount count = shape.isPresent()
                    ? shaped(shape.get(), part, survey, speed)
                    : UserCount.constant(scale(config, part, survey, total));
            if (survey.dns() > 0) remarks.add(survey.dns() + " DNS questions of " + part.trace() + " are left out");
            parts.add(new PartReplay(part, i, survey, crowd(seeds, i), count, speed, config.loop(), length.toNanos()));
        }
        if (shape.isPresent()) check(shape.get(), config, length);
    }

    private static List<TraceSurvey> surveys(ReplayConfig config, Seeds seeds) throws IOException, BadInputException {
        List<TraceSurvey> surveys = new ArrayList<>();
        for (int i = 0; i < config.parts().size(); i++) {
            MixPart part = config.parts().get(i);
            Crowd crowd = crowd(seeds, i);
            double scale = part.scale() * config.scale();
            surveys.add(TraceSurvey.of(
                    part.trace(), config.window(), r -> scale == 1 ? 1 : Crowd.copies(crowd.user(r), scale)));
        }
        return surveys;
    }

    private static Crowd crowd(Seeds seeds, int part) {
        return new Crowd(seeds.child("crowd " + part));
    }

    /** A share is one of the rate that all traces have together as they were recorded. */
    private static double scale(ReplayConfig config, MixPart part, TraceSurvey survey, double total) {
        double own =
                part.share().map(share -> share * total / survey.meanRate()).orElse(part.scale());
        return own * config.scale();
    }

    private static UserCount shaped(RateCurve shape, MixPart part, TraceSurvey survey, double speed) {
        long period = survey.periodNanos();
        OwnRate own = OwnRate.of(survey.grid(), period, survey.requests(), Math.round(5e9 * speed));
        return new ShapedCount(shape, part.share().orElse(1.0), own, period, speed);
    }

    private void check(RateCurve shape, ReplayConfig config, Duration length) throws BadInputException {
        long planned = plannedNanos();
        if (shape.expectedBy(planned) <= 0) {
            close();
            throw new BadInputException(new Problem(
                    "load.shape",
                    "",
                    "asks for no request within the run's " + DurationText.format(Duration.ofNanos(planned)),
                    "Make the run longer, or begin the shape earlier."));
        }
        Duration end = config.shape().orElseThrow().end().orElse(Duration.ZERO);
        Duration wanted = end.compareTo(length) < 0 ? end : length;
        if (wanted.toNanos() > planned)
            remarks.add("the shape takes " + DurationText.format(wanted) + ", the trace ends after "
                    + String.format(Locale.ROOT, "%.3f", planned / 1e9) + " s; 'loop' begins it again");
    }

    /** The length asked for, or that of the longest trace where it ends before and does not loop. */
    public long plannedNanos() {
        return parts.stream().mapToLong(PartReplay::plannedNanos).max().orElseThrow();
    }

    /** What was left out and why, for people. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public boolean hasNext() {
        return earliest().due() < Long.MAX_VALUE;
    }

    @Override
    public RequestRecord next() {
        PartReplay part = earliest();
        if (part.due() == Long.MAX_VALUE) throw new NoSuchElementException();
        return part.next();
    }

    /** How many requests are held in memory, for tests. */
    int alive() {
        return parts.stream().mapToInt(PartReplay::alive).sum();
    }

    @Override
    public void close() {
        parts.forEach(PartReplay::close);
    }

    private PartReplay earliest() {
        PartReplay earliest = parts.get(0);
        for (int i = 1; i < parts.size(); i++) if (parts.get(i).due() < earliest.due()) earliest = parts.get(i);
        return earliest;
    }
}

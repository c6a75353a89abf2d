package io.tierdrill.load.replay;

import io.tierdrill.load.arrival.RateCurve;
import io.tierdrill.load.prepare.Reuse;
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
import java.util.function.Predicate;

/**
 * The requests of a trace, or of a mix of them, in the order they are due; {@code offsetNanos} becomes the due time.
 * How users are sampled and cloned is told in {@link PartReplay}. Not thread-safe.
 */
public final class TraceReplay implements Iterator<RequestRecord>, AutoCloseable {
    private final List<PartReplay> parts = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<Problem> faults = new ArrayList<>();
    private Reuse reuse = Reuse.UNKNOWN;

    /** Where nobody wants to know of connections, or of hosts. */
    public TraceReplay(ReplayConfig config, Duration length, Seeds seeds) throws IOException, BadInputException {
        this(config, length, false, request -> true, seeds);
    }

    /**
     * Reads each trace once to survey it, then opens it to be replayed.
     *
     * @param length requests due at or after it are left out
     * @param tellsReuse whether {@link #reuse} is asked for, which takes another reading of each trace
     * @param named whether it is known what host a request is for
     * @throws BadInputException where a file is foreign, empty, out of order or not HTTP, or where nothing is to be sent
     */
    public TraceReplay(
            ReplayConfig config, Duration length, boolean tellsReuse, Predicate<RequestRecord> named, Seeds seeds)
            throws IOException, BadInputException {
        Optional<RateCurve> shape = config.shape().map(s -> s.curve(length));
        List<TraceSurvey> surveys = surveys(config, named);
        double total = surveys.stream().mapToDouble(TraceSurvey::meanRate).sum();
        for (int i = 0; i < surveys.size(); i++) {
            MixPart part = config.parts().get(i);
            TraceSurvey survey = surveys.get(i);
            Crowd crowd = new Crowd(seeds.child("crowd " + i), survey.heavy());
            double speed = speed(config, part, survey, crowd);
            UserCount count = shape.isPresent()
                    ? shaped(shape.get(), part, survey, speed)
                    : UserCount.constant(scale(config, part, survey, total));
            if (survey.messages().leftOut() > 0)
                remarks.add(survey.messages().leftOut() + " messages on WebSockets of " + part.trace()
                        + " are left out: they do not fit into memory");
            if (survey.nameless() > 0) faults.add(nameless(part, survey));
            if (survey.dns() > 0) remarks.add(survey.dns() + " DNS questions of " + part.trace() + " are left out");
            parts.add(
                    new PartReplay(part, i, survey, crowd, count, speed, config.loop(), tellsReuse, length.toNanos()));
        }
        if (shape.isPresent()) check(shape.get(), config, length);
        else if (!hasNext()) throw nobody(config);
    }

    private BadInputException nobody(ReplayConfig config) {
        close();
        return new BadInputException(new Problem(
                "load.scale",
                "",
                config.scale() + " of the users are none of them",
                "Take a greater share, or another seed."));
    }

    private static List<TraceSurvey> surveys(ReplayConfig config, Predicate<RequestRecord> named)
            throws IOException, BadInputException {
        List<TraceSurvey> surveys = new ArrayList<>();
        for (MixPart part : config.parts()) surveys.add(TraceSurvey.of(part.trace(), config.window(), named));
        return surveys;
    }

    /** Trace time over time of the run. Who is there at a broken scale is known before, so a rate is met exactly. */
    private static double speed(ReplayConfig config, MixPart part, TraceSurvey survey, Crowd crowd)
            throws IOException, BadInputException {
        if (config.rate().isEmpty()) return config.speed();
        long requests = survey.requests();
        double scale = config.scale() * part.scale();
        if (scale != 1) requests = survey.scaled(part.trace(), crowd, scale);
        return config.rate().get() * survey.periodNanos() / 1e9 / requests;
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

    /** Whether something is to be said on WebSockets. */
    public boolean hasMessages() {
        return parts.stream().anyMatch(PartReplay::hasMessages);
    }

    /** Requests in the busiest second: at most so many, for the parts of a mix may be busiest at different times. */
    public double busiestPerSecond() {
        return parts.stream().mapToDouble(PartReplay::busiestPerSecond).sum();
    }

    /** The target would take its own host for theirs and answer with a page that nobody had asked for. */
    private static Problem nameless(MixPart part, TraceSurvey survey) {
        boolean all = survey.nameless() == survey.requests();
        String some = String.format(Locale.ROOT, " (%,d of %,d do not)", survey.nameless(), survey.requests());
        return new Problem(
                part.trace().toString(),
                "",
                "request " + survey.firstNameless() + " names no host" + (all ? ", nor does any other" : some),
                all
                        ? "Say which it is: '--host NAME', in a scenario 'rewrite: [{host: NAME}]'."
                        : "Say which it is, for these alone: 'rewrite: [{hosts: {\"\": NAME}}]' in a file for '--rules', or in"
                                + " a scenario.");
    }

    /** What must be mended before this may be sent. */
    public List<Problem> faults() {
        return List.copyOf(faults);
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
        RequestRecord next = part.next();
        reuse = part.reuse();
        return next;
    }

    /** Whether the connection of the request given last is used again. */
    public Reuse reuse() {
        return reuse;
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

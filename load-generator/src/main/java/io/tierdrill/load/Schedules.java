package io.tierdrill.load;

import io.tierdrill.load.pattern.PatternConfig;
import io.tierdrill.load.pattern.PatternRequests;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.replay.TraceReplay;
import io.tierdrill.load.rules.NamedHosts;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.DurationText;
import io.tierdrill.model.trace.RequestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/** Makes schedules out of settings. Stateless. */
public final class Schedules {
    private Schedules() {}

    /**
     * The schedule of a trace or a pattern.
     *
     * @param length of the whole run, warm-up included; requests due at or after it are left out. A trace that is
     *     shorter and not looped ends the schedule earlier
     * @throws BadInputException where the trace is missing, foreign, empty or cannot be sent
     */
    public static Schedule of(LoadConfig config, Duration length, Seeds seeds) throws IOException, BadInputException {
        Schedule schedule = toLookAt(config, length, seeds);
        if (schedule.faults().isEmpty()) return schedule;
        schedule.close();
        throw new BadInputException(schedule.faults());
    }

    /** The same for whoever sends nothing: with its {@link Schedule#faults}. */
    public static Schedule toLookAt(LoadConfig config, Duration length, Seeds seeds)
            throws IOException, BadInputException {
        if (length.isNegative() || length.isZero())
            throw new IllegalArgumentException("length must be above 0, was " + length);
        Seeds own = seeds.child("load");
        if (config.pattern().isPresent()) return pattern(config.pattern().get(), length, own);
        boolean recorded = config.injector().layout().mode() == Layout.Mode.RECORDED;
        var named = new NamedHosts(config.rules());
        return new Traced(new TraceReplay(config.replay().orElseThrow(), length, recorded, named, own));
    }

    private static Schedule pattern(PatternConfig pattern, Duration length, Seeds seeds) throws BadInputException {
        if (pattern.curve(length).expectedBy(length.toNanos()) <= 0)
            throw new BadInputException(new Problem(
                    "load.shape",
                    "",
                    "asks for no request within the run's " + DurationText.format(length),
                    "Make the run longer, or begin the shape earlier."));
        return new Patterned(
                new PatternRequests(pattern, length, seeds),
                length.toNanos(),
                pattern.curve(length).highestBetween(0, length.toNanos()));
    }

    /** The offset of a request is its due time. */
    private record Patterned(Iterator<RequestRecord> source, long plannedNanos, double busiest) implements Schedule {
        @Override
        public OptionalDouble busiestPerSecond() {
            return OptionalDouble.of(busiest);
        }

        @Override
        public boolean hasNext() {
            return source.hasNext();
        }

        @Override
        public ScheduledRequest next() {
            RequestRecord request = source.next();
            return new ScheduledRequest(request.offsetNanos(), request);
        }

        @Override
        public void close() {}
    }

    /** The same of a trace, or several. */
    private record Traced(TraceReplay replay) implements Schedule {
        @Override
        public boolean hasNext() {
            return replay.hasNext();
        }

        @Override
        public ScheduledRequest next() {
            RequestRecord request = replay.next();
            return new ScheduledRequest(request.offsetNanos(), request, replay.reuse());
        }

        @Override
        public long plannedNanos() {
            return replay.plannedNanos();
        }

        @Override
        public OptionalDouble busiestPerSecond() {
            return OptionalDouble.of(replay.busiestPerSecond());
        }

        @Override
        public boolean hasMessages() {
            return replay.hasMessages();
        }

        @Override
        public List<String> remarks() {
            return replay.remarks();
        }

        @Override
        public List<Problem> faults() {
            return replay.faults();
        }

        @Override
        public void close() {
            replay.close();
        }
    }
}

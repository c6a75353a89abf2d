package io.tierdrill.load.replay;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What must be known of a whole trace before its first request can be placed; one pass, constant memory.
 *
 * @param firstNanos offset of the first request
 * @param spanNanos from the first request to the last
 * @param requests recorded
 * @param scaled requests with those of the clones
 */
record TraceSurvey(long firstNanos, long spanNanos, long requests, long scaled) {
    private static final long SECOND = 1_000_000_000;

    static TraceSurvey of(Path trace, Clones clones) throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(trace)) {
            long first = 0;
            long last = 0;
            long requests = 0;
            long scaled = 0;
            while (reader.hasNext()) {
                RequestRecord r = reader.next();
                if (requests == 0) first = last = r.offsetNanos();
                check(trace, r, requests + 1, last);
                last = r.offsetNanos();
                requests++;
                scaled += clones.of(r.client());
            }
            if (requests == 0) throw bad(trace, "holds no requests", "Record or import some into it first.");
            return new TraceSurvey(first, last - first, requests, scaled);
        }
    }

    private static void check(Path trace, RequestRecord r, long number, long last) throws BadInputException {
        if (r.offsetNanos() < last)
            throw bad(
                    trace,
                    "request " + number + " is " + (last - r.offsetNanos()) + " ns earlier than the one before it",
                    "Requests must stand in the order of their arrival; import the source again, which sorts it.");
        if (r.scheme().equals("dns"))
            throw bad(
                    trace,
                    "request " + number + " is a DNS question, for " + r.path(),
                    "The injector sends HTTP; its own lookups load the DNS tier.");
    }

    private static BadInputException bad(Path trace, String what, String help) {
        return new BadInputException(new Problem(trace.toString(), "", what, help));
    }

    /**
     * How long the trace stands for: its span and one mean gap more, so that a loop does not close up on itself. A
     * second where there is but one instant.
     */
    long periodNanos() {
        if (spanNanos == 0) return SECOND;
        return spanNanos + Math.max(1, spanNanos / (requests - 1));
    }

    /** Requests a second as recorded, with the clones. */
    double meanRate() {
        return scaled * 1e9 / periodNanos();
    }
}

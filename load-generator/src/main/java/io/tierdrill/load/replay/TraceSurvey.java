package io.tierdrill.load.replay;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.time.DurationText;
import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TraceEntry;
import io.tierdrill.model.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What must be known of a whole trace before its first request can be placed; one pass, constant memory.
 *
 * @param firstNanos offset that becomes zero: of the first request, or the window's beginning
 * @param endNanos offset before which a request counts
 * @param periodNanos how long the trace stands for: until the window's end, or one mean gap after the last request, so
 *     that a loop does not close up on itself; a second where there is but one instant
 * @param requests recorded within it
 * @param dns questions left out
 * @param grid when they arrive, from {@code firstNanos} on
 * @param heavy users who are sampled by request
 * @param messages on WebSockets
 * @param nameless of the requests, those of which nobody says what host they are for
 * @param firstNameless which of the trace's requests is the first of them, counted from 1; 0 where there is none
 */
record TraceSurvey(
        long firstNanos,
        long endNanos,
        long periodNanos,
        long requests,
        long dns,
        CountGrid grid,
        Set<String> heavy,
        MessageScripts messages,
        long nameless,
        long firstNameless) {
    private static final long SECOND = 1_000_000_000;

    static TraceSurvey of(Path trace, Optional<Window> window) throws IOException, BadInputException {
        return of(trace, window, request -> true);
    }

    /** @param named whether it is known what host a request is for */
    static TraceSurvey of(Path trace, Optional<Window> window, Predicate<RequestRecord> named)
            throws IOException, BadInputException {
        try (TraceReader reader = TraceReader.open(trace)) {
            return new Pass(trace, window, reader, named).survey();
        }
    }

    long meanGap() {
        return Math.max(1, periodNanos / requests);
    }

    /** Requests a second as recorded. */
    double meanRate() {
        return requests * 1e9 / periodNanos;
    }

    /** How many requests they are with the copies; another pass. At least one, so that a rate can be met. */
    long scaled(Path trace, Crowd crowd, double scale) throws IOException, BadInputException {
        long scaled = 0;
        try (TraceReader reader = TraceReader.open(trace)) {
            while (reader.hasNext()) {
                RequestRecord r = reader.next();
                if (holds(r)) scaled += crowd.draw(r).copies(scale);
            }
        }
        return Math.max(1, scaled);
    }

    /** Whether the request is one of those surveyed. */
    boolean holds(RequestRecord r) {
        return r.offsetNanos() >= firstNanos
                && r.offsetNanos() < endNanos
                && !r.scheme().equals("dns");
    }

    /** One reading of one trace. */
    private static final class Pass {
        private final Path trace;
        private final Optional<Window> window;
        private final TraceReader reader;
        private final Predicate<RequestRecord> named;
        private final HeavyUsers heavy = new HeavyUsers();
        private final CountGrid grid = new CountGrid();
        private final MessageScripts.Builder messages = new MessageScripts.Builder(MessageScripts.Builder.MOST_BYTES);
        private final long from;
        private final long to;
        private long first;
        private long last;
        private long lastMessage;
        private long end;
        private long requests;
        private long dns;
        private long nameless;
        private long firstNameless;

        Pass(Path trace, Optional<Window> window, TraceReader reader, Predicate<RequestRecord> named) {
            this.trace = trace;
            this.window = window;
            this.reader = reader;
            this.named = named;
            from = window.map(w -> w.fromNanos(reader.header().start())).orElse(0L);
            to = window.map(w -> w.toNanos(reader.header().start())).orElse(Long.MAX_VALUE);
        }

        TraceSurvey survey() throws BadInputException {
            long number = 0;
            while (reader.hasNextEntry()) {
                TraceEntry entry = reader.nextEntry();
                if (entry instanceof MessageRecord message) {
                    add(message);
                    continue;
                }
                RequestRecord r = (RequestRecord) entry;
                check(r, ++number);
                end = r.offsetNanos();
                if (r.offsetNanos() < from || r.offsetNanos() >= to) continue;
                if (r.scheme().equals("dns")) dns++;
                else add(r, number);
            }
            if (requests == 0) throw nothing(number);
            return new TraceSurvey(
                    first, to, period(), requests, dns, grid, heavy.found(), messages.build(), nameless, firstNameless);
        }

        private void check(RequestRecord r, long number) throws BadInputException {
            if (r.offsetNanos() < end)
                throw bad(
                        "request " + number + " is " + (end - r.offsetNanos()) + " ns earlier than the one before it",
                        "Requests must stand in the order of their arrival; import the source again, which sorts it.");
        }

        private void add(RequestRecord r, long number) {
            if (requests++ == 0) first = window.isPresent() ? from : r.offsetNanos();
            last = r.offsetNanos();
            grid.add(last - first);
            heavy.add(Crowd.name(r));
            if (!named.test(r) && nameless++ == 0) firstNameless = number;
        }

        /** What was said on a WebSocket from before the window belongs to no request in it. */
        private void add(MessageRecord message) {
            if (requests == 0 || message.offsetNanos() >= to) return;
            messages.add(message);
            lastMessage = Math.max(lastMessage, message.offsetNanos());
        }

        private long period() {
            long span = last - first;
            if (window.isPresent() && to <= Math.max(end, lastMessage)) return to - first;
            long requested = span == 0 ? SECOND : span + Math.max(1, span / Math.max(1, requests - 1));
            return Math.max(requested, lastMessage - first + 1);
        }

        private BadInputException nothing(long number) {
            if (dns > 0)
                return bad(
                        "holds DNS questions alone (" + dns + "), and no HTTP request",
                        "The injector sends HTTP; its own lookups load the DNS tier.");
            if (number == 0) return bad("holds no requests", "Record or import some into it first.");
            return bad(
                    "holds no request in the window " + window.orElseThrow(),
                    "The trace starts at " + reader.header().start() + " and its last request is "
                            + DurationText.format(Duration.ofMillis(end / 1_000_000)) + " later.");
        }

        private BadInputException bad(String what, String help) {
            return new BadInputException(new Problem(trace.toString(), "", what, help));
        }
    }
}

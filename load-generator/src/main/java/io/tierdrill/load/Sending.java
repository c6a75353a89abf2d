package io.tierdrill.load;

import io.tierdrill.load.loop.Sender;
import io.tierdrill.load.prepare.Ahead;
import io.tierdrill.load.prepare.Upcoming;
import io.tierdrill.load.record.RunRecord;
import io.tierdrill.load.record.Totals;
import io.tierdrill.load.record.Validity;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The loop of one run. Belongs to the injector's thread, but for {@link #stop}.
 *
 * @param <R> a request as its sender takes it
 */
final class Sending<R> {
    /** Requests sent between two looks at the network when many are overdue. */
    private static final int BURST = 32;

    private static final long LONGEST_TURN = 1_000_000_000;
    /** Looks so often for requests that are not prepared yet. */
    private static final long STARVED_TURN = 100_000;

    private final InjectorConfig config;
    private final NanoClock clock;
    private final Ahead ahead;
    private final Upcoming<R> upcoming;
    private final Sender<R> sender;
    private final RunRecord record;
    private final String transport;
    private final Pacer pacer;
    private final OwnCost cost = new OwnCost();
    private final long warmupNanos;
    private boolean there;
    private long offered;
    /** When the first measured request went: later than planned where warm-up took longer than planned. */
    private long firstSend;

    private volatile boolean stopping;

    /** @param transport what moves the bytes, for people */
    Sending(
            InjectorConfig config,
            NanoClock clock,
            Ahead ahead,
            Upcoming<R> upcoming,
            Sender<R> sender,
            RunRecord record,
            String transport,
            long warmupNanos) {
        this.config = config;
        this.clock = clock;
        this.ahead = ahead;
        this.upcoming = upcoming;
        this.sender = sender;
        this.record = record;
        this.transport = transport;
        this.warmupNanos = warmupNanos;
        this.pacer = new Pacer(config.pacing(), sender, clock);
    }

    void stop() {
        stopping = true;
        sender.wakeUp();
    }

    Injection run(long plannedNanos) throws IOException, InterruptedException {
        beginCost();
        var processor = new ProcessorWait();
        sendAll();
        long lastSend = clock.nanos();
        double cpuSeconds = cost.processSeconds(ahead.cpuNanos());
        double busy = cost.busyShare(pacer.polledNanos());
        double waited = processor.share();
        boolean cutShort = stopping && there;
        // All that was due until then was sent: a late injector has not come as far as the clock.
        long reached = cutShort ? Math.min(lastSend, due()) : Long.MAX_VALUE;
        long measured = Math.min(plannedNanos - warmupNanos, reached);
        drain();
        return result(record.finish(clock.nanos()), Math.max(1, measured), busy, waited, cpuSeconds);
    }

    /** What warm-up cost is not counted. */
    private void beginMeasured(long now) {
        firstSend = now;
        beginCost();
    }

    private void beginCost() {
        cost.begin(pacer.polledNanos(), ahead.cpuNanos());
    }

    /** Until nothing more is to be sent. */
    private void sendAll() throws InterruptedException {
        there = upcoming.next();
        while (!stopping && (there || isMoreToCome())) {
            if (Thread.interrupted()) throw new InterruptedException("the run was interrupted");
            long now = clock.nanos();
            sender.expire(now); // First, so that no request goes out on a connection whose time is over.
            now = burst(now);
            turn(now, nextSend(now));
        }
    }

    private boolean isMoreToCome() {
        if (upcoming.ended()) return false;
        there = upcoming.next();
        return true;
    }

    /** Sends what is due, a bounded number of them. Returns the time. */
    private long burst(long from) {
        long now = from;
        for (int i = 0; i < BURST && there && due() <= now && sender.ready(); i++) {
            send(now);
            now = clock.nanos();
        }
        return now;
    }

    private long nextSend(long now) {
        if (!there) return now + STARVED_TURN;
        return sender.ready() ? due() : Long.MAX_VALUE;
    }

    private long due() {
        return upcoming.dueNanos() - warmupNanos;
    }

    private void send(long now) {
        long due = due();
        if (due >= 0 && offered++ == 0) beginMeasured(now);
        record.sent(due, now - sender.heldNanos(due, now));
        sender.send(upcoming.request(), due, now);
        there = upcoming.next();
    }

    /** Every message is sent that was to be, and every request that was sent is answered, fails or times out: also when the run is stopped, or the slow are lost. */
    private void drain() {
        while (sender.inFlight() > 0 || !stopping && sender.isTalking()) {
            long now = clock.nanos();
            sender.expire(now);
            turn(now, now + LONGEST_TURN);
        }
    }

    private void tick(long now) {
        record.connections(sender.opened());
        record.tick(now);
    }

    private void turn(long now, long until) {
        if (now >= record.nextTickNanos()) tick(now);
        pacer.turn(now, Math.min(until, Math.min(sender.nextDeadlineNanos(), record.nextTickNanos())));
    }

    private Injection result(
            Totals totals, long measuredNanos, double busyShare, double waitedShare, double cpuSeconds) {
        Map<String, Long> ownLimits = new TreeMap<>();
        sender.ownLimits().forEach((limit, count) -> ownLimits.put(limit.words(), count));
        List<String> reasons =
                Validity.reasons(config.limits(), totals, offered, measuredNanos, ownLimits, busyShare, waitedShare);
        double took = Math.max(measuredNanos, totals.lastDoneNanos() - firstSend) / 1e9;
        return new Injection(
                totals.requests(),
                totals.responses(),
                totals.errors(),
                offered * 1e9 / measuredNanos,
                totals.responses() / took,
                totals.stretch(),
                measuredNanos / 1e9,
                Totals.quantiles(totals.latency()),
                Totals.quantiles(totals.service()),
                Totals.quantiles(totals.lateness()),
                held(totals),
                reasons.isEmpty() ? "VALID" : "INVALID",
                reasons,
                Optional.empty(),
                transport,
                new Injection.Generator(
                        cpuSeconds,
                        ahead.cpuNanos() / 1e9,
                        OwnCost.rssBytes(),
                        Runtime.getRuntime().availableProcessors(),
                        sender.opened(),
                        sender.peak()),
                sender.events(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Injection.Quantiles> held(Totals totals) {
        if (totals.held().getTotalCount() == 0) return Optional.empty();
        return Optional.of(Totals.quantiles(totals.held()));
    }
}

package io.tierdrill.load;

import io.tierdrill.load.dns.Addresses;
import io.tierdrill.load.http.RequestEncoder;
import io.tierdrill.load.loop.Sender;
import io.tierdrill.load.record.RunRecord;
import io.tierdrill.load.record.Totals;
import io.tierdrill.load.record.Validity;
import io.tierdrill.load.wire.Dialer;
import io.tierdrill.load.wire.HttpSender;
import io.tierdrill.load.wire.WireLimits;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The loop of one run. Belongs to the injector's thread, but for {@link #stop}. */
final class Sending {
    /** Requests sent between two looks at the network when many are overdue. */
    private static final int BURST = 64;

    private static final long LONGEST_TURN = 1_000_000_000;

    private final InjectorConfig config;
    private final NanoClock clock;
    private final Prefetch prefetch;
    private final RunRecord record;
    private final Sender<RequestRecord> sender;
    private final Pacer pacer;
    private final OwnCost cost = new OwnCost();
    private final long warmupNanos;
    private Optional<ScheduledRequest> upcoming;
    private long offered;
    private volatile boolean stopping;

    Sending(
            InjectorConfig config,
            NanoClock clock,
            Consumer<RequestSample> samples,
            Dialer dialer,
            Prefetch prefetch,
            RunRecord record,
            Addresses addresses,
            Target target,
            Optional<Conversation> talk,
            long warmupNanos)
            throws InterruptedException {
        this.config = config;
        this.clock = clock;
        this.prefetch = prefetch;
        this.record = record;
        this.warmupNanos = warmupNanos;
        this.upcoming = prefetch.next();
        var limits = new WireLimits(
                config.layout(),
                config.maxConnections(),
                config.idleTimeout().toNanos(),
                config.timeout().toNanos());
        var encoder = new RequestEncoder(target.toString(), config.identity());
        this.sender = Conversation.around(
                talk,
                new HttpSender(
                        config.wire(),
                        limits,
                        dialer,
                        clock,
                        addresses,
                        encoder,
                        Conversation.dialogue(talk),
                        (s, held) -> {
                            if (talk.isPresent() && talk.get().swallowsSample()) return;
                            record.ended(
                                    s.dueNanos(),
                                    s.sentNanos() + held,
                                    held,
                                    s.doneNanos(),
                                    s.outcome(),
                                    s.status(),
                                    s.responseBytes());
                            samples.accept(s);
                        }));
        this.pacer = new Pacer(config.pacing(), sender, clock);
    }

    void stop() {
        stopping = true;
        sender.wakeUp();
    }

    Injection run(long plannedNanos) throws IOException, InterruptedException {
        cost.begin(pacer.polledNanos());
        try {
            sendAll();
            long lastSend = clock.nanos();
            double cpuSeconds = cost.processSeconds();
            double busy = cost.busyShare(pacer.polledNanos());
            boolean cutShort = stopping && upcoming.isPresent();
            long measured = cutShort ? Math.min(plannedNanos - warmupNanos, lastSend) : plannedNanos - warmupNanos;
            drain();
            return result(record.finish(clock.nanos()), Math.max(1, measured), busy, cpuSeconds);
        } finally {
            sender.close();
        }
    }

    /** Until nothing more is to be sent. */
    private void sendAll() throws InterruptedException {
        while (upcoming.isPresent() && !stopping) {
            if (Thread.interrupted()) throw new InterruptedException("the run was interrupted");
            long now = clock.nanos();
            sender.expire(now); // First, so that no request goes out on a connection whose time is over.
            for (int i = 0; i < BURST && upcoming.isPresent() && due() <= now && sender.ready(); i++) {
                send(now);
                now = clock.nanos();
            }
            turn(now, nextSend(now));
        }
    }

    private long nextSend(long now) {
        if (upcoming.isEmpty()) return now;
        return sender.ready() ? due() : Long.MAX_VALUE;
    }

    private long due() {
        return upcoming.orElseThrow().dueNanos() - warmupNanos;
    }

    private void send(long now) throws InterruptedException {
        long due = due();
        if (due >= 0 && offered++ == 0) cost.begin(pacer.polledNanos()); // What warm-up cost is not counted.
        record.sent(due, now - sender.heldNanos(due, now));
        sender.send(upcoming.orElseThrow().request(), due, now);
        upcoming = prefetch.next();
    }

    /** Every request that was sent is answered, fails or times out: also when the run is stopped, or the slow are lost. */
    private void drain() {
        while (sender.inFlight() > 0) {
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

    private Injection result(Totals totals, long measuredNanos, double busyShare, double cpuSeconds) {
        Map<String, Long> ownLimits = new TreeMap<>();
        sender.ownLimits().forEach((limit, count) -> ownLimits.put(limit.words(), count));
        List<String> reasons = Validity.reasons(config.limits(), totals, offered, measuredNanos, ownLimits, busyShare);
        double took = Math.max(measuredNanos, totals.lastDoneNanos()) / 1e9;
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
                sender.transport(),
                new Injection.Generator(
                        cpuSeconds,
                        0,
                        OwnCost.rssBytes(),
                        Runtime.getRuntime().availableProcessors(),
                        sender.opened(),
                        sender.peak()),
                sender.events());
    }

    private static Optional<Injection.Quantiles> held(Totals totals) {
        if (totals.held().getTotalCount() == 0) return Optional.empty();
        return Optional.of(Totals.quantiles(totals.held()));
    }
}

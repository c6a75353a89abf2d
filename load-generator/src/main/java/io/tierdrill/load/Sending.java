package io.tierdrill.load;

import io.tierdrill.load.loop.Sender;
import io.tierdrill.load.prepare.Ahead;
import io.tierdrill.load.prepare.Upcoming;
import io.tierdrill.load.record.LoopRecord;
import io.tierdrill.model.time.NanoClock;

/**
 * A sending loop of one run. Belongs to its own thread, but for {@link #stop} and {@link #abandon}.
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
    private final LoopRecord record;
    private final Pacer pacer;
    private final OwnCost cost = new OwnCost();
    private final long warmupNanos;
    private boolean there;
    private long offered;
    /** When the first measured request went: later than planned where warm-up took longer than planned. */
    private long firstSend;

    private volatile boolean stopping;
    private volatile boolean abandoned;

    Sending(
            InjectorConfig config,
            NanoClock clock,
            Ahead ahead,
            Upcoming<R> upcoming,
            Sender<R> sender,
            LoopRecord record,
            long warmupNanos) {
        this.config = config;
        this.clock = clock;
        this.ahead = ahead;
        this.upcoming = upcoming;
        this.sender = sender;
        this.record = record;
        this.warmupNanos = warmupNanos;
        this.pacer = new Pacer(config.pacing(), sender, clock);
    }

    void stop() {
        stopping = true;
        sender.wakeUp();
    }

    /** The run is broken elsewhere: nothing more is sent, and nothing waited for. */
    void abandon() {
        abandoned = true;
        stop();
    }

    String transport() {
        return sender.transport();
    }

    LoopRun run() throws InterruptedException {
        beginCost();
        var processor = new ProcessorWait();
        sendAll();
        long lastSend = clock.nanos();
        OwnCost.Window window = cost.window(ahead.cpuNanos());
        double busy = cost.busyShare(pacer.polledNanos());
        double waited = processor.share();
        boolean cutShort = stopping && there;
        // All that was due until then was sent: a late injector has not come as far as the clock.
        long reached = cutShort ? Math.min(lastSend, due()) : Long.MAX_VALUE;
        drain();
        record.finish(clock.nanos());
        return new LoopRun(
                offered,
                firstSend,
                reached,
                window,
                busy,
                waited,
                sender.opened(),
                sender.peak(),
                sender.ownLimits(),
                sender.events(),
                sender.messageLateness());
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

    /**
     * Every message is sent that was to be, and every request that was sent is answered, fails or times out: also when the
     * run is stopped, or the slow are lost.
     */
    private void drain() {
        while (!abandoned && (sender.inFlight() > 0 || !stopping && sender.isTalking())) {
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
}

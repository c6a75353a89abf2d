package io.tierdrill.load;

import io.tierdrill.load.loop.OwnLimit;
import io.tierdrill.load.loop.Sender;
import io.tierdrill.load.prepare.Planned;
import io.tierdrill.load.rules.LoginGate;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * A sender that logs users in before their first request. What waits for a login is under way, as the login is. With a
 * login before it, a connection is no longer the recorded one, and nobody knows when it ends.
 */
record GatedSender(Sender<Planned> sender, LoginGate gate) implements Sender<Planned> {
    @Override
    public boolean ready() {
        return sender.ready();
    }

    @Override
    public long heldNanos(long dueNanos, long nowNanos) {
        return sender.heldNanos(dueNanos, nowNanos);
    }

    @Override
    public void send(Planned planned, long dueNanos, long nowNanos) {
        gate.send(planned.request(), dueNanos, nowNanos);
    }

    @Override
    public int poll() {
        return sender.poll();
    }

    @Override
    public int await(long nanos) {
        return sender.await(nanos);
    }

    @Override
    public void wakeUp() {
        sender.wakeUp();
    }

    @Override
    public void expire(long nowNanos) {
        sender.expire(nowNanos);
    }

    @Override
    public long nextDeadlineNanos() {
        return sender.nextDeadlineNanos();
    }

    @Override
    public int inFlight() {
        return sender.inFlight() + gate.held();
    }

    @Override
    public boolean isTalking() {
        return sender.isTalking();
    }

    @Override
    public long opened() {
        return sender.opened();
    }

    @Override
    public int peak() {
        return sender.peak();
    }

    @Override
    public Map<OwnLimit, Long> ownLimits() {
        return sender.ownLimits();
    }

    @Override
    public String transport() {
        return sender.transport();
    }

    @Override
    public Optional<Histogram> messageLateness() {
        return sender.messageLateness();
    }

    @Override
    public Map<String, Long> events() {
        return sender.events();
    }

    @Override
    public void close() {
        sender.close();
    }
}

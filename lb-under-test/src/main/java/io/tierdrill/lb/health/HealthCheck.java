package io.tierdrill.lb.health;

/**
 * Whether one instance is well, by its answers in a row. Begins well. Asks nobody and knows no clock: it is told each
 * answer, and told <em>now</em> when it is asked when the next question is due. Belongs to one thread.
 *
 * <pre>
 *   well --fall bad answers in a row--&gt; ill --rise good answers in a row--&gt; well
 * </pre>
 */
public final class HealthCheck {
    private final HealthCheckConfig config;
    private long dueNanos;
    private boolean well = true;
    private int against;

    /** The first question is due at {@code firstNanos}, then every interval from there. */
    public HealthCheck(HealthCheckConfig config, long firstNanos) {
        this.config = config;
        this.dueNanos = firstNanos;
    }

    public boolean well() {
        return well;
    }

    /** How long until the next question; asks that were missed are left out, not made up for. */
    public long delayNanos(long nowNanos) {
        long interval = config.interval().toNanos();
        if (nowNanos > dueNanos) dueNanos += (nowNanos - dueNanos + interval - 1) / interval * interval;
        return dueNanos - nowNanos;
    }

    /** The question was asked; the next is due an interval later. */
    public void asked() {
        dueNanos += config.interval().toNanos();
    }

    /** Notes an answer; true when it changed our mind. */
    public boolean answered(boolean good) {
        against = good == well ? 0 : against + 1;
        if (against < (well ? config.fall() : config.rise())) return false;
        well = good;
        against = 0;
        return true;
    }
}

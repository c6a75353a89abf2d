package io.tierdrill.analysis.observed;

import io.tierdrill.model.sample.TierSample;

/** What went through one instance. */
public final class Flow {
    final Counter arrivals = new Counter();
    final Counter completions = new Counter();
    final Counter errors = new Counter();
    final Counter residence = new Counter();
    final Counter queue = new Counter();
    final Counter downstream = new Counter();
    final Gauge queued = new Gauge();
    private final Gauge inside = new Gauge();

    void see(TierSample sample) {
        arrivals.see(sample.atNanos(), sample.arrivals());
        completions.see(sample.atNanos(), sample.completions());
        errors.see(sample.atNanos(), sample.errors());
        residence.see(sample.atNanos(), sample.residenceSeconds());
        queue.see(sample.atNanos(), sample.queueSeconds());
        downstream.see(sample.atNanos(), sample.downstreamSeconds());
        queued.see(sample.atNanos(), sample.queued());
        inside.see(sample.atNanos(), sample.inFlight());
    }

    /** Requests in it, on average over the sightings of a span. */
    public double inside(long fromNanos, long toNanos) {
        return inside.mean(at -> at >= fromNanos && at < toNanos);
    }

    /** Sums over a span. */
    public Totals over(long fromNanos, long toNanos) {
        return new Totals(
                arrivals.growth(fromNanos, toNanos),
                completions.growth(fromNanos, toNanos),
                errors.growth(fromNanos, toNanos),
                residence.growth(fromNanos, toNanos),
                queue.growth(fromNanos, toNanos),
                downstream.growth(fromNanos, toNanos));
    }

    /** What went through within a span; seconds are sums over the completions. */
    public record Totals(
            double arrivals,
            double completions,
            double errors,
            double residenceSeconds,
            double queueSeconds,
            double downstreamSeconds) {
        public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

        public Totals plus(Totals other) {
            return new Totals(
                    arrivals + other.arrivals,
                    completions + other.completions,
                    errors + other.errors,
                    residenceSeconds + other.residenceSeconds,
                    queueSeconds + other.queueSeconds,
                    downstreamSeconds + other.downstreamSeconds);
        }

        /** Time in which something was held rather than waited for. */
        public double heldSeconds() {
            return Math.max(0, residenceSeconds - queueSeconds);
        }

        /** The part of the held time that was spent waiting for the tier below. */
        public double downstreamShare() {
            return heldSeconds() <= 0 ? 0 : Math.min(1, downstreamSeconds / heldSeconds());
        }
    }
}

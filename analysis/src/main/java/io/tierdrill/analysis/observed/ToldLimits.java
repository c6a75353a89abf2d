package io.tierdrill.analysis.observed;

import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.Signal;
import java.util.Optional;

/** The limits of an instance that it does not declare itself: they are put together from signals read from outside. */
final class ToldLimits {
    private static final double MOST_WINDOWS = 0.8;
    private static final double ONE_IN_A_THOUSAND = 0.001;

    /** Part of the periods of a window in which the group was stopped, from which on the window counts as full. */
    private static final double MOSTLY_THROTTLED = 0.5;

    /** A queue is looked at twice a second: one that overflows now and then is rarely seen to the brim. */
    private static final double NEAR_ITS_BRIM = 0.5;

    private final Instance instance;
    private final Windows windows;
    private final Stress stress;
    private final Signals network;

    ToldLimits(Instance instance, Windows windows, Stress stress, Signals network) {
        this.instance = instance;
        this.windows = windows;
        this.stress = stress;
        this.network = network;
    }

    /**
     * Full in windows in which the group spent most of its periods stopped: its own use looks low then. Judged
     * from when it was first seen; windows in which no period was enforced tell nothing.
     */
    Optional<ResourceUse> quota() {
        double cores = instance.signals.max(Signal.QUOTA_CORES);
        if (cores <= 0) return Optional.empty();
        long since = instance.signals.since(Signal.QUOTA_PERIODS);
        int judged = 0;
        int enforced = 0;
        int full = 0;
        double stopped = 0;
        double used = 0;
        double most = 0;
        for (int i = 0; i < windows.count(); i++) {
            double rate = instance.cpu.rate(windows.from(i), windows.to(i));
            most = Math.max(most, rate);
            if (!stress.judges(windows.from(i)) || windows.from(i) < since) continue;
            judged++;
            used += rate;
            if (instance.signals.growth(Signal.QUOTA_PERIODS, windows.from(i), windows.to(i)) <= 0) continue;
            enforced++;
            double part = throttled(windows.from(i), windows.to(i));
            stopped += part;
            if (part >= MOSTLY_THROTTLED) full++;
        }
        double mean = judged == 0 ? 0 : used / judged;
        double fullShare = enforced == 0 ? 0 : (double) full / enforced;
        boolean saturated = fullShare >= MOST_WINDOWS && enforced * 2 >= judged && !instance.emulated();
        // Others may share the group, and then its use is more than this instance's.
        double share = Math.max(mean / cores, enforced == 0 ? 0 : stopped / enforced);
        return Optional.of(new ResourceUse(
                instance.id(),
                ResourceUse.CPU_QUOTA,
                ResourceKind.CPU,
                "",
                cores,
                mean,
                most,
                Math.min(1, share),
                instance.flow.queued.mean(stress::judges),
                instance.flow.queued.max(),
                fullShare,
                0,
                saturated,
                !instance.emulated(),
                windows.measuredNanos()));
    }

    private double throttled(long from, long to) {
        double periods = instance.signals.growth(Signal.QUOTA_PERIODS, from, to);
        return periods <= 0 ? 0 : instance.signals.growth(Signal.QUOTA_THROTTLED, from, to) / periods;
    }

    /**
     * Overflows are counted for a whole network; they are this instance's where its own queue was seen near its brim.
     *
     * @param declared what the instance says of it, which is where it is set
     */
    Optional<ResourceUse> acceptQueue(Optional<Resource> declared) {
        double limit = instance.signals.max(Signal.ACCEPT_LIMIT);
        if (limit <= 0) limit = declared.map(Resource::capacity).orElse(0.0);
        if (limit <= 0 || !instance.signals.knows(Signal.ACCEPT_QUEUE)) return Optional.empty();
        double most = instance.signals.max(Signal.ACCEPT_QUEUE);
        double mean = instance.signals.mean(Signal.ACCEPT_QUEUE, stress::judges);
        double full = instance.signals.shareAtLeast(Signal.ACCEPT_QUEUE, limit, stress::judges);
        long measured = windows.measuredNanos();
        long overflows =
                most < NEAR_ITS_BRIM * limit ? 0 : Math.round(network.growth(Signal.LISTEN_OVERFLOWS, 0, measured));
        return Optional.of(new ResourceUse(
                instance.id(),
                ResourceUse.ACCEPT_QUEUE,
                ResourceKind.ACCEPT_QUEUE,
                declared.map(d -> d.setting).orElse(""),
                limit,
                mean,
                most,
                Math.min(1, mean / limit),
                0,
                0,
                full,
                overflows,
                full >= MOST_WINDOWS || refuses(overflows),
                true,
                measured));
    }

    private boolean refuses(long drops) {
        return drops > 0 && drops >= ONE_IN_A_THOUSAND * instance.flow.arrivals.growth(0, windows.measuredNanos());
    }

    /** Its size is not told, only that it was too small. */
    Optional<ResourceUse> receiveBuffer() {
        if (!instance.signals.knows(Signal.SOCKET_DROPS)) return Optional.empty();
        long measured = windows.measuredNanos();
        long drops = Math.round(instance.signals.growth(Signal.SOCKET_DROPS, 0, measured));
        if (drops == 0) return Optional.empty();
        return Optional.of(new ResourceUse(
                instance.id(),
                ResourceUse.RECEIVE_BUFFER,
                ResourceKind.NETWORK,
                "",
                1,
                0,
                1,
                1,
                0,
                0,
                0,
                drops,
                refuses(drops),
                true,
                measured));
    }
}

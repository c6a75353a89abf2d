package io.tierdrill.analysis.observed;

import io.tierdrill.model.sample.ProcessSample;
import java.util.function.LongPredicate;

/** Processor time and memory of one process. */
public final class Cpu {
    /** A traffic thread that runs this much of a window has no more to give. */
    private static final double FULL = 0.95;

    /** One that is preempted now and then still counts as full when it is always ready to run and mostly does. */
    private static final double MOSTLY_RUNNING = 0.5;

    final Counter cpu = new Counter();
    final Counter busiest = new Counter();
    final Counter runDelay = new Counter();
    final Gauge rss = new Gauge();
    final Gauge descriptors = new Gauge();
    private int descriptorLimit;

    void see(ProcessSample sample) {
        cpu.see(sample.atNanos(), sample.cpuSeconds());
        busiest.see(sample.atNanos(), sample.busiestThreadCpuSeconds());
        runDelay.see(sample.atNanos(), sample.runDelaySeconds());
        rss.see(sample.atNanos(), sample.rssBytes());
        descriptors.see(sample.atNanos(), sample.descriptors());
        descriptorLimit = sample.descriptorLimit();
    }

    int descriptorLimit() {
        return descriptorLimit;
    }

    public Gauge rss() {
        return rss;
    }

    /** Processors used by the whole process over a span. */
    public double rate(long fromNanos, long toNanos) {
        return cpu.growth(fromNanos, toNanos) / ((toNanos - fromNanos) / 1e9);
    }

    /** Part of one processor used by the busiest traffic thread over a span. */
    public double busiestRate(long fromNanos, long toNanos) {
        return busiest.growth(fromNanos, toNanos) / ((toNanos - fromNanos) / 1e9);
    }

    /** Processor time used and waited for over a span, in seconds. */
    public double demandSeconds(long fromNanos, long toNanos) {
        return cpu.growth(fromNanos, toNanos) + runDelay.growth(fromNanos, toNanos);
    }

    /** Time its threads could have run over a span and waited for a processor, in seconds. */
    public double waitedSeconds(long fromNanos, long toNanos) {
        return runDelay.growth(fromNanos, toNanos);
    }

    /** Part of the time it was ready to run that it had to wait for a processor. */
    public double starvation(long fromNanos, long toNanos) {
        double demand = demandSeconds(fromNanos, toNanos);
        return demand <= 0 ? 0 : runDelay.growth(fromNanos, toNanos) / demand;
    }

    /**
     * Part of a span in which the busiest traffic thread ran or waited for a processor. What the process waited is
     * shared out over its threads by how much each ran, for the system counts it per process.
     */
    public double ready(long fromNanos, long toNanos) {
        double starved = Math.min(0.99, starvation(fromNanos, toNanos));
        return Math.min(1, busiestRate(fromNanos, toNanos) / (1 - starved));
    }

    private boolean full(long fromNanos, long toNanos) {
        double running = busiestRate(fromNanos, toNanos);
        return running >= FULL || (running >= MOSTLY_RUNNING && ready(fromNanos, toNanos) >= FULL);
    }

    double fullShare(Windows windows, LongPredicate judged) {
        int full = 0;
        int all = 0;
        for (int i = 0; i < windows.count(); i++) {
            if (!judged.test(windows.from(i))) continue;
            all++;
            if (full(windows.from(i), windows.to(i))) full++;
        }
        return all == 0 ? 0 : (double) full / all;
    }

    double meanBusiest(Windows windows, LongPredicate judged) {
        double sum = 0;
        int all = 0;
        for (int i = 0; i < windows.count(); i++) {
            if (!judged.test(windows.from(i))) continue;
            all++;
            sum += busiestRate(windows.from(i), windows.to(i));
        }
        return all == 0 ? 0 : sum / all;
    }

    double maxBusiest(Windows windows) {
        double max = 0;
        for (int i = 0; i < windows.count(); i++) max = Math.max(max, busiestRate(windows.from(i), windows.to(i)));
        return max;
    }
}

package io.tierdrill.analysis.observed;

import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.ResourceSample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything seen of one process. */
public final class Instance {
    private static final double MOST_WINDOWS = 0.8;
    private static final double ONE_IN_A_THOUSAND = 0.001;

    private final InstanceId id;
    private final boolean emulated;
    private final SortedMap<String, Resource> resources = new TreeMap<>();
    final Cpu cpu = new Cpu();
    final Flow flow = new Flow();
    final Signals signals = new Signals();
    private boolean hasCpu;
    private boolean hasFlow;

    Instance(InstanceId id, boolean emulated) {
        this.id = id;
        this.emulated = emulated;
    }

    void see(ProcessSample sample) {
        hasCpu = true;
        cpu.see(sample);
    }

    void see(TierSample sample) {
        hasFlow = true;
        flow.see(sample);
    }

    void see(ResourceSample sample) {
        resources
                .computeIfAbsent(sample.resource(), name -> new Resource(sample))
                .see(sample);
    }

    public InstanceId id() {
        return id;
    }

    public Cpu cpu() {
        return cpu;
    }

    public Flow flow() {
        return flow;
    }

    public Signals signals() {
        return signals;
    }

    /** The longest stretch of the measured time in which nothing was seen of its process. */
    public long longestSilenceNanos(long measuredNanos) {
        return cpu.rss.longestGap(measuredNanos);
    }

    /** Whether the operating system told of its process. */
    public boolean hasCpu() {
        return hasCpu;
    }

    /** Whether it told of its own traffic. */
    public boolean hasFlow() {
        return hasFlow;
    }

    /** How full its fullest limit was over a span, 0 to 1; what an emulation costs is left out. */
    public double fullest(long fromNanos, long toNanos) {
        double most = emulated ? 0 : cpu.busiestRate(fromNanos, toNanos);
        for (Resource r : resources.values())
            most = Math.max(most, r.used.maxWithin(fromNanos, toNanos) / r.capacity());
        return Math.min(1, most);
    }

    /** @param network what was told of the network it lives in */
    List<ResourceUse> uses(Windows windows, Stress stress, Signals network) {
        List<ResourceUse> uses = new ArrayList<>();
        if (hasCpu) uses.add(cpuUse(windows, stress));
        ToldLimits told = new ToldLimits(this, windows, stress, network);
        told.quota().ifPresent(uses::add);
        Optional<ResourceUse> accepting = told.acceptQueue(declared(ResourceKind.ACCEPT_QUEUE));
        accepting.ifPresent(uses::add);
        told.receiveBuffer().ifPresent(uses::add);
        for (Resource r : resources.values())
            if (accepting.isEmpty() || r.kind != ResourceKind.ACCEPT_QUEUE)
                uses.add(use(r, windows.measuredNanos(), stress));
        if (cpu.descriptorLimit() > 0) uses.add(descriptors());
        return uses;
    }

    private Optional<Resource> declared(ResourceKind kind) {
        return resources.values().stream().filter(r -> r.kind == kind).findFirst();
    }

    boolean emulated() {
        return emulated;
    }

    private ResourceUse cpuUse(Windows windows, Stress stress) {
        double mean = cpu.meanBusiest(windows, stress::judges);
        double full = cpu.fullShare(windows, stress::judges);
        return new ResourceUse(
                id,
                ResourceUse.CPU,
                ResourceKind.CPU,
                "",
                1,
                mean,
                cpu.maxBusiest(windows),
                Math.min(1, mean),
                flow.queued.mean(stress::judges),
                flow.queued.max(),
                full,
                0,
                full >= MOST_WINDOWS && !emulated,
                !emulated,
                windows.measuredNanos());
    }

    private ResourceUse use(Resource r, long measured, Stress stress) {
        double mean = r.used.mean(stress::judges);
        double full = r.full.mean(stress::judges);
        double mark = isStock(r.kind) ? r.used.quantile(0.95) : mean;
        long drops = Math.round(r.drops.growth(0, measured));
        boolean refuses = drops > 0 && drops >= ONE_IN_A_THOUSAND * flow.arrivals.growth(0, measured);
        return new ResourceUse(
                id,
                r.name,
                r.kind,
                r.setting,
                r.capacity(),
                mean,
                r.used.max(),
                Math.min(1, mark / r.capacity()),
                r.waiters.mean(stress::judges),
                r.waiters.max(),
                full,
                drops,
                full >= MOST_WINDOWS || refuses,
                true,
                r.drops.firstGrowth(0, measured));
    }

    private ResourceUse descriptors() {
        double share = cpu.descriptors.quantile(0.95) / cpu.descriptorLimit();
        return new ResourceUse(
                id,
                "descriptors",
                ResourceKind.DESCRIPTORS,
                "",
                cpu.descriptorLimit(),
                cpu.descriptors.mean(at -> at >= 0),
                cpu.descriptors.max(),
                Math.min(1, share),
                0,
                0,
                0,
                0,
                share >= 0.95 && !emulated,
                !emulated,
                Long.MAX_VALUE);
    }

    /** A stock fills up and stays; what is used by each request in turn is judged by its mean. */
    private static boolean isStock(ResourceKind kind) {
        return switch (kind) {
            case TABLE, PORTS, DESCRIPTORS, MEMORY -> true;
            case CPU, CONCURRENCY, QUEUE, POOL, ACCEPT_QUEUE, NETWORK, LOCK -> false;
        };
    }
}

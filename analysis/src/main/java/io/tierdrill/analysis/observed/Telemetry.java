package io.tierdrill.analysis.observed;

import io.tierdrill.model.sample.HostSample;
import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.sample.ResourceSample;
import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The samples of a run by instance, in the order of the topology; the injector, which is no tier, comes last. */
public final class Telemetry {
    public static final InstanceId INJECTOR = new InstanceId("injector", 1);

    private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    private final Host host = new Host();
    private final Signals machine = new Signals();
    private final Windows windows;
    private final Stress stress;
    private final List<ResourceUse> uses = new ArrayList<>();

    private Telemetry(Windows windows, Stress stress) {
        this.windows = windows;
        this.stress = stress;
    }

    /** Arranges the samples of a run. */
    public static Telemetry of(RunData run) {
        Stress stress = Stress.of(run.requests(), run.objective(), run.measuredNanos());
        Telemetry telemetry = new Telemetry(Windows.halfSeconds(run.measuredNanos()), stress);
        telemetry.declare(run.topology());
        telemetry.see(run.samples(), run.measuredNanos());
        telemetry.stack().forEach(i -> telemetry.uses.addAll(i.uses(telemetry.windows, stress, telemetry.network(i))));
        return telemetry;
    }

    private void declare(Topology topology) {
        for (Topology.Node node : topology.tiers())
            for (Topology.Process process : node.instances())
                instances.put(process.id(), new Instance(process.id(), node.emulated()));
        instances.put(INJECTOR, new Instance(INJECTOR, false));
    }

    private void see(List<Sample> samples, long measuredNanos) {
        List<Sample> ordered = new ArrayList<>(samples);
        ordered.sort(Comparator.comparingLong(Sample::atNanos));
        for (Sample sample : ordered) {
            if (sample.atNanos() > measuredNanos + windows.widthNanos()) break;
            if (sample instanceof ProcessSample s) of(s.instance()).ifPresent(i -> i.see(s));
            else if (sample instanceof TierSample s) of(s.instance()).ifPresent(i -> i.see(s));
            else if (sample instanceof ResourceSample s) of(s.instance()).ifPresent(i -> i.see(s));
            else if (sample instanceof HostSample s) host.see(s);
            else if (sample instanceof SignalSample s) see(s);
        }
        countHoles(ordered, measuredNanos);
    }

    private void see(SignalSample sample) {
        if (sample.instance().equals(SignalSample.MACHINE)) machine.see(sample);
        else of(sample.instance()).ifPresent(i -> i.signals.see(sample));
    }

    private void countHoles(List<Sample> ordered, long measuredNanos) {
        long[] instants = ordered.stream()
                .filter(HostSample.class::isInstance)
                .mapToLong(Sample::atNanos)
                .toArray();
        if (instants.length < 2) return;
        long[] gaps = new long[instants.length - 1];
        for (int i = 0; i < gaps.length; i++) gaps[i] = instants[i + 1] - instants[i];
        Arrays.sort(gaps);
        host.countHoles(instants, gaps[gaps.length / 2], measuredNanos);
    }

    /** What was told of the machine all share, and of the network the profiler lived in. */
    public Signals machine() {
        return machine;
    }

    /** What was told of the network this instance lived in. */
    public Signals network(Instance instance) {
        return instance.signals().knows(Signal.SEGMENTS) ? instance.signals() : machine;
    }

    public Host host() {
        return host;
    }

    public Windows windows() {
        return windows;
    }

    public Stress stress() {
        return stress;
    }

    public Optional<Instance> of(InstanceId id) {
        return Optional.ofNullable(instances.get(id));
    }

    /** The instances of the stack, outermost tier first. */
    public List<Instance> stack() {
        return instances.values().stream().filter(i -> !i.id().equals(INJECTOR)).toList();
    }

    /** All that was watched: the stack and the injector. */
    public List<Instance> all() {
        return List.copyOf(instances.values());
    }

    public List<Instance> tier(String name) {
        return instances.values().stream()
                .filter(i -> i.id().tier().equals(name))
                .toList();
    }

    /** Every limit of every instance of the stack, outermost tier first. */
    public List<ResourceUse> uses() {
        return List.copyOf(uses);
    }

    /** What went through a whole tier within the measured time. */
    public Flow.Totals totals(String tier) {
        return tier(tier).stream()
                .map(i -> i.flow().over(0, windows.measuredNanos()))
                .reduce(Flow.Totals.NONE, Flow.Totals::plus);
    }

    /** What went through a whole tier within the judged windows. */
    public Flow.Totals judged(String tier) {
        Flow.Totals sum = Flow.Totals.NONE;
        for (int i = 0; i < windows.count(); i++) {
            if (!stress.judges(windows.from(i))) continue;
            for (Instance instance : tier(tier)) sum = sum.plus(instance.flow().over(windows.from(i), windows.to(i)));
        }
        return sum;
    }

    /** Growth of a signal over all instances of a tier within the judged windows. */
    public double judged(String tier, Signal signal) {
        return tier(tier).stream().mapToDouble(i -> judged(i.signals(), signal)).sum();
    }

    /** Growth of a signal within the judged windows. */
    public double judged(Signals signals, Signal signal) {
        return signals.growth(signal, windows, stress::judges);
    }

    /** Part of the judged time in which the busiest traffic thread of an instance ran or waited for a processor. */
    public double judgedReady(Instance instance) {
        double sum = 0;
        int judged = 0;
        for (int i = 0; i < windows.count(); i++) {
            if (!stress.judges(windows.from(i))) continue;
            judged++;
            sum += instance.cpu().ready(windows.from(i), windows.to(i));
        }
        return judged == 0 ? 0 : sum / judged;
    }

    /** Time the threads of an instance waited for a processor within the judged windows, in seconds. */
    public double judgedRunDelay(Instance instance) {
        double seconds = 0;
        for (int i = 0; i < windows.count(); i++)
            if (stress.judges(windows.from(i))) seconds += instance.cpu().waitedSeconds(windows.from(i), windows.to(i));
        return seconds;
    }

    /** The time the judged windows take together, in seconds. */
    public double judgedSeconds() {
        double seconds = 0;
        for (int i = 0; i < windows.count(); i++) if (stress.judges(windows.from(i))) seconds += windows.seconds();
        return seconds;
    }

    /** Whether any instance of the tier told of its traffic. */
    public boolean knowsFlow(String tier) {
        return tier(tier).stream().anyMatch(Instance::hasFlow);
    }

    /** Processors used by processes that are no part of the run, on average; zero where the machine was not watched. */
    public double strangersCores() {
        if (!host.known()) return 0;
        double all = host.share(0, windows.measuredNanos()) * host.cores();
        double ours = instances.values().stream()
                .mapToDouble(i -> i.cpu().rate(0, windows.measuredNanos()))
                .sum();
        return Math.max(0, all - ours);
    }
}

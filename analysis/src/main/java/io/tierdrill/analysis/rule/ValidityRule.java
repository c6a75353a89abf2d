package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Validity;
import io.tierdrill.analysis.observed.Host;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Telemetry;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.run.Stopped;
import io.tierdrill.model.sample.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asked first: a measurement that went wrong must not speak of the stack. It may blame itself, never a tier. */
public final class ValidityRule {
    private static final double MOST_HOLES = 0.2;
    private static final double MOST_WINDOWS = 0.8;
    private static final double NEARLY_ALL = 0.99;
    private static final double MOST_WRITTEN = 0.9;
    private static final double MOST_STRANGERS = 0.25;

    private ValidityRule() {}

    /** Whether the run can be trusted, and if not, who spoiled it. */
    public static Validity ask(Facts facts) {
        List<String> injector = injector(facts);
        if (!injector.isEmpty()) return invalid("injector", injector, facts);
        if (facts.run().requests().count() == 0)
            return invalid("run", List.of("no request was due within the measured time"), facts);
        Optional<Double> part = writtenDown(facts).filter(p -> p < MOST_WRITTEN);
        if (part.isPresent()) return invalid("run", List.of(lost(part.get())), facts);
        List<String> profiler = profiler(facts);
        if (!profiler.isEmpty()) return invalid("profiler", profiler, facts);
        List<String> machine = machine(facts);
        if (!machine.isEmpty()) return invalid("machine", machine, facts);
        return new Validity(Validity.VALID, List.of(), Optional.empty(), remarks(facts));
    }

    private static Validity invalid(String culprit, List<String> reasons, Facts facts) {
        return new Validity(Validity.INVALID, reasons, Optional.of(culprit), remarks(facts));
    }

    private static List<String> injector(Facts facts) {
        List<String> reasons = new ArrayList<>();
        boolean valid = facts.run().injection().status().equals(Validity.VALID);
        if (!valid) reasons.addAll(facts.run().injection().reasons());
        if (!valid && reasons.isEmpty()) reasons.add("the injector called its own run invalid and gave no reason");
        long own = facts.run().requests().failuresByKind().getOrDefault(Outcome.INJECTOR_LIMIT, 0L);
        if (valid && own > 0)
            reasons.add(Figures.count(own) + " requests found the injector without a descriptor, port or connection");
        return reasons;
    }

    private static List<String> profiler(Facts facts) {
        Host host = facts.telemetry().host();
        if (!host.known()) return List.of("no sample of the machine: the profiler did not run");
        // Somebody else's stack is only known by its address: nothing of it can be missing.
        boolean ours = !facts.telemetry().stack().isEmpty();
        if (ours && facts.telemetry().stack().stream().noneMatch(i -> i.hasCpu() || i.hasFlow()))
            return List.of("no sample of any tier: the profiler saw none of its processes");
        double holes = (double) host.missingNanos() / facts.measuredNanos();
        if (holes <= MOST_HOLES) return List.of();
        return List.of("nothing was sampled in " + Figures.percent(holes) + " of the measured time, "
                + Figures.instant(host.longestGapNanos()) + " at a stretch");
    }

    /**
     * A machine that was full, and not with this run: what requests suffered then says nothing of the stack. Where they
     * did not suffer, the stack held in spite of it.
     */
    private static List<String> machine(Facts facts) {
        Telemetry telemetry = facts.telemetry();
        double strangers = telemetry.strangersCores();
        boolean full = telemetry.host().fullShare(telemetry.windows(), telemetry.stress()::judges) >= MOST_WINDOWS;
        boolean many = strangers >= MOST_STRANGERS * telemetry.host().cores();
        if (!telemetry.stress().any() || facts.tiers().isEmpty() || !full || !many) return List.of();
        return List.of("all " + telemetry.host().cores() + " processors were busy, and processes that are no part of"
                + " this run took " + Figures.number(strangers) + " of them");
    }

    private static List<String> remarks(Facts facts) {
        List<String> remarks = new ArrayList<>();
        facts.run().injection().stopped().ifPresent(s -> remarks.add(stoppedEarly(s)));
        writtenDown(facts).filter(part -> part < NEARLY_ALL).ifPresent(part -> remarks.add(lost(part)));
        SteadyRule.ask(facts).ifPresent(remarks::add);
        remarks.addAll(DrillRule.remarks(facts));
        remarks.addAll(facts.stages().faults());
        remarks.addAll(LittleRule.ask(facts));
        remarks.addAll(HoleRule.ask(facts));
        Telemetry telemetry = facts.telemetry();
        for (String tier : facts.tiers()) {
            if (telemetry.tier(tier).stream().noneMatch(Instance::hasCpu))
                remarks.add("no processor time known of " + tier);
            if (!telemetry.knowsFlow(tier)) remarks.add(tier + " says nothing of its own traffic");
        }
        hostRemarks(facts, remarks);
        return remarks;
    }

    /** Part of the requests the injector counted that stand in the folder. */
    private static Optional<Double> writtenDown(Facts facts) {
        long counted = facts.run().injection().requests();
        return counted <= 0
                ? Optional.empty()
                : Optional.of((double) facts.run().requests().count() / counted);
    }

    private static String lost(double part) {
        return "only " + Figures.percent(part) + " of the requests were written down: the disk did not keep up";
    }

    private static String stoppedEarly(Stopped s) {
        return "stopped early, after " + Figures.number(s.atSeconds()) + " of " + Figures.number(s.ofSeconds())
                + " s, by " + s.rule().orElse("Ctrl-C or a signal");
    }

    private static void hostRemarks(Facts facts, List<String> remarks) {
        Host host = facts.telemetry().host();
        long overflows = host.listenOverflows(facts.measuredNanos());
        if (overflows > 0)
            remarks.add(Figures.count(overflows)
                    + " connections met a full accept queue on this machine; whose it was is not known");
        long datagrams = host.udpReceiveErrors(facts.measuredNanos());
        if (datagrams > 0)
            remarks.add(Figures.count(datagrams) + " datagrams were dropped at full receive buffers on this machine");
    }
}

package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Demand;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.observed.Windows;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.tier.Topology;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The service demand of each tier a request passes: processor time over requests (D = U / X). Measured where little is
 * asked it is free of what an overload adds, and tells which tier would be full first. Emulated tiers are left out.
 */
public final class DemandRule {
    private static final double LOW = 0.5;
    private static final int FEWEST_WINDOWS = 6;
    private static final int FEWEST_REQUESTS = 200;
    private static final double SAME = 0.2;

    private DemandRule() {}

    /** One a tier whose processor time is known, outermost first. */
    public static List<Demand> ask(Facts facts) {
        double[] asked = asked(facts.run().requests(), facts.telemetry().windows());
        return facts.run().topology().path().stream()
                .filter(t -> !t.emulated())
                .flatMap(t -> of(t, asked, facts).stream())
                .toList();
    }

    /** The tier that would be full first by its demand at low load; empty where the run holds no such part. */
    static Optional<Demand> firstFull(Facts facts) {
        return ask(facts).stream()
                .filter(d -> d.lowLoadMicrosPerRequest().isPresent())
                .min(Comparator.comparingDouble(Demand::mostPerSecond));
    }

    /** Requests due in each window. */
    private static double[] asked(Requests requests, Windows windows) {
        double[] asked = new double[windows.count()];
        for (int i = 0; i < requests.count(); i++) {
            int w = (int) (requests.dueNanos(i) / windows.widthNanos());
            if (w < asked.length) asked[w]++;
        }
        return asked;
    }

    private static Optional<Demand> of(Topology.Node tier, double[] asked, Facts facts) {
        List<Instance> instances = facts.telemetry().tier(tier.name());
        if (instances.isEmpty() || !instances.stream().allMatch(Instance::hasCpu)) return Optional.empty();
        double most = Arrays.stream(asked).max().orElse(0);
        Optional<Double> whole = micros(instances, asked, most, facts);
        if (whole.isEmpty() || whole.get() <= 0) return Optional.empty();
        Optional<Double> low = micros(instances, asked, LOW * most, facts);
        double each = low.orElse(whole.get());
        boolean steady = Math.abs(whole.get() - each) <= SAME * each;
        return Optional.of(new Demand(
                tier.name(),
                instances.size(),
                Figures.rounded(whole.get()),
                low.map(Figures::rounded),
                Figures.rounded(instances.size() * 1e6 / each),
                steady));
    }

    /** Over the windows in which no more was asked than that. */
    private static Optional<Double> micros(List<Instance> instances, double[] asked, double mostAsked, Facts facts) {
        Windows windows = facts.telemetry().windows();
        int count = 0;
        double requests = 0;
        double seconds = 0;
        for (int w = 0; w < asked.length; w++) {
            if (asked[w] == 0 || asked[w] > mostAsked) continue;
            count++;
            requests += asked[w];
            for (Instance i : instances)
                seconds += i.cpu().busiestRate(windows.from(w), windows.to(w)) * windows.seconds();
        }
        boolean enough = count >= FEWEST_WINDOWS && requests >= FEWEST_REQUESTS && seconds > 0;
        return enough ? Optional.of(seconds / requests * 1e6) : Optional.empty();
    }
}

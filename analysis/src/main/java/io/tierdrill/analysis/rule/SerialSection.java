package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.observed.Flow;
import io.tierdrill.analysis.observed.Instance;
import io.tierdrill.analysis.observed.Telemetry;
import io.tierdrill.analysis.observed.Windows;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Something inside a tier that no limit tells of: a lock, a single worker, a dependency that is full. However many
 * requests are in the tier, no more come out of it, while less comes out than is asked for and its processor has time
 * (load against throughput, Wang et al., ICDCS 2013). How many it lets through at once follows from Little's law: what
 * comes out times the time a request took when nobody was in its way.
 */
final class SerialSection {
    private static final int FEWEST_WINDOWS = 16;
    private static final double MORE_INSIDE = 2;
    private static final double NO_MORE_OUT = 1.1;
    private static final double LESS_THAN_ASKED = 0.95;
    private static final double OWN = 0.7;
    private static final double NOT_BUSY = 0.85;
    private static final double FEWEST_INSIDE = 3;

    private SerialSection() {}

    /** One window of a tier. */
    private record Load(double inside, double out, double ownSeconds) {}

    /** The innermost tier that has one. */
    static Optional<Bottleneck> ask(Facts facts) {
        List<String> http = new ArrayList<>(facts.run().topology().path().stream()
                .filter(t -> t.kind() == TierKind.L7 || t.kind() == TierKind.SERVICE)
                .map(Topology.Node::name)
                .toList());
        Collections.reverse(http);
        return http.stream().flatMap(t -> in(t, facts).stream()).findFirst();
    }

    /** That tier's, if it has one. */
    static Optional<Bottleneck> in(String tier, Facts facts) {
        Telemetry telemetry = facts.telemetry();
        Flow.Totals totals = telemetry.judged(tier);
        double asked = facts.capacity().offeredPerSecond() * telemetry.judgedSeconds();
        boolean own = totals.downstreamSeconds() <= (1 - OWN) * totals.heldSeconds();
        boolean tooLittle = totals.completions() < LESS_THAN_ASKED * asked;
        if (!telemetry.knowsFlow(tier) || !own || !tooLittle || isBusy(tier, facts)) return Optional.empty();
        List<Load> loads = loads(tier, facts);
        if (loads.size() < FEWEST_WINDOWS) return Optional.empty();
        loads.sort(Comparator.comparingDouble(Load::inside));
        Load few = mean(loads.subList(0, loads.size() / 4));
        Load many = mean(loads.subList(loads.size() - loads.size() / 4, loads.size()));
        boolean stuck = many.inside() >= Math.max(FEWEST_INSIDE, MORE_INSIDE * few.inside())
                && many.out() <= NO_MORE_OUT * few.out();
        return stuck ? Optional.of(blame(tier, few, many, facts)) : Optional.empty();
    }

    private static boolean isBusy(String tier, Facts facts) {
        return facts.telemetry().tier(tier).stream()
                .anyMatch(i -> !i.hasCpu() || facts.telemetry().judgedReady(i) >= NOT_BUSY);
    }

    private static List<Load> loads(String tier, Facts facts) {
        Windows windows = facts.telemetry().windows();
        List<Load> loads = new ArrayList<>();
        for (int w = 0; w < windows.count(); w++) {
            Flow.Totals out = Flow.Totals.NONE;
            double inside = 0;
            for (Instance i : facts.telemetry().tier(tier)) {
                out = out.plus(i.flow().over(windows.from(w), windows.to(w)));
                inside += i.flow().inside(windows.from(w), windows.to(w));
            }
            if (out.completions() < 1) continue;
            loads.add(new Load(inside, out.completions() / windows.seconds(), out.heldSeconds() / out.completions()));
        }
        return loads;
    }

    private static Load mean(List<Load> some) {
        return new Load(
                some.stream().mapToDouble(Load::inside).average().orElse(0),
                some.stream().mapToDouble(Load::out).average().orElse(0),
                some.stream().mapToDouble(Load::ownSeconds).average().orElse(0));
    }

    private static Bottleneck blame(String tier, Load few, Load many, Facts facts) {
        int instances = Math.max(1, facts.instances(tier));
        double atOnce = many.out() * few.ownSeconds() / instances;
        String through = atOnce < 1.5 ? "one request" : "about " + Math.round(atOnce) + " requests";
        return Blame.on(
                        tier,
                        "serial-section",
                        "serial-section",
                        "something in " + tier + " that lets " + through + " through at a time in each instance")
                .signal(Figures.number(many.inside() / Math.max(0.01, few.inside()))
                        + " times as many requests inside, " + Figures.number(many.out()) + " instead of "
                        + Figures.number(few.out()) + " a second come out")
                .signal(StageSignal.slowest(facts)
                        .filter(tier::equals)
                        .map(t -> "the slowest requests spend most of their time there"))
                .context("no limit that it declares is full, and its processor has time")
                .change("find what they wait for in " + tier + " (a lock, a single worker, a dependency at its limit):"
                        + " a thread dump under load shows it");
    }
}

package io.tierdrill.scenarios.capacity;

import io.tierdrill.analysis.capacity.Demand;
import io.tierdrill.analysis.capacity.RateInterval;
import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Limit;
import io.tierdrill.analysis.finding.Proof;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.StackSetting;
import io.tierdrill.scenarios.capacity.CapacityReport.Experimented;
import io.tierdrill.scenarios.capacity.CapacityReport.Move;
import io.tierdrill.scenarios.capacity.CapacityReport.Moves;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Moves the suspected limit a quarter up and a fifth down, and its runner-up likewise, and finds the capacity again each
 * time. The suspect is confirmed where the capacity follows it, and does not follow the other: a correlation becomes an
 * experiment. The elasticity is the slope of the capacity's logarithm over the limit's.
 */
final class LimitExperiment {
    private static final double UP = 1.25;
    private static final double DOWN = 0.8;
    private static final double FOLLOWS = 0.6;
    private static final double CLEARLY = 3;

    /** Finds the capacity of another stack. */
    interface Capacity {
        Optional<RateInterval> of(Scenario scenario, String name)
                throws IOException, BadInputException, InterruptedException;
    }

    private final Scenario scenario;
    private final double capacity;
    private final Capacity again;

    LimitExperiment(Scenario scenario, double capacity, Capacity again) {
        this.scenario = scenario;
        this.capacity = capacity;
        this.again = again;
    }

    /** A limit and how to have more of it. */
    private record Lever(StackSetting setting, double now, boolean inverse) {
        double value(double factor) {
            double to = inverse ? now / factor : now * factor;
            if (inverse) return to;
            // Whole numbers move by one at least.
            long whole = factor > 1 ? (long) Math.ceil(to) : (long) Math.floor(to);
            return whole == now ? whole + (factor > 1 ? 1 : -1) : whole;
        }

        double factor(double to) {
            return inverse ? now / to : to / now;
        }
    }

    /** Empty where the suspect is nothing that can be moved. */
    Optional<Experimented> run(Bottleneck b, Optional<Limit> next, List<Demand> demands)
            throws IOException, BadInputException, InterruptedException {
        Optional<Lever> lever = lever(b.tier(), b.resource(), b.setting());
        if (lever.isEmpty()) return Optional.empty();
        Moves suspect = move(lever.get());
        Optional<Lever> other = runnerUp(b, next, demands)
                .filter(o -> !o.setting().equals(lever.get().setting()));
        Optional<Moves> runnerUp = other.isPresent() ? Optional.of(move(other.get())) : Optional.empty();
        double rival = runnerUp.map(Moves::elasticity).orElse(0.0);
        boolean confirmed = suspect.elasticity() >= FOLLOWS && suspect.elasticity() >= CLEARLY * Math.max(0, rival);
        return Optional.of(new Experimented(suspect, runnerUp, confirmed, sentence(suspect, runnerUp)));
    }

    /** As the verdict shows it. */
    static Proof proof(Experimented done) {
        Optional<Move> up =
                done.suspect().moves().stream().filter(m -> m.factor() > 1).findFirst();
        Optional<Move> other = done.runnerUp()
                .flatMap(r -> r.moves().stream().filter(m -> m.factor() > 1).findFirst());
        return new Proof(
                done.suspect().setting(),
                up.map(m -> m.factor() - 1).orElse(UP - 1),
                up.map(Move::change).orElse(0.0),
                done.runnerUp().map(Moves::setting).orElse(""),
                other.map(Move::change).orElse(0.0),
                done.confirmed(),
                done.sentence());
    }

    /** What limits a tier's processor is moved by what a request costs there, or by the number of its instances. */
    private Optional<Lever> lever(String tier, String resource, Optional<String> setting) {
        if (setting.isPresent() && !resource.equals("cpu")) return lever(new StackSetting(setting.get()), false);
        Optional<Lever> work = lever(new StackSetting("stack." + tier + ".cpuPerRequest"), true);
        return work.isPresent() ? work : lever(StackSetting.instances(tier), false);
    }

    private Optional<Lever> lever(StackSetting setting, boolean inverse) {
        return setting.of(scenario).filter(now -> now > 0).map(now -> new Lever(setting, now, inverse));
    }

    /** The limit that comes next by what the run says, else by what a request costs. */
    private Optional<Lever> runnerUp(Bottleneck suspect, Optional<Limit> after, List<Demand> demands) {
        Optional<Lever> next = after.flatMap(n -> lever(n.tier(), n.resource(), n.setting()));
        if (next.isPresent()) return next;
        return demands.stream()
                .filter(d -> !(d.tier().equals(suspect.tier()) && d.resource().equals(suspect.resource())))
                .flatMap(d -> lever(d.tier(), d.resource(), d.setting()).stream())
                .findFirst();
    }

    private Moves move(Lever lever) throws IOException, BadInputException, InterruptedException {
        List<Move> moves = new ArrayList<>();
        for (double factor : new double[] {UP, DOWN}) {
            double to = lever.value(factor);
            if (to <= 0) continue;
            Scenario moved = lever.setting().moved(scenario, to);
            double real = lever.factor(to);
            Optional<RateInterval> found = again.of(moved, name(lever, factor));
            moves.add(new Move(
                    to,
                    real,
                    found,
                    found.map(f -> f.perSecond() / capacity - 1).orElse(0.0)));
        }
        return new Moves(lever.setting().path(), lever.now(), moves, elasticity(moves));
    }

    private static String name(Lever lever, double factor) {
        return lever.setting().path().replace('.', '-') + (factor > 1 ? "-up" : "-down");
    }

    private double elasticity(List<Move> moves) {
        return moves.stream()
                .filter(m -> m.slo().isPresent())
                .mapToDouble(m -> Math.log(m.slo().get().perSecond() / capacity) / Math.log(m.factor()))
                .average()
                .orElse(0);
    }

    private static String sentence(Moves suspect, Optional<Moves> runnerUp) {
        return words(suspect) + runnerUp.map(r -> "; " + words(r)).orElse("");
    }

    private static String words(Moves moves) {
        List<String> each = new ArrayList<>();
        for (Move m : moves.moves())
            each.add(Figures.number(moves.from()) + "→" + Figures.number(m.to()) + " moved capacity "
                    + m.slo().map(s -> signed(m.change())).orElse("nowhere that could be measured"));
        return moves.setting() + " " + String.join(", ", each)
                + String.format(Locale.ROOT, " (elasticity %.2f)", moves.elasticity());
    }

    private static String signed(double change) {
        return (change < 0 ? "−" : "+") + Figures.wholePercent(Math.abs(change));
    }
}

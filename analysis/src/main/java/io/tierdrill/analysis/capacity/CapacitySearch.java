package io.tierdrill.analysis.capacity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Which rate to try next. Probes far below tell what a request costs and so where the limit should be; then upward past
 * it until something breaks; then between, halving the distance on a logarithmic scale; then both ends of the bracket
 * again in random order, because a single step may be luck. What an unsure step leaves open is tried once more, and counts
 * as broken if it stays open: what was not shown to hold is not promised.
 *
 * <p>{@link #next}, then {@link #heard}, until there is no next. Belongs to one thread; the same outcomes and seed give
 * the same search.
 */
public final class CapacitySearch {
    private static final double[] PROBES = {0.1, 0.3};
    private static final double[] CLIMB = {0.6, 0.8, 0.95, 1.1};
    private static final double BEYOND = 1.2;
    private static final double DOWN = 0.5;
    private static final double FARTHEST_GUESS = 20;

    private final SearchPlan plan;
    private final RandomGenerator order;
    private final List<Step> steps = new ArrayList<>();
    private Optional<List<Planned>> again = Optional.empty();
    private Optional<Planned> planned = Optional.empty();
    private boolean oncemore;

    /** @param order draws the order of the repeats */
    public CapacitySearch(SearchPlan plan, RandomGenerator order) {
        this.plan = plan;
        this.order = order;
    }

    /** The next step, the same until its outcome is {@link #heard}; none when the search is over. */
    public Optional<Planned> next() {
        if (planned.isEmpty()) planned = steps.size() >= plan.mostSteps() ? Optional.empty() : decide();
        return planned;
    }

    /** The outcome of the step that {@link #next} asked for. */
    public void heard(Step step) {
        Planned asked = planned.orElseThrow(() -> new IllegalStateException("no step was asked for"));
        steps.add(step);
        boolean open = !step.outcome().decides() && asked.purpose() != Purpose.PROBE;
        planned = open && !oncemore ? planned : Optional.empty();
        oncemore = open && !oncemore;
        if (planned.isEmpty()) again.filter(left -> !left.isEmpty()).ifPresent(left -> left.remove(0));
    }

    /** All steps so far, in their order. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** The highest rate that held, below every one that broke. */
    public OptionalDouble low() {
        double broke = high().orElse(Double.POSITIVE_INFINITY);
        return steps.stream()
                .filter(s -> s.outcome() == Outcome.HELD && s.perSecond() < broke)
                .mapToDouble(Step::perSecond)
                .max();
    }

    /** The lowest rate that broke or stayed open. */
    public OptionalDouble high() {
        return steps.stream()
                .filter(s -> s.purpose() != Purpose.REPEAT && counts(s))
                .mapToDouble(Step::perSecond)
                .min();
    }

    /** Broken, or unsure twice at the same rate. */
    private boolean counts(Step step) {
        if (step.outcome() == Outcome.BROKE) return true;
        if (step.outcome() == Outcome.HELD) return false;
        return steps.stream()
                        .filter(s -> s.perSecond() == step.perSecond()
                                && !s.outcome().decides())
                        .count()
                >= 2;
    }

    /** The measurement itself gave out, twice at one rate, before anything of the stack broke. */
    public boolean stoppedByTheMeasurement() {
        OptionalDouble high = high();
        return high.isPresent()
                && steps.stream()
                        .filter(s -> s.perSecond() == high.getAsDouble() && s.purpose() != Purpose.REPEAT)
                        .noneMatch(s -> s.outcome() == Outcome.BROKE || s.outcome() == Outcome.UNSURE);
    }

    private Optional<Planned> decide() {
        if (plan.probes() && steps.size() < PROBES.length)
            return Optional.of(new Planned(PROBES[steps.size()] * plan.guessPerSecond(), Purpose.PROBE));
        if (high().isEmpty()) return Optional.of(new Planned(above(), Purpose.CLIMB));
        double high = high().getAsDouble();
        if (low().isEmpty()) return Optional.of(new Planned(high * DOWN, Purpose.CLIMB));
        double low = low().getAsDouble();
        if (high / low > 1 + plan.bracket()) return Optional.of(new Planned(Math.sqrt(low * high), Purpose.BISECT));
        return stoppedByTheMeasurement() ? Optional.empty() : repeat(low, high);
    }

    /** The next rung above everything that held. */
    private double above() {
        double guess = guess();
        double held = low().orElse(0);
        for (double rung : CLIMB) if (rung * guess > held * 1.02) return rung * guess;
        return held * BEYOND;
    }

    /** What the last probe says, as far as it may be believed; else what somebody thought. */
    private double guess() {
        return steps.stream()
                .filter(s -> s.purpose() == Purpose.PROBE)
                .reduce((first, second) -> second)
                .flatMap(Step::forecastPerSecond)
                .map(forecast -> Math.min(forecast, FARTHEST_GUESS * plan.guessPerSecond()))
                .orElse(plan.guessPerSecond());
    }

    private Optional<Planned> repeat(double low, double high) {
        if (again.isEmpty()) {
            List<Planned> both = new ArrayList<>();
            for (int i = 0; i < plan.repeats(); i++) {
                both.add(new Planned(low, Purpose.REPEAT));
                both.add(new Planned(high, Purpose.REPEAT));
            }
            for (int i = both.size() - 1; i > 0; i--) Collections.swap(both, i, order.nextInt(i + 1));
            again = Optional.of(both);
        }
        return again.get().stream().findFirst();
    }
}

package io.tierdrill.scenarios.capacity;

import io.tierdrill.analysis.Verdict;
import io.tierdrill.analysis.capacity.CapacitySearch;
import io.tierdrill.analysis.capacity.Demand;
import io.tierdrill.analysis.capacity.HoldCurve;
import io.tierdrill.analysis.capacity.Outcome;
import io.tierdrill.analysis.capacity.Planned;
import io.tierdrill.analysis.capacity.Purpose;
import io.tierdrill.analysis.capacity.RateInterval;
import io.tierdrill.analysis.capacity.SearchPlan;
import io.tierdrill.analysis.capacity.Step;
import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.Injection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** One search on one stack: the steps that are asked for, sent and judged. */
final class Searching {
    private static final double SPARE = 1.1;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Sender sender;
    private final Duration step;
    private final Consumer<Step> listener;
    private final CapacitySearch search;
    private final Map<Integer, Sender.Sent> runs = new LinkedHashMap<>();
    private final List<Verdict> probes = new ArrayList<>();

    /** @param listener hears of each step when it is done */
    Searching(Sender sender, SearchPlan plan, Duration step, RandomGenerator order, Consumer<Step> listener) {
        this.sender = sender;
        this.step = step;
        this.listener = listener;
        this.search = new CapacitySearch(plan, order);
    }

    /** To its end, or until somebody asks for the end. */
    void run() throws IOException, BadInputException, InterruptedException {
        for (Optional<Planned> next = search.next(); next.isPresent() && !sender.stopped(); next = search.next())
            make(next.get());
    }

    private void make(Planned planned) throws IOException, BadInputException, InterruptedException {
        Duration length = length(planned);
        Sender.Sent sent = sender.level(planned.perSecond(), length);
        Verdict verdict = sent.verdict();
        if (planned.purpose() == Purpose.PROBE) probes.add(verdict);
        int number = search.steps().size() + 1;
        runs.put(number, sent);
        Step made = judged(number, planned, verdict, length);
        search.heard(made);
        listener.accept(made);
    }

    /** A p99 needs its samples; a probe asks what a request costs, and needs none. */
    private Duration length(Planned planned) {
        if (planned.purpose() == Purpose.PROBE) return step;
        double seconds = SPARE * Injection.Quantiles.NEEDED_FOR_P99 / planned.perSecond();
        Duration needed = Duration.ofMillis((long) Math.ceil(seconds * 1e3));
        Duration longer = needed.compareTo(step) > 0 ? needed : step;
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    private Step judged(int number, Planned planned, Verdict verdict, Duration length) {
        return new Step(
                number,
                planned.purpose(),
                planned.perSecond(),
                outcome(verdict),
                verdict.capacity().offeredPerSecond(),
                verdict.capacity().goodputPerSecond(),
                verdict.latency().p99().map(p -> p.micros()),
                demands().stream().findFirst().map(Demand::fullAtPerSecond),
                length.toMillis() / 1e3,
                why(verdict));
    }

    /** What holds while it piles up does not hold. */
    private static Outcome outcome(Verdict verdict) {
        if (verdict.status() == Status.INVALID) return Outcome.INVALID;
        if (verdict.status() == Status.NO_GO || verdict.saturated()) return Outcome.BROKE;
        return verdict.status() == Status.GO ? Outcome.HELD : Outcome.UNSURE;
    }

    private static String why(Verdict verdict) {
        if (verdict.status() == Status.INVALID)
            return String.join("; ", verdict.validity().reasons());
        if (verdict.status() == Status.GO) return String.join("; ", verdict.saturation());
        return verdict.slo().stream()
                .filter(line -> line.outcome() != SloLine.Outcome.KEPT)
                .map(SloLine::text)
                .collect(Collectors.joining("; "));
    }

    List<Step> steps() {
        return search.steps();
    }

    /** The highest rate that held below all that broke; 0 where none did. */
    double held() {
        return search.low().orElse(0);
    }

    /** Whether the injector or the machine ended the search, and not the stack. */
    boolean stoppedByTheMeasurement() {
        return search.stoppedByTheMeasurement();
    }

    /** The capacity, where the stack itself broke. */
    Optional<RateInterval> found() {
        return stoppedByTheMeasurement() ? Optional.empty() : HoldCurve.of(search.steps());
    }

    /** Of the two probes. */
    List<Demand> demands() {
        return probes.size() < 2 ? List.of() : Demand.between(probes.get(0), probes.get(1));
    }

    /** Of the lowest rate that broke with a culprit; of the lowest that broke; of the highest that held. */
    Optional<Sender.Sent> telling() {
        return lowest(true)
                .or(() -> lowest(false))
                .or(() -> search.steps().stream()
                        .filter(s -> s.outcome() == Outcome.HELD)
                        .max((a, b) -> Double.compare(a.perSecond(), b.perSecond()))
                        .map(s -> runs.get(s.number())))
                .or(() -> runs.values().stream().reduce((a, b) -> b));
    }

    private Optional<Sender.Sent> lowest(boolean blaming) {
        return search.steps().stream()
                .filter(s -> s.outcome() == Outcome.BROKE)
                .filter(s ->
                        !blaming || runs.get(s.number()).verdict().bottleneck().isPresent())
                .min((a, b) -> Double.compare(a.perSecond(), b.perSecond()))
                .map(s -> runs.get(s.number()));
    }
}

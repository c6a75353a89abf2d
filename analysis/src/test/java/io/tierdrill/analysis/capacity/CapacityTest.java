package io.tierdrill.analysis.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final double TRUE_CAPACITY = 4_180;

    @Test
    void findsASharpLimitWithinItsBracketFromAGuessFarTooLow() {
        CapacitySearch search = run(SearchPlan.thorough(500), rate -> sharp(rate));

        assertThat(search.low().orElseThrow()).isLessThanOrEqualTo(TRUE_CAPACITY);
        assertThat(search.high().orElseThrow()).isGreaterThan(TRUE_CAPACITY);
        assertThat(search.high().orElseThrow() / search.low().orElseThrow()).isLessThanOrEqualTo(1.03);
        RateInterval found = HoldCurve.of(search.steps()).orElseThrow();
        assertThat(found.perSecond()).isCloseTo(TRUE_CAPACITY, within(0.03 * TRUE_CAPACITY));
        assertThat(found.lowPerSecond()).isLessThan(TRUE_CAPACITY);
        assertThat(found.highPerSecond()).isGreaterThan(TRUE_CAPACITY);
    }

    @Test
    void goesDownFromAGuessFarTooHigh() {
        CapacitySearch search = run(SearchPlan.near(60_000), rate -> sharp(rate));

        assertThat(search.low().orElseThrow()).isBetween(0.9 * TRUE_CAPACITY, TRUE_CAPACITY);
    }

    @Test
    void usesWhatProbesForecastInsteadOfTheGuess() {
        CapacitySearch search = new CapacitySearch(SearchPlan.thorough(1_000), new Random(1));
        for (int i = 0; i < 2; i++) {
            Planned probe = search.next().orElseThrow();
            search.heard(step(i, probe, Outcome.HELD, Optional.of(5_000.0)));
        }

        assertThat(search.next().orElseThrow()).isEqualTo(new Planned(3_000, Purpose.CLIMB));
    }

    @Test
    void triesWhatStayedOpenOnceMoreAndThenDoesNotPromiseIt() {
        CapacitySearch search = new CapacitySearch(SearchPlan.near(1_000), new Random(1));
        Planned first = search.next().orElseThrow();
        search.heard(step(1, first, Outcome.UNSURE, Optional.empty()));
        assertThat(search.next()).contains(first);
        search.heard(step(2, first, Outcome.UNSURE, Optional.empty()));

        assertThat(search.high()).hasValue(first.perSecond());
        assertThat(search.next().orElseThrow().perSecond()).isEqualTo(first.perSecond() / 2);
        assertThat(search.stoppedByTheMeasurement()).isFalse();
    }

    @Test
    void saysSoWhenTheMeasurementGaveOutAndNotTheStack() {
        CapacitySearch search = run(SearchPlan.near(1_000), rate -> rate < 2_000 ? Outcome.HELD : Outcome.INVALID);

        assertThat(search.stoppedByTheMeasurement()).isTrue();
        assertThat(search.steps()).noneMatch(s -> s.purpose() == Purpose.REPEAT);
        assertThat(HoldCurve.of(search.steps())).isEmpty();
    }

    @Test
    void repeatsBothEndsOfTheBracketAsOftenAsPlanned() {
        CapacitySearch search = run(SearchPlan.thorough(4_000), rate -> sharp(rate));

        assertThat(search.steps().stream().filter(s -> s.purpose() == Purpose.REPEAT))
                .hasSize(6);
        assertThat(search.steps().size()).isLessThan(20);
    }

    /** The interval is honest: over noisy searches it covers the truth about as often as it says. */
    @Test
    void intervalsCoverTheTruthAboutNineTimesInTen() {
        int covered = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random chance = new Random(seed);
            CapacitySearch search = run(SearchPlan.thorough(3_000), rate -> {
                double holds = 1 / (1 + Math.exp((Math.log(rate) - Math.log(TRUE_CAPACITY)) / 0.02));
                return chance.nextDouble() < holds ? Outcome.HELD : Outcome.BROKE;
            });
            RateInterval found = HoldCurve.of(search.steps()).orElseThrow();
            if (found.lowPerSecond() <= TRUE_CAPACITY && TRUE_CAPACITY <= found.highPerSecond()) covered++;
        }

        assertThat(covered).isBetween(165, 200);
    }

    @Test
    void scalabilityLawComesBackFromItsOwnPoints() {
        List<UniversalScalability.Measured> points = IntStream.of(1, 2, 4, 8, 16, 32)
                .mapToObj(n ->
                        new UniversalScalability.Measured(n, 100.0 * n / (1 + 0.05 * (n - 1) + 0.001 * n * (n - 1))))
                .toList();

        UniversalScalability law = UniversalScalability.fit(points).orElseThrow();

        assertThat(law.perInstance()).isCloseTo(100, within(1e-6));
        assertThat(law.serial()).isCloseTo(0.05, within(1e-9));
        assertThat(law.crosstalk()).isCloseTo(0.001, within(1e-9));
        assertThat(law.best().orElseThrow()).isCloseTo(Math.sqrt(0.95 / 0.001), within(1e-3));
        assertThat(law.points()).allSatisfy(p -> assertThat(p.residual()).isCloseTo(0, within(1e-9)));
        assertThat(law.at(64)).isPresent();
        assertThat(law.at(65)).isEmpty();
    }

    @Test
    void scalabilityLawNeverHasNegativeCosts() {
        // Better than linear: noise, or a cache that fits at last; the law must not make money out of it.
        List<UniversalScalability.Measured> points = IntStream.of(1, 2, 3, 4)
                .mapToObj(n -> new UniversalScalability.Measured(n, 100 * Math.pow(n, 1.1)))
                .toList();

        UniversalScalability law = UniversalScalability.fit(points).orElseThrow();

        assertThat(law.serial()).isZero();
        assertThat(law.crosstalk()).isZero();
        assertThat(law.best()).isEmpty();
        assertThat(law.words()).contains("4 counts are few for three unknowns");
        assertThat(UniversalScalability.fit(points.subList(0, 2))).isEmpty();
    }

    @Test
    void forecastsNoFartherThanItMay() {
        var capacity = Optional.of(new RateInterval(4_000, 3_900, 4_100));
        assertThat(answers(capacity, 4_000, Optional.empty(), 3_900, 4_000, 4_101))
                .containsExactly(Forecast.Answer.HOLDS, Forecast.Answer.OPEN, Forecast.Answer.BREAKS);
        assertThat(answers(Optional.empty(), 1_000, Optional.of(1_400.0), 1_000, 1_300, 1_450, 1_600))
                .containsExactly(
                        Forecast.Answer.HOLDS, Forecast.Answer.OPEN, Forecast.Answer.BREAKS, Forecast.Answer.OPEN);
        assertThat(Forecast.of(1_600, 1, Optional.empty(), 1_000, Optional.of(1_400.0))
                        .basis())
                .isEqualTo("not tested");
        assertThat(Forecast.of(1_000, 1.5, capacity, 4_000, Optional.empty()).goalPerSecond())
                .isEqualTo(1_500);
    }

    private static List<Forecast.Answer> answers(
            Optional<RateInterval> capacity, double tried, Optional<Double> forecast, double... goals) {
        return DoubleStream.of(goals)
                .mapToObj(
                        goal -> Forecast.of(goal, 1, capacity, tried, forecast).answer())
                .toList();
    }

    private static Outcome sharp(double rate) {
        return rate <= TRUE_CAPACITY ? Outcome.HELD : Outcome.BROKE;
    }

    private static CapacitySearch run(SearchPlan plan, DoubleFunction<Outcome> stack) {
        CapacitySearch search = new CapacitySearch(plan, new Random(7));
        for (Optional<Planned> next = search.next(); next.isPresent(); next = search.next())
            search.heard(step(
                    search.steps().size() + 1,
                    next.get(),
                    stack.apply(next.get().perSecond()),
                    Optional.empty()));
        return search;
    }

    private static Step step(int number, Planned planned, Outcome outcome, Optional<Double> forecast) {
        return new Step(
                number,
                planned.purpose(),
                planned.perSecond(),
                outcome,
                planned.perSecond(),
                planned.perSecond(),
                Optional.empty(),
                forecast,
                8,
                "");
    }
}

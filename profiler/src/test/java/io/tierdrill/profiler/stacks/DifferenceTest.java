package io.tierdrill.profiler.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static Profile profile(String stacks, Sampling sampling, long answers) {
        // Whatever the sampler says, a sample was 5 ms here.
        FoldedStacks folded = FoldedStacks.parse(stacks);
        Optional<Double> seconds =
                sampling == Sampling.CPU_TIME ? Optional.of(folded.total() / 200.0) : Optional.empty();
        return new Profile("load", folded, sampling, answers, seconds, 0);
    }

    @Test
    void comparesWhatAnAnswerCostsAndNotHowManyThereWere() {
        // Ten times the answers: read costs the same, lock twice as much, parse is gone.
        Difference two = new Difference(
                profile("loop;read 400\nloop;lock 100\nloop;parse 200", Sampling.CPU_TIME, 1_000),
                profile("loop;read 4000\nloop;lock 2000", Sampling.CPU_TIME, 10_000));

        assertThat(two.unit()).isEqualTo(Unit.MICROS_AN_ANSWER);
        // 700 samples of 5 ms for a thousand answers.
        assertThat(two.whole().perBefore()).isCloseTo(3_500, within(1e-6));
        assertThat(two.whole().perAfter()).isCloseTo(3_000, within(1e-6));
        assertThat(two.methods()).extracting(Difference.Change::name).containsExactly("lock", "read", "parse");
        assertThat(two.methods().get(0).grown()).isCloseTo(500, within(1e-6));
        assertThat(two.methods().get(1).grown()).isCloseTo(0, within(1e-6));
        assertThat(two.methods().get(2).grown()).isCloseTo(-1_000, within(1e-6));
        assertThat(two.methods()).extracting(Difference.Change::beyondChance).containsExactly(true, false, true);
    }

    @Test
    void takesAFewSamplesMoreForChance() {
        Difference two = new Difference(
                profile("a 10\nb 90", Sampling.CPU_TIME, 100), profile("a 18\nb 90", Sampling.CPU_TIME, 100));

        // 8 more of 10 and 18: 1.5 standard deviations.
        assertThat(two.methods().get(0).deviations()).isCloseTo(8 / Math.sqrt(11 + 19), within(1e-9));
        assertThat(two.methods().get(0).beyondChance()).isFalse();
    }

    @Test
    void takesSharesWhereSamplesAreNoTimeOrNobodyCountedAnswers() {
        Profile counted = profile("a 10\nb 30", Sampling.RUNNING, 100);
        Profile uncounted = profile("a 10\nb 30", Sampling.RUNNING, 0);
        Profile timed = profile("a 10", Sampling.CPU_TIME, 100);

        assertThat(Unit.of(List.of(counted, counted)).of(counted, 10)).isEqualTo(100);
        assertThat(Unit.of(List.of(counted, counted))).isEqualTo(Unit.SAMPLES_A_THOUSAND_ANSWERS);
        assertThat(Unit.of(List.of(counted, uncounted))).isEqualTo(Unit.PERCENT);
        assertThat(Unit.of(List.of(counted, timed))).isEqualTo(Unit.PERCENT);
        assertThat(Unit.PERCENT.of(uncounted, 10)).isEqualTo(25);
    }

    @Test
    void dividesWhatTheKernelCountedHoweverSeldomTheProcessWasSeen() {
        Profile often = new Profile("x", FoldedStacks.parse("a 30\nb 10"), Sampling.CPU_TIME, 100, Optional.of(2.0), 0);
        Profile seldom = new Profile("x", FoldedStacks.parse("a 3\nb 1"), Sampling.CPU_TIME, 100, Optional.of(2.0), 0);
        Difference two = new Difference(often, seldom);

        assertThat(two.whole().perBefore()).isCloseTo(20_000, within(1e-6));
        assertThat(two.methods())
                .extracting(Difference.Change::grown)
                .allSatisfy(g -> assertThat(g).isCloseTo(0, within(1e-6)));
    }

    @Test
    void saysNothingIsBeyondChanceWhereOneSideIsEmpty() {
        Difference two = new Difference(profile("", Sampling.CPU_TIME, 10), profile("a 1", Sampling.CPU_TIME, 10));

        assertThat(two.methods().get(0).beyondChance()).isFalse();
        assertThat(two.whole().perBefore()).isZero();
    }

    @Test
    void addsProcessesOfATierUpAndKeepsTheAnswersOfTheStack() {
        Profile one = new Profile("low", FoldedStacks.parse("a 1"), Sampling.CPU_TIME, 50, Optional.of(0.1), 2);
        Profile other = new Profile("low", FoldedStacks.parse("a 2"), Sampling.CPU_TIME, 50, Optional.of(0.1), 2);

        assertThat(one.plus(other))
                .isEqualTo(new Profile("low", FoldedStacks.parse("a 3"), Sampling.CPU_TIME, 50, Optional.of(0.2), 4));
        assertThatThrownBy(() -> one.plus(profile("a 1", Sampling.PERF, 50)))
                .hasMessage("sampling must be CPU_TIME in both, was PERF");
    }
}

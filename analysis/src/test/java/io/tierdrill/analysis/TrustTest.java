package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.SyntheticRun.Sketch;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.Demand;
import io.tierdrill.analysis.finding.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of the measurement itself. */
class TrustTest {

    @Test
    void remarksThatTheStackWasStillWarmingUpForMostOfTheRun() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) ->
                        s < 14 ? Sketch.calm(chance).serviceOwn(60 + 10 * chance.nextDouble()) : Sketch.calm(chance))
                .verdict();

        assertThat(verdict.status()).isEqualTo(Status.GO);
        assertThat(verdict.validity().trusted()).isTrue();
        assertThat(verdict.validity().remarks()).singleElement().asString().startsWith("not steady: the last 3");
    }

    @Test
    void doesNotMindAWarmUpOfAFewSeconds() {
        assertThat(SyntheticRun.tree(1, 2)
                        .requests((s, chance) -> s < 4 ? Sketch.calm(chance).serviceOwn(60) : Sketch.calm(chance))
                        .verdict()
                        .validity()
                        .remarks())
                .isEmpty();
    }

    @Test
    void hasNothingToRemarkOnARunInWhichAllIsWell() {
        assertThat(FirstScreenTest.healthy().verdict().validity().remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 1.2})
    void remarksWhereWhatATierTellsDoesNotClose(double seen) {
        Verdict verdict = FirstScreenTest.healthy().inside("service", seen).verdict();

        assertThat(verdict.status()).isEqualTo(Status.GO);
        assertThat(verdict.validity().remarks())
                .singleElement()
                .asString()
                .startsWith("what service tells does not close: ");
    }

    @Test
    void doesNotMindADifferenceOfTwoPerCent() {
        assertThat(FirstScreenTest.healthy()
                        .inside("service", 1.02)
                        .verdict()
                        .validity()
                        .remarks())
                .isEmpty();
    }

    @Test
    void remarksOnAnInstanceThatWasOutOfSight() {
        assertThat(FirstScreenTest.healthy()
                        .unseen("service/2", 6, 13)
                        .verdict()
                        .validity()
                        .remarks())
                .contains("service/2 was not seen for 35 % of the time");
    }

    @Test
    void doesNotMissAnInstanceThatDied() {
        assertThat(FirstScreenTest.healthy()
                        .unseen("service/2", 6, 99)
                        .event(6, "crash", "service/2", "service/2 ended with status 1")
                        .verdict()
                        .validity()
                        .remarks())
                .isEmpty();
    }

    @Test
    void callsARunInvalidOfWhichAGoodPartWasNotWrittenDown() {
        Verdict verdict = FirstScreenTest.healthy().counted(8_000).verdict();

        assertThat(verdict.status()).isEqualTo(Status.INVALID);
        assertThat(verdict.validity().culprit()).contains("run");
        assertThat(verdict.validity().reasons())
                .isEqualTo(List.of("only 75 % of the requests were written down: the disk did not keep up"));
        assertThat(verdict.headline()).startsWith("the stack holds at least 300 req/s");
    }

    @Test
    void remarksWhereAFewRequestsWereNotWrittenDown() {
        Verdict verdict = FirstScreenTest.healthy().counted(6_200).verdict();

        assertThat(verdict.status()).isEqualTo(Status.GO);
        assertThat(verdict.validity().remarks()).hasSize(1);
    }

    // Service demand

    @Test
    void tellsWhatARequestCostsEachTierAndWhenThatWouldBeAllItHas() {
        Demand service = FirstScreenTest.healthy().verdict().demands().stream()
                .filter(d -> d.tier().equals("service"))
                .findFirst()
                .orElseThrow();

        // Two instances at 38 % of 300 requests a second.
        assertThat(service.microsPerRequest()).isBetween(2_500.0, 2_570.0);
        assertThat(service.mostPerSecond()).isBetween(775.0, 800.0);
        assertThat(service.lowLoadMicrosPerRequest()).isEmpty();
        assertThat(service.steady()).isTrue();
    }

    @Test
    void leavesOutWhatAnEmulationCosts() {
        assertThat(FirstScreenTest.healthy().verdict().demands())
                .extracting(Demand::tier)
                .containsExactly("l4", "l7", "service");
    }

    private static SyntheticRun lowThenHigh(double lowCpu, double highCpu) {
        return SyntheticRun.tree(1, 1)
                .rateUntil(10, 0.25)
                .requests((s, chance) ->
                        s < 10 ? Sketch.calm(chance) : Sketch.calm(chance).path(20 + 150 * (s - 10)))
                .flow("l7", 300, 0.02, 0, 0.015)
                .cpu("l7", 0.2, 0.98, 10)
                .cpu("service", lowCpu, highCpu, 10);
    }

    @Test
    void measuresTheDemandWhereLittleIsAsked() {
        Demand service = lowThenHigh(0.15, 0.5).verdict().demands().stream()
                .filter(d -> d.tier().equals("service"))
                .findFirst()
                .orElseThrow();

        assertThat(service.lowLoadMicrosPerRequest().orElseThrow()).isBetween(1_900.0, 2_100.0);
        assertThat(service.mostPerSecond()).isBetween(475.0, 525.0);
        assertThat(service.steady()).isTrue();
    }

    @Test
    void isLessSureWhereAnotherTierShouldBeFullFirstByItsDemandAtLowLoad() {
        Verdict agreed = lowThenHigh(0.1, 0.5).verdict();
        Verdict doubted = lowThenHigh(0.45, 0.5).verdict();

        assertThat(agreed.bottleneck().orElseThrow().tier()).isEqualTo("l7");
        assertThat(agreed.bottleneck().orElseThrow().confidence()).isEqualTo(Confidence.TWO_SIGNALS);
        assertThat(doubted.bottleneck().orElseThrow().confidence()).isEqualTo(Confidence.SUSPECTED);
        assertThat(doubted.bottleneck().orElseThrow().evidence())
                .anyMatch(e -> e.startsWith("but at low load a request costs service "));
    }

    @Test
    void forecastsNothingFromADemandThatChangesWithTheLoad() {
        assertThat(lowThenHigh(0.05, 0.9).verdict().next().orElseThrow().atPerSecond())
                .isEmpty();
    }
}

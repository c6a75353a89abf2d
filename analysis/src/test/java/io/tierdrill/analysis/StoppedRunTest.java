package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.finding.Status;
import io.tierdrill.model.run.Stopped;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run that ended before its time speaks of what it met, and of nothing else. */
class StoppedRunTest {
    private static final Stopped BY_HAND = new Stopped(30, 60, Optional.empty(), Optional.empty());
    private static final Stopped BY_RULE = new Stopped(
            30, 60, Optional.of("errors>1% for 5s"), Optional.of("errors 1.95 % (39 of 2,000) from 25 s to 30 s"));

    @Test
    void keptPromisesAreNotAGoWhereTheRestOfTheLoadWasNotMet() {
        assertThat(FirstScreenTest.healthy().verdict().status()).isEqualTo(Status.GO);
        Verdict verdict = FirstScreenTest.healthy().stopped(BY_HAND).verdict();

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.headline()).isEqualTo("stopped after 30 of 60 s: the rest of the load was not met");
        assertThat(verdict.validity().trusted()).isTrue();
        assertThat(verdict.validity().remarks())
                .first()
                .isEqualTo("stopped early, after 30 of 60 s, by Ctrl-C or a signal");
        assertThat(JunitReport.text(verdict))
                .contains("failures=\"0\" errors=\"0\" skipped=\"1\"")
                .contains("name=\"promise: whole run\"");
    }

    @Test
    void aBrokenPromiseIsBrokenAlsoWhereTheRunWasStopped() {
        assertThat(HtmlReportTest.badNight().stopped(BY_HAND).verdict().status())
                .isEqualTo(Status.NO_GO);
    }

    @Test
    void aBrokenRuleIsABrokenPromise() {
        Verdict verdict = FirstScreenTest.healthy().stopped(BY_RULE).verdict();

        assertThat(verdict.status()).isEqualTo(Status.NO_GO);
        assertThat(verdict.headline())
                .endsWith(
                        "errors>1% for 5s was broken: errors 1.95 % (39 of 2,000) from 25 s to 30 s; stopped after 30 of"
                                + " 60 s");
        assertThat(verdict.validity().remarks())
                .first()
                .isEqualTo("stopped early, after 30 of 60 s, by errors>1% for 5s");
        assertThat(JunitReport.text(verdict)).contains("failures=\"1\"").contains("name=\"promise: abortOn\"");
    }
}

package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.SyntheticRun.Sketch;
import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.ResourceKind;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Each run is planted with one cause; the verdict must name it and nothing else. */
class PlantedCausesTest {

    /** Waiting grows all through an overloaded run. */
    private static double growing(double second) {
        return 20 + 150 * second;
    }

    private static SyntheticRun slowService() {
        return SyntheticRun.tree(2, 2)
                .requests((s, chance) -> Sketch.calm(chance).l7Queue(growing(s)).serviceQueue(15))
                .flow("l7", 300, 1.5, 1.4, 0.095)
                .flow("service", 300, 0.09, 0.02, 0)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 12)
                .limit("l7", "connectionsPerUpstream", ResourceKind.POOL, 16, 16, 70);
    }

    @Test
    void blamesTheServiceAtItsConcurrencyLimitAndNotTheFullPoolAboveIt() {
        Verdict verdict = slowService().verdict();

        assertThat(verdict.status()).isEqualTo(Status.NO_GO);
        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.tier()).isEqualTo("service");
        assertThat(bottleneck.resource()).isEqualTo("concurrency");
        assertThat(bottleneck.limit()).contains(4.0);
        assertThat(bottleneck.place()).contains("scenario.yaml:31");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
        assertThat(bottleneck.evidence())
                .containsExactly(
                        "all 4 taken in 100 % of windows (2 of 2 instances)",
                        "24 requests waiting on average",
                        "l7 connectionsPerUpstream is full too and waits for the tier below 95 % of its held time");
        assertThat(bottleneck.change()).startsWith("stack.service.concurrency: 4 → ");
    }

    @Test
    void blamesTheProcessorOfTheServiceBehindItsFullSlots() {
        Verdict verdict = slowService().cpu("service", 0.99, 0.01).host(8, 0.5).verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.tier()).isEqualTo("service");
        assertThat(bottleneck.kind()).isEqualTo("cpu");
        assertThat(bottleneck.change()).startsWith("stack.service.instances: 2 → ");
    }

    @Test
    void blamesTheEventLoopOfTheL7ThatIsAlwaysBusy() {
        Verdict verdict = SyntheticRun.tree(1, 4)
                .requests((s, chance) -> Sketch.calm(chance).path(growing(s)))
                .cpu("l7", 0.98, 0.02)
                .flow("l7", 280, 0.02, 0, 0.015)
                .flow("service", 280, 0.012, 0, 0)
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.tier()).isEqualTo("l7");
        assertThat(bottleneck.resource()).isEqualTo("cpu");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
        assertThat(bottleneck.evidence())
                .contains("its busiest thread runs 98 % of the time, full in 100 % of windows");
    }

    @Test
    void stillSeesTheBusyLoopWhenOthersPreemptIt() {
        Verdict verdict = SyntheticRun.tree(1, 4)
                .requests((s, chance) -> Sketch.calm(chance).path(growing(s)))
                .cpu("l7", 0.85, 0.14)
                .host(4, 0.6)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().resource()).isEqualTo("cpu");
        assertThat(verdict.bottleneck().orElseThrow().tier()).isEqualTo("l7");
    }

    @Test
    void blamesTheConnectionTableThatRefuses() {
        Verdict verdict = SyntheticRun.tree(2, 4)
                .requests((s, chance) -> chance.nextDouble() < 0.3
                        ? Sketch.calm(chance).fails(Outcome.CONNECTION_RESET)
                        : Sketch.calm(chance))
                .flow("l4", 60, 2, 0, 2)
                .errors("l4", 90)
                .limit("l4", "connections", ResourceKind.TABLE, 8, 8, 0, 45, 0)
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(verdict.status()).isEqualTo(Status.NO_GO);
        assertThat(bottleneck.tier()).isEqualTo("l4");
        assertThat(bottleneck.kind()).isEqualTo("table");
        assertThat(bottleneck.resource()).isEqualTo("connections");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
        assertThat(bottleneck.change()).startsWith("stack.l4.connections: 8 → ");
    }

    @Test
    void blamesThePoolItselfWhenEverythingBelowIsIdle() {
        Verdict verdict = SyntheticRun.tree(2, 4)
                .requests((s, chance) -> Sketch.calm(chance).l7Queue(growing(s)))
                .flow("l7", 300, 1.5, 1.45, 0.048)
                .flow("service", 300, 0.04, 0, 0)
                .limit("l7", "connectionsPerUpstream", ResourceKind.POOL, 2, 2, 71)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 64, 6, 0)
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.tier()).isEqualTo("l7");
        assertThat(bottleneck.kind()).isEqualTo("pool");
        assertThat(bottleneck.evidence()).contains("nothing below is busy: service CPU at 10 % is the most");
        assertThat(verdict.next().orElseThrow().tier()).isNotEqualTo("l3");
    }

    @Test
    void onlySuspectsAServiceThatIsBusyButNotProvedFullBehindAFullPool() {
        Verdict verdict = SyntheticRun.tree(2, 2)
                .requests((s, chance) -> Sketch.calm(chance).l7Queue(growing(s)))
                .flow("l7", 300, 1.5, 1.4, 0.095)
                .flow("service", 300, 0.09, 0, 0)
                .cpu("service", 0.8, 0.05)
                .limit("l7", "connectionsPerUpstream", ResourceKind.POOL, 16, 16, 70)
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.tier()).isEqualTo("service");
        assertThat(bottleneck.resource()).isEqualTo("cpu");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.SUSPECTED);
    }

    @Test
    void saysWhichSignalIsMissingWhenTheTierBehindAFullPoolIsDark() {
        Verdict verdict = SyntheticRun.tree(2, 2)
                .requests((s, chance) -> Sketch.calm(chance).l7Queue(growing(s)))
                .flow("l7", 300, 1.5, 1.4, 0.095)
                .silent("service")
                .limit("l7", "connectionsPerUpstream", ResourceKind.POOL, 16, 16, 70)
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.tier()).isEqualTo("service");
        assertThat(bottleneck.resource()).isEqualTo("unknown");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.SUSPECTED);
        assertThat(bottleneck.evidence()).contains("signal missing: telemetry of service");
        assertThat(verdict.validity().remarks())
                .containsExactly("no processor time known of service", "service says nothing of its own traffic");
    }

    @Test
    void blamesTheMachineWhenEverybodyWaitsForItsProcessors() {
        Verdict verdict = SyntheticRun.tree(2, 2)
                .requests((s, chance) -> Sketch.calm(chance).gap(growing(s)))
                .cpu("service", 0.4, 0.5)
                .cpu("l7", 0.2, 0.4)
                .cpu("l4", 0.1, 0.2)
                .flow("service", 290, 0.01, 0, 0)
                .host(2, 0.99)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 12)
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.tier()).isEqualTo("host");
        assertThat(bottleneck.kind()).isEqualTo("host-cpu");
        assertThat(bottleneck.evidence()).contains("service takes most, 0.8 of 2 processors");
    }

    @Test
    void doesNotBlameABusyMachineForSlotsThatAreHeldBySleeping() {
        Verdict verdict = slowService()
                .host(2, 0.99)
                .cpu("service", 0.2, 0.1)
                .cpu("l7", 0.3, 0.4)
                .cpu("l4", 0.1, 0.2)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().tier()).isEqualTo("service");
        assertThat(verdict.bottleneck().orElseThrow().resource()).isEqualTo("concurrency");
    }

    @Test
    void doesNotBlameABusyMachineForDescriptorsThatAreUsedUp() {
        Verdict verdict = SyntheticRun.tree(2, 2)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.3 ? Sketch.calm(chance).fails(Outcome.TIMEOUT) : Sketch.calm(chance))
                .host(2, 0.99)
                .cpu("service", 0.4, 0.5)
                .cpu("l7", 0.3, 0.4)
                .cpu("l4", 0.3, 0.3)
                .descriptors("l7", 1015)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("descriptors");
    }

    @Test
    void neverBlamesTheProcessorThatEmulatesARouter() {
        Verdict verdict = SyntheticRun.tree(1, 1)
                .requests((s, chance) -> Sketch.calm(chance).serviceOwn(400))
                .flow("service", 300, 0.4, 0, 0)
                .cpu("l3", 0.99, 0)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().tier()).isEqualTo("service");
        assertThat(verdict.tiers().get(1).emulated()).isTrue();
    }

    @Test
    void blamesNobodyAndNamesTheNearestLimitWhenAllIsWell() {
        Verdict verdict = SyntheticRun.tree(2, 2)
                .flow("l7", 300, 0.02, 0, 0.018)
                .flow("service", 300, 0.017, 0, 0)
                .cpu("service", 0.38, 0.01)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 64, 6, 0)
                .verdict();

        assertThat(verdict.status()).isEqualTo(Status.GO);
        assertThat(verdict.saturated()).isFalse();
        assertThat(verdict.bottleneck()).isEmpty();
        assertThat(verdict.next().orElseThrow().title()).isEqualTo("service CPU");
        assertThat(verdict.next().orElseThrow().share()).isEqualTo(0.38, Offset.offset(0.01));
    }

    @Test
    void doesNotCallAHotButSufficientTierABottleneck() {
        Verdict verdict = SyntheticRun.tree(1, 4).cpu("l7", 0.97, 0).verdict();

        assertThat(verdict.status()).isEqualTo(Status.GO);
        assertThat(verdict.bottleneck()).isEmpty();
    }

    @Test
    void blamesTheInstanceThatCrashedBeforeRequestsWereLetDown() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> s > 12.3 && chance.nextDouble() < 0.5
                        ? Sketch.calm(chance).fails(Outcome.SERVER_ERROR)
                        : Sketch.calm(chance))
                .event(12.3, "crash", "service/2", "service/2 ended with status 137")
                .limit("service/1", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 9, 0, 12.5)
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.kind()).isEqualTo("crash");
        assertThat(bottleneck.instance()).contains("service/2");
        assertThat(verdict.tiers().get(4).crashes()).isEqualTo(1);
    }

    @Test
    void namesADrillForWhatItWasAndNotForACrashOrALimit() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> s > 12.3 && chance.nextDouble() < 0.5
                        ? Sketch.calm(chance).fails(Outcome.SERVER_ERROR)
                        : Sketch.calm(chance))
                .event(12.3, "drill", "service/2", "killed as planned")
                .event(16, "restart", "service/2", "started again at 127.0.4.2:80 as process 7")
                .limit("service/1", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 9, 0, 12.5)
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.kind()).isEqualTo("drill");
        assertThat(bottleneck.tier()).isEqualTo("service");
        assertThat(bottleneck.instance()).contains("service/2");
        assertThat(bottleneck.title()).isEqualTo("service/2 was killed as planned at 12.3 s");
        assertThat(bottleneck.evidence())
                .containsExactly(
                        "service/2 was killed as planned at 12.3 s",
                        "requests are let down from second 12 on",
                        "it was given back at 16 s");
        assertThat(verdict.validity().remarks()).contains("service/2 was killed as planned at 12.3 s");
        assertThat(verdict.tiers().get(4).crashes()).isZero();
    }

    @Test
    void doesNotTakeADrillThatWasBorneForTheCauseOfWhatCameBeforeOrLongAfterIt() {
        for (double second : new double[] {2, 19}) {
            Verdict verdict = slowService()
                    .event(second, "drill", "l4/1", "killed as planned")
                    .verdict();

            assertThat(verdict.bottleneck().orElseThrow().resource())
                    .as("drill at " + second)
                    .isEqualTo("concurrency");
        }
    }

    @Test
    void takesACrashLongAfterTheTroubleBeganForAConsequence() {
        Verdict verdict = slowService()
                .event(15, "crash", "service/2", "service/2 ended with status 137")
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().resource()).isEqualTo("concurrency");
    }

    @Test
    void blamesDnsForNamesThatDoNotResolve() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> chance.nextDouble() < 0.1
                        ? Sketch.calm(chance).fails(Outcome.DNS_FAILURE)
                        : Sketch.calm(chance))
                .errors("dns", 30)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().tier()).isEqualTo("dns");
        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("errors");
    }

    @Test
    void saysThatTheLoadIsSpreadBadlyBeforeItAsksForMore() {
        Verdict verdict = SyntheticRun.tree(2, 3)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.6 ? Sketch.calm(chance).serviceQueue(growing(s)) : Sketch.calm(chance))
                .flow("service", 90, 0.02, 0, 0)
                .flow("service/2", 210, 0.9, 0.8, 0)
                .limit("service/2", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 20)
                .limit("service/1", "concurrency", ResourceKind.CONCURRENCY, 4, 0.5, 0)
                .limit("service/3", "concurrency", ResourceKind.CONCURRENCY, 4, 0.5, 0)
                .setting("stack.l7.policy", "scenario.yaml:14")
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.kind()).isEqualTo("imbalance");
        assertThat(bottleneck.instance()).contains("service/2");
        assertThat(bottleneck.setting()).contains("stack.l7.policy");
        assertThat(bottleneck.place()).contains("scenario.yaml:14");
    }

    @Test
    void tellsASlowInstanceFromABadlySpreadLoad() {
        Verdict verdict = SyntheticRun.tree(2, 3)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.33 ? Sketch.calm(chance).serviceQueue(growing(s)) : Sketch.calm(chance))
                .flow("service", 300, 0.02, 0, 0)
                .limit("service/2", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 20)
                .limit("service/1", "concurrency", ResourceKind.CONCURRENCY, 4, 0.5, 0)
                .limit("service/3", "concurrency", ResourceKind.CONCURRENCY, 4, 0.5, 0)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("slow-instance");
        assertThat(verdict.bottleneck().orElseThrow().instance()).contains("service/2");
    }

    @Test
    void namesTheStageWhenNothingIsFullAndAllIsTooSlow() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> Sketch.calm(chance).serviceOwn(300))
                .flow("service", 300, 0.3, 0, 0)
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.kind()).isEqualTo("latency");
        assertThat(bottleneck.resource()).isEqualTo("service-own");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
    }

    @Test
    void judgesLimitsInTheSecondsOfTroubleOnly() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) ->
                        s < 12 ? Sketch.calm(chance) : Sketch.calm(chance).serviceQueue(growing(s - 12)))
                .flow("service", 300, 0.09, 0.02, 0)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 12, 0, 12)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().resource()).isEqualTo("concurrency");
    }

    @Test
    void callsALateInjectorInvalidAndNeverNamesATier() {
        Verdict verdict = slowService()
                .injectorInvalid("lateness p99 41 ms is above 1 ms")
                .verdict();

        assertThat(verdict.status()).isEqualTo(Status.INVALID);
        assertThat(verdict.exitStatus()).isEqualTo(3);
        assertThat(verdict.bottleneck()).isEmpty();
        assertThat(verdict.next()).isEmpty();
        assertThat(verdict.validity().culprit()).contains("injector");
        assertThat(verdict.headline()).startsWith("the injector was the limit; the stack holds at least ");
    }

    @Test
    void callsARunNobodyWatchedInvalid() {
        Verdict verdict = slowService().unprofiled().verdict();

        assertThat(verdict.status()).isEqualTo(Status.INVALID);
        assertThat(verdict.validity().reasons())
                .isEqualTo(List.of("no sample of the machine: the profiler did not run"));
    }

    @Test
    void callsARunWithAHoleInItsSamplesInvalid() {
        Verdict verdict = slowService().blind(5, 12).verdict();

        assertThat(verdict.validity().reasons())
                .isEqualTo(List.of("nothing was sampled in 35 % of the measured time, 7 s at a stretch"));
    }

    @Test
    void doesNotDecideOnTooFewRequests() {
        Verdict verdict = SyntheticRun.tree(1, 1).rate(100, 10).verdict();

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(verdict.exitStatus()).isEqualTo(4);
        assertThat(verdict.latency().p99()).isEmpty();
    }

    @Test
    void seesABrokenPromiseEvenOnFewRequests() {
        Verdict verdict = SyntheticRun.tree(1, 1)
                .rate(100, 10)
                .requests((s, chance) -> Sketch.calm(chance).serviceOwn(900))
                .verdict();

        assertThat(verdict.status()).isEqualTo(Status.NO_GO);
    }

    @Test
    void doesNotClaimARateThatWasNeverOffered() {
        Verdict verdict = SyntheticRun.tree(1, 1).needs(6000).verdict();

        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
    }

    @Test
    void doesNotTakeARisingLoadForAPileUp() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> Sketch.calm(chance).serviceOwn(10 + 8 * s))
                .verdict();

        assertThat(verdict.saturation()).isEmpty();
    }

    @Test
    void seesRequestsPileUpBeforeAnyPromiseIsBroken() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> Sketch.calm(chance).path(11 * s))
                .verdict();

        assertThat(verdict.status()).isEqualTo(Status.GO);
        assertThat(verdict.saturation())
                .singleElement()
                .asString()
                .startsWith("requests in flight rise by 3.2 every second, 1.1 %");
    }

    @Test
    void judgesAForeignStackByItsAnswersAlone() {
        Verdict good = new SyntheticRun().verdict();
        Verdict bad = new SyntheticRun()
                .requests((s, chance) -> Sketch.calm(chance).serviceOwn(900))
                .verdict();

        assertThat(good.status()).isEqualTo(Status.GO);
        assertThat(good.next()).isEmpty();
        assertThat(bad.status()).isEqualTo(Status.NO_GO);
        assertThat(bad.bottleneck()).isEmpty();
        assertThat(FirstScreen.text(bad)).contains("BREAKS FIRST   not known: none of its tiers was watched");
    }

    @Test
    void isSureOfABusyEventLoopOnFewRequestsToo() {
        Verdict verdict = SyntheticRun.tree(1, 1)
                .rate(280, 8)
                .requests((s, chance) -> Sketch.calm(chance).gap(growing(s) * 3))
                .cpu("service", 0.98, 0.02)
                .flow("service", 270, 0.01, 0, 0)
                .verdict();

        assertThat(verdict.status()).isEqualTo(Status.NO_GO);
        assertThat(verdict.bottleneck().orElseThrow().tier()).isEqualTo("service");
        assertThat(verdict.bottleneck().orElseThrow().confidence()).isEqualTo(Confidence.TWO_SIGNALS);
    }

    @Test
    void blamesTheMachineForSlotsBehindAThreadThatNeverGetsEnough() {
        Verdict verdict = SyntheticRun.tree(1, 1)
                .requests((s, chance) -> Sketch.calm(chance).gap(growing(s)))
                .cpu("service", 0.45, 0.54)
                .cpu("l7", 0.4, 0.3)
                .cpu("l4", 0.2, 0.2)
                .flow("service", 290, 0.6, 0.1, 0)
                .host(2, 0.99)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 128, 128, 12)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("host-cpu");
    }

    @Test
    void callsARunInvalidWhenStrangersTookTheMachine() {
        Verdict verdict = slowService().host(4, 0.99).verdict();

        assertThat(verdict.status()).isEqualTo(Status.INVALID);
        assertThat(verdict.validity().culprit()).contains("machine");
        assertThat(verdict.headline()).startsWith("the machine was busy with other things; ");
        assertThat(verdict.validity().reasons())
                .isEqualTo(List.of("all 4 processors were busy, and processes that are no part of this run took"
                        + " 2.76 of them"));
    }

    @Test
    void doesNotMindStrangersAsLongAsPromisesAreKept() {
        assertThat(SyntheticRun.tree(1, 1).host(4, 0.99).verdict().status()).isEqualTo(Status.GO);
    }

    @Test
    void suspectsAThreadThatHardlyEverRestsWhenNothingElseIsFound() {
        Verdict verdict = SyntheticRun.tree(1, 1)
                .requests((s, chance) -> chance.nextDouble() < 0.6
                        ? Sketch.calm(chance).serviceOwn(2000).fails(Outcome.TIMEOUT)
                        : Sketch.calm(chance))
                .cpu("l7", 0.7, 0.2)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().tier()).isEqualTo("l7");
        assertThat(verdict.bottleneck().orElseThrow().confidence()).isEqualTo(Confidence.SUSPECTED);
    }

    /** As measured: on two cores a thread that never rests gets seven tenths of one. */
    @Test
    void blamesTheThreadThatNeverRestsAndNotTheSlotsThatWaitForIt() {
        Verdict verdict = SyntheticRun.tree(1, 1)
                .requests((s, chance) -> Sketch.calm(chance).gap(2000).fails(Outcome.TIMEOUT))
                .cpu("service", 0.7, 0.55)
                .flow("service", 250, 1.1, 0.7, 0)
                .host(2, 0.86)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 128, 128, 241)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().resource()).isEqualTo("cpu");
        assertThat(verdict.bottleneck().orElseThrow().evidence()).contains("with its waits for a processor 100 %");
        assertThat(verdict.bottleneck().orElseThrow().change()).startsWith("stack.service.instances: 1 → 2");
    }
}

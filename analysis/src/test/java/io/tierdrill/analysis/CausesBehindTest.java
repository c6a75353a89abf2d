package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.SyntheticRun.Sketch;
import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.tier.TierKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why is it full? Pauses, blocked loops, bad spreads, handshakes, churn; and what is full without saying so. */
class CausesBehindTest {

    private static Bottleneck first(SyntheticRun run) {
        return run.verdict().bottleneck().orElseThrow();
    }

    private static Optional<String> kind(SyntheticRun run) {
        return run.verdict().bottleneck().map(Bottleneck::kind);
    }

    private static SyntheticRun slowService() {
        return SyntheticRun.tree(2, 2)
                .requests(
                        (s, chance) -> Sketch.calm(chance).l7Queue(20 + 150 * s).serviceQueue(15))
                .flow("l7", 300, 1.5, 1.4, 0.095)
                .flow("service", 300, 0.09, 0.02, 0)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 12)
                .limit("l7", "connectionsPerUpstream", ResourceKind.POOL, 16, 16, 70);
    }

    // Collector

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.6})
    void blamesTheCollectorBehindSlotsThatFillUpInItsPauses(double part) {
        Bottleneck bottleneck = first(slowService()
                .signal("service", Signal.COLLECTOR_SECONDS, part)
                .signal("service", Signal.COLLECTIONS, 10)
                .signal("service", Signal.HEAP_LIMIT, 64 << 20)
                .signal("service", Signal.HEAP_USED, 62 << 20));

        assertThat(bottleneck.kind()).isEqualTo("collector");
        assertThat(bottleneck.tier()).isEqualTo("service");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
        assertThat(bottleneck.evidence()).contains("its heap stood at 97 % of 64 MiB");
    }

    @Test
    void doesNotBlameACollectorThatIsBusyAndHarmless() {
        assertThat(kind(slowService()
                        .signal("service", Signal.COLLECTOR_SECONDS, 0.04)
                        .signal("service", Signal.COLLECTIONS, 40)))
                .contains("concurrency");
    }

    private static SyntheticRun pausing(double secondsOfPause, double from, double to) {
        return SyntheticRun.tree(1, 2)
                .requests((s, chance) -> s > 10 && s < 14 && chance.nextDouble() < 0.3
                        ? Sketch.calm(chance).gap(350)
                        : Sketch.calm(chance))
                .signal("service/1", Signal.COLLECTOR_SECONDS, "", secondsOfPause, from, to)
                .signal("service/1", Signal.COLLECTIONS, "", secondsOfPause / 0.3, from, to);
    }

    @Test
    void blamesPausesThatComeWhenRequestsAreLetDownAndFillNothingForLong() {
        Bottleneck bottleneck = first(pausing(0.15, 10, 14));

        assertThat(bottleneck.kind()).isEqualTo("collector");
        assertThat(bottleneck.instance()).contains("service/1");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
    }

    @Test
    void doesNotBlamePausesThatComeJustAsOftenWhenAllIsWell() {
        assertThat(kind(pausing(0.15, -2, 99))).isNotEqualTo(Optional.of("collector"));
    }

    // Event loop

    @ParameterizedTest
    @ValueSource(doubles = {0.15, 0.7})
    void blamesTheLoopThatStandsStillWithoutComputing(double late) {
        Bottleneck bottleneck = first(slowService().signal("service/1", Signal.LOOP_LATE_SECONDS, late));

        assertThat(bottleneck.kind()).isEqualTo("blocked-loop");
        assertThat(bottleneck.instance()).contains("service/1");
    }

    @Test
    void tellsABlockedLoopFromABusyOne() {
        assertThat(kind(slowService().cpu("service", 0.99, 0.01).signal("service", Signal.LOOP_LATE_SECONDS, 0.8)))
                .contains("cpu");
    }

    @Test
    void tellsABlockedLoopFromOneWithoutAProcessor() {
        assertThat(kind(slowService().cpu("service", 0.1, 0.2).signal("service", Signal.LOOP_LATE_SECONDS, 0.3)))
                .contains("concurrency");
    }

    @Test
    void tellsABlockedLoopFromAPause() {
        assertThat(kind(slowService()
                        .signal("service/1", Signal.LOOP_LATE_SECONDS, 0.4)
                        .signal("service/1", Signal.COLLECTOR_SECONDS, 0.38)
                        .signal("service/1", Signal.COLLECTIONS, 3)))
                .contains("collector");
    }

    @Test
    void findsABlockedLoopBehindNothingThatIsFull() {
        Bottleneck bottleneck = first(SyntheticRun.tree(1, 2)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.2 ? Sketch.calm(chance).path(400) : Sketch.calm(chance))
                .signal("l7/1", Signal.LOOP_LATE_SECONDS, 0.3));

        assertThat(bottleneck.kind()).isEqualTo("blocked-loop");
        assertThat(bottleneck.tier()).isEqualTo("l7");
    }

    // Imbalance

    /** The first l7 of four gets most of it. */
    private static SyntheticRun hotL7() {
        return SyntheticRun.tree(4, 2)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.6 ? Sketch.calm(chance).path(20 + 150 * s) : Sketch.calm(chance))
                .cpu("l7/1", 0.98, 0.01)
                .flow("l7/1", 180, 0.5, 0, 0.02)
                .flow("l7/2", 40, 0.02, 0, 0.018)
                .flow("l7/3", 40, 0.02, 0, 0.018)
                .flow("l7/4", 40, 0.02, 0, 0.018);
    }

    private static SyntheticRun picks(SyntheticRun run, String who, double... perSecond) {
        for (int i = 0; i < perSecond.length; i++)
            run.signal(who, Signal.PICKS, "127.0.3." + (i + 1) + ":8080", perSecond[i]);
        return run;
    }

    @Test
    void blamesTheHashThatGivesOneInstanceTooManyConnections() {
        Bottleneck bottleneck = first(picks(hotL7(), "l4", 30, 8, 9, 7));

        assertThat(bottleneck.kind()).isEqualTo("hash-imbalance");
        assertThat(bottleneck.instance()).contains("l7/1");
        assertThat(bottleneck.evidence()).contains("it gets 2.22 times its share of the connections");
    }

    @Test
    void saysThatAFewConnectionsCarryMostWhereTheyAreSpreadEvenly() {
        Bottleneck bottleneck = first(picks(hotL7(), "l4", 10, 10, 10, 10));

        assertThat(bottleneck.kind()).isEqualTo("hash-imbalance");
        assertThat(bottleneck.evidence())
                .contains("it gets its share of the connections (1 times): a few of them carry most of the requests");
    }

    @Test
    void blamesTwoStagesThatHashAlike() {
        SyntheticRun run = picks(picks(hotL7(), "l4/1", 30, 10, 0, 0), "l4/2", 0, 0, 12, 10)
                .signal("l3", Signal.PICKS, "127.0.2.1:8080", 20)
                .signal("l3", Signal.PICKS, "127.0.2.2:8080", 21);
        Bottleneck bottleneck = first(run);

        assertThat(bottleneck.kind()).isEqualTo("ecmp-polarisation");
        assertThat(bottleneck.evidence())
                .contains("each l4 leaves out 2 of 4 although flows reach all of them evenly: two hashes agree");
    }

    @Test
    void doesNotCallItPolarisedWhereTheFirstStageIsUnevenItself() {
        SyntheticRun run = picks(picks(hotL7(), "l4/1", 30, 10, 0, 0), "l4/2", 0, 0, 12, 10)
                .signal("l3", Signal.PICKS, "127.0.2.1:8080", 40)
                .signal("l3", Signal.PICKS, "127.0.2.2:8080", 4);

        assertThat(kind(run)).contains("hash-imbalance");
    }

    @Test
    void blamesThePolicyOfAProxyForItsOwnSpread() {
        SyntheticRun run = SyntheticRun.tree(2, 2)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.6 ? Sketch.calm(chance).gap(20 + 150 * s) : Sketch.calm(chance))
                .cpu("service/1", 0.98, 0.01)
                .flow("service/1", 250, 0.5, 0, 0)
                .flow("service/2", 50, 0.02, 0, 0);

        assertThat(kind(run)).contains("imbalance");
    }

    private static SyntheticRun twoEntries(double firstAnswers, double secondAnswers) {
        return new SyntheticRun()
                .tier("dns", TierKind.DNS, 1, false)
                .tier("l7", TierKind.L7, 2, false)
                .tier("service", TierKind.SERVICE, 2, false)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.8 ? Sketch.calm(chance).path(20 + 150 * s) : Sketch.calm(chance))
                .cpu("l7/1", 0.98, 0.01)
                .flow("l7/1", 250, 0.5, 0, 0.02)
                .flow("l7/2", 50, 0.02, 0, 0.018)
                .setting("stack.dns.ttl", "scenario.yaml:9")
                .signal("dns", Signal.DNS_ANSWERS, "127.0.1.1", firstAnswers)
                .signal("dns", Signal.DNS_ANSWERS, "127.0.1.2", secondAnswers);
    }

    @Test
    void blamesNamesThatAreKeptTooLongWhereAnswersAreEven() {
        Bottleneck bottleneck = first(twoEntries(3, 3));

        assertThat(bottleneck.kind()).isEqualTo("dns-skew");
        assertThat(bottleneck.setting()).contains("stack.dns.ttl");
        assertThat(bottleneck.place()).contains("scenario.yaml:9");
    }

    @Test
    void doesNotBlameKeptNamesWhereTheAnswersThemselvesAreUneven() {
        assertThat(kind(twoEntries(9, 1))).contains("imbalance");
    }

    // Handshakes and churn

    private static SyntheticRun busyL7() {
        return SyntheticRun.tree(1, 4)
                .requests((s, chance) -> Sketch.calm(chance).path(20 + 150 * s))
                .cpu("l7", 0.98, 0.02)
                .flow("l7", 280, 0.02, 0, 0.015)
                .flow("service", 280, 0.012, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {70, 280})
    void blamesHandshakesFromScratchForABusyProcessor(double perSecond) {
        Bottleneck bottleneck = first(busyL7().signal("l7", Signal.TLS_FULL_HANDSHAKES, perSecond)
                .signal("l7", Signal.TLS_HANDSHAKES, perSecond + 10)
                .signal("l7", Signal.ACCEPTED, perSecond + 10));

        assertThat(bottleneck.kind()).isEqualTo("tls-handshakes");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
    }

    @Test
    void doesNotBlameHandshakesThatResume() {
        assertThat(kind(busyL7().signal("l7", Signal.TLS_FULL_HANDSHAKES, 5)
                        .signal("l7", Signal.TLS_HANDSHAKES, 120)
                        .signal("l7", Signal.ACCEPTED, 120)))
                .contains("cpu");
    }

    @ParameterizedTest
    @CsvSource({"OPENED,to the tier below,150", "OPENED,to the tier below,280", "ACCEPTED,for clients,280"})
    void blamesConnectionsThatNobodyKeepsForABusyProxy(Signal signal, String whose, double perSecond) {
        Bottleneck bottleneck = first(busyL7().signal("l7", signal, perSecond));

        assertThat(bottleneck.kind()).isEqualTo("connection-churn");
        assertThat(bottleneck.title()).endsWith("taken by opening connections " + whose);
    }

    @Test
    void doesNotCallOneConnectionForAFlowChurnBelowHttp() {
        assertThat(kind(SyntheticRun.tree(1, 4)
                        .requests((s, chance) -> Sketch.calm(chance).path(20 + 150 * s))
                        .cpu("l4", 0.98, 0.02)
                        .flow("l4", 280, 0.02, 0, 0.015)
                        .signal("l4", Signal.OPENED, 140)))
                .contains("cpu");
    }

    // What is full without saying so

    private static SyntheticRun stuck(double out, double staying) {
        return SyntheticRun.tree(1, 1)
                .requests((s, chance) -> Sketch.calm(chance).serviceOwn(20 + 60 * s))
                .flow("service", 300, 0.01, 0, 0)
                .piling("service", out, staying);
    }

    @Test
    void findsSomethingThatLetsOneThroughAtATimeWhateverIsInside() {
        Bottleneck bottleneck = first(stuck(100, 30));

        assertThat(bottleneck.kind()).isEqualTo("serial-section");
        assertThat(bottleneck.tier()).isEqualTo("service");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
        assertThat(bottleneck.evidence().get(0)).contains("times as many requests inside");
    }

    @Test
    void blamesTheSectionAndNotThePoolInFrontOfIt() {
        assertThat(kind(stuck(100, 30)
                        .flow("l7", 120, 1, 0.05, 0.9)
                        .limit("l7", "connectionsPerUpstream", ResourceKind.POOL, 16, 16, 30)))
                .contains("serial-section");
    }

    @Test
    void doesNotTakeABusyProcessorForALock() {
        assertThat(kind(stuck(100, 30).cpu("service", 0.88, 0.05))).isNotEqualTo(Optional.of("serial-section"));
    }

    @Test
    void doesNotTakeATierThatKeepsUpForALock() {
        assertThat(kind(stuck(300, 0))).isNotEqualTo(Optional.of("serial-section"));
    }

    @Test
    void blamesClientsThatDoNotRead() {
        SyntheticRun run = slowService().flow("l7", 300, 1.5, 0.2, 1.2).signal("l7", Signal.SLOW_CLIENT_SECONDS, 130);

        assertThat(first(run).kind()).isEqualTo("slow-client");
        assertThat(kind(slowService().signal("l7", Signal.SLOW_CLIENT_SECONDS, 1)))
                .contains("concurrency");
    }

    private static SyntheticRun lookups(double truncatedPerSecond) {
        return SyntheticRun.tree(1, 2)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.05 ? Sketch.calm(chance).dns(400) : Sketch.calm(chance))
                .flow("dns", 20, 0.001, 0, 0)
                .signal("dns", Signal.DNS_TRUNCATED, truncatedPerSecond)
                .signal("dns", Signal.DNS_TCP_QUERIES, truncatedPerSecond);
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, 10})
    void blamesAnswersThatDoNotFitIntoADatagram(double perSecond) {
        assertThat(first(lookups(perSecond)).kind()).isEqualTo("dns-truncation");
        assertThat(first(lookups(perSecond)).tier()).isEqualTo("dns");
    }

    @Test
    void blamesSlowLookupsThemselvesWhereAnswersFit() {
        assertThat(kind(lookups(0))).contains("latency");
    }

    private static SyntheticRun quantum(double ms) {
        return SyntheticRun.tree(1, 2)
                .objective(20)
                .requests((s, chance) -> chance.nextDouble() < 0.2
                        ? Sketch.calm(chance).serviceOwn(5).gap(ms)
                        : Sketch.calm(chance).serviceOwn(5))
                .signal("machine", Signal.DELAYED_ACKS, 60);
    }

    @Test
    void knowsTheLengthOfADelayedAcknowledgement() {
        assertThat(first(quantum(40)).kind()).isEqualTo("delayed-ack");
        assertThat(kind(quantum(90))).contains("latency");
    }

    @Test
    void saysThatAProcessEndedForWantOfMemory() {
        SyntheticRun run = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> s > 10 && chance.nextDouble() < 0.5
                        ? Sketch.calm(chance).fails(Outcome.SERVER_ERROR)
                        : Sketch.calm(chance))
                .event(10, "crash", "service/2", "service/2 ended with status 3");

        assertThat(kind(run)).contains("crash");
        assertThat(kind(run.signal("service/2", Signal.HEAP_LIMIT, 64 << 20)
                        .signal("service/2", Signal.HEAP_USED, 64 << 20)))
                .contains("memory");
    }

    // Nothing

    @Test
    void findsNothingBehindARunInWhichAllIsWell() {
        Verdict verdict = FirstScreenTest.healthy()
                .signal("service", Signal.COLLECTOR_SECONDS, 0.3)
                .signal("service", Signal.COLLECTIONS, 2)
                .signal("l7", Signal.LOOP_LATE_SECONDS, 0.4)
                .signal("l7", Signal.TLS_FULL_HANDSHAKES, 300)
                .signal("l7", Signal.OPENED, 300)
                .signal("dns", Signal.DNS_TRUNCATED, 300)
                .signal("l7", Signal.SLOW_CLIENT_SECONDS, 30)
                .verdict();

        assertThat(verdict.status()).isEqualTo(Status.GO);
        assertThat(verdict.bottleneck()).isEmpty();
    }
}

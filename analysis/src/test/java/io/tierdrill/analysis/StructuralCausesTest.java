package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.analysis.SyntheticRun.Sketch;
import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.Signal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Causes that are no limit of a tier: routes, membership, health checks, retries, networks and tables of the kernel. */
class StructuralCausesTest {
    private static final String L4_1 = "127.0.2.1:8080";
    private static final String L4_2 = "127.0.2.2:8080";

    private static Bottleneck first(SyntheticRun run) {
        return run.verdict().bottleneck().orElseThrow();
    }

    private static Optional<String> kind(SyntheticRun run) {
        return run.verdict().bottleneck().map(Bottleneck::kind);
    }

    private static SyntheticRun failing(double ratio, Outcome kind) {
        return SyntheticRun.tree(2, 2)
                .requests((s, chance) ->
                        chance.nextDouble() < ratio ? Sketch.calm(chance).fails(kind) : Sketch.calm(chance));
    }

    // Blackhole

    private static SyntheticRun dead(double picks, double failed) {
        return failing(0.1, Outcome.CONNECT_REFUSED)
                .errors("l3", failed)
                .signal("l3", Signal.PICKS, L4_1, 30)
                .signal("l3", Signal.PICKS, L4_2, picks)
                .signal("l3", Signal.FAILED_CONNECTS, L4_1, 0)
                .signal("l3", Signal.FAILED_CONNECTS, L4_2, failed);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 30})
    void blamesTheInstanceThatTakesNoConnectionsAndStillGetsThem(int perSecond) {
        Bottleneck bottleneck = first(dead(perSecond, perSecond));

        assertThat(bottleneck.kind()).isEqualTo("blackhole");
        assertThat(bottleneck.tier()).isEqualTo("l4");
        assertThat(bottleneck.instance()).contains("l4/2");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
        assertThat(bottleneck.title()).isEqualTo("l4/2 takes no connections, and l3 still sends it some");
    }

    @Test
    void doesNotTakeAnInstanceThatRefusesSomeForAHole() {
        assertThat(kind(dead(30, 15))).isNotEqualTo(Optional.of("blackhole"));
    }

    @Test
    void prefersTheCrashThatMadeTheHole() {
        assertThat(first(dead(30, 30).event(0.1, "crash", "l4/2", "l4/2 ended with status 1"))
                        .kind())
                .isEqualTo("crash");
    }

    // Membership

    private static SyntheticRun torn(double from, double to, double ratio) {
        return SyntheticRun.tree(2, 2)
                .requests((s, chance) -> s >= from && s < to && chance.nextDouble() < ratio
                        ? Sketch.calm(chance).fails(Outcome.CONNECTION_RESET)
                        : Sketch.calm(chance))
                .event(10, "drain", "l7/2", "taken out");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5})
    void blamesAChangeOfWhoTakesPartForConnectionsTornRightBehindIt(double ratio) {
        Bottleneck bottleneck = first(torn(10, 11, ratio));

        assertThat(bottleneck.kind()).isEqualTo("membership-change");
        assertThat(bottleneck.tier()).isEqualTo("l7");
    }

    @Test
    void doesNotBlameAChangeForConnectionsThatAreTornAllTheTime() {
        assertThat(kind(torn(0, 20, 0.05))).isNotEqualTo(Optional.of("membership-change"));
    }

    // Health checks

    private static SyntheticRun flapping(double changesPerSecond, double fromSecond) {
        return SyntheticRun.tree(2, 2)
                .requests((s, chance) ->
                        s > 5 && chance.nextDouble() < 0.2 ? Sketch.calm(chance).l7Queue(900) : Sketch.calm(chance))
                .limit("service/1", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 9, 0, 5)
                .limit("service/2", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 9, 0, 5)
                .flow("service", 300, 0.05, 0.02, 0)
                .signal("l7", Signal.HEALTH_CHANGES, "127.0.4.2:8080", changesPerSecond, fromSecond, 99);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.4, 3})
    void blamesTheHealthCheckThatTakesAnInstanceOutAgainAndAgain(double perSecond) {
        Bottleneck bottleneck = first(flapping(perSecond, 1));

        assertThat(bottleneck.kind()).isEqualTo("health-flapping");
        assertThat(bottleneck.tier()).isEqualTo("l7");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
    }

    @Test
    void takesChecksThatTurnInAnOverloadForItsConsequence() {
        assertThat(first(flapping(3, 8)).kind()).isEqualTo("concurrency");
    }

    @Test
    void doesNotCallOneFaultThatWasMendedFlapping() {
        assertThat(first(flapping(0.1, 1)).kind()).isEqualTo("concurrency");
    }

    @Test
    void blamesTheCheckThatFindsNobodyWellWhileAllAnswer() {
        Bottleneck bottleneck = first(failing(0.02, Outcome.TIMEOUT)
                .flow("service", 300, 0.02, 0, 0)
                .signal("l7", Signal.WIRED, 2)
                .signal("l7", Signal.WELL, "", 2, -2, 8));

        assertThat(bottleneck.kind()).isEqualTo("nobody-well");
        assertThat(bottleneck.tier()).isEqualTo("l7");
        assertThat(bottleneck.evidence().get(1)).startsWith("service finished ");
    }

    @Test
    void doesNotBlameTheCheckThatFindsAFullTierIll() {
        Bottleneck bottleneck = first(failing(0.02, Outcome.TIMEOUT)
                .flow("service", 300, 0.02, 0, 0)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 9)
                .signal("l7", Signal.WIRED, 2)
                .signal("l7", Signal.WELL, "", 2, -2, 8));

        assertThat(bottleneck.kind()).isEqualTo("concurrency");
    }

    // Retries

    private static SyntheticRun retrying(double retriesPerSecond, double arrivalsBelow) {
        return failing(0.1, Outcome.SERVER_ERROR)
                .flow("l7", 300, 0.2, 0.1, 0.09)
                .flow("service", arrivalsBelow, 0.09, 0.02, 0)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 12)
                .signal("l7", Signal.RETRIES, retriesPerSecond / 2);
    }

    @ParameterizedTest
    @CsvSource({"75,375,1.25", "600,900,3"})
    void blamesTheTierThatMakesItsOwnLoad(double retries, double below, String times) {
        Bottleneck bottleneck = first(retrying(retries, below));

        assertThat(bottleneck.kind()).isEqualTo("retry-amplification");
        assertThat(bottleneck.tier()).isEqualTo("l7");
        assertThat(bottleneck.title()).isEqualTo("l7 sends every request " + times + " times");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
    }

    @Test
    void doesNotBlameAFewRetriesForAnOverload() {
        assertThat(first(retrying(15, 315)).kind()).isEqualTo("concurrency");
    }

    @Test
    void doesNotTakeGrownDemandForRetries() {
        assertThat(first(retrying(0, 300)).kind()).isEqualTo("concurrency");
    }

    // Tables of the kernel

    private static SyntheticRun lateConnections() {
        return SyntheticRun.tree(2, 2)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.05 ? Sketch.calm(chance).connect(1030) : Sketch.calm(chance));
    }

    @ParameterizedTest
    @ValueSource(doubles = {250, 256})
    void blamesTheFullTableOfConnectionsTracked(double used) {
        Bottleneck bottleneck = first(lateConnections()
                .signal("machine", Signal.CONNTRACK_LIMIT, 256)
                .signal("machine", Signal.CONNTRACK_USED, used));

        assertThat(bottleneck.tier()).isEqualTo("host");
        assertThat(bottleneck.kind()).isEqualTo("connection-tracking");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
    }

    @Test
    void blamesHalfOpenConnectionsAndTellsThemFromAFullAcceptQueue() {
        SyntheticRun flood = lateConnections().signal("machine", Signal.SYN_QUEUE_OVERFLOWS, 40);

        assertThat(first(flood).kind()).isEqualTo("syn-queue");
        assertThat(first(flood).tier()).isEqualTo("l3");
        assertThat(kind(flood.signal("machine", Signal.LISTEN_OVERFLOWS, 40))).isNotEqualTo(Optional.of("syn-queue"));
    }

    @Test
    void blamesPacketsDroppedBeforeAnySocketSawThem() {
        Bottleneck bottleneck = first(lateConnections()
                .signal("machine", Signal.PACKETS, 50_000)
                .signal("machine", Signal.PACKETS_DROPPED, 100));

        assertThat(bottleneck.kind()).isEqualTo("packet-backlog");
    }

    @Test
    void blamesNoTableThatRequestsDidNotFeel() {
        Verdict verdict = SyntheticRun.tree(2, 2)
                .requests((s, chance) -> Sketch.calm(chance).serviceOwn(600))
                .flow("service", 300, 0.6, 0, 0)
                .signal("machine", Signal.CONNTRACK_LIMIT, 256)
                .signal("machine", Signal.CONNTRACK_USED, 256)
                .signal("machine", Signal.SYN_QUEUE_OVERFLOWS, 40)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("latency");
    }

    // Networks

    private static SyntheticRun lossy(double ratio) {
        return SyntheticRun.tree(2, 2)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.05 ? Sketch.calm(chance).gap(900) : Sketch.calm(chance))
                .flow("l7", 300, 0.06, 0, 0.058)
                .flow("service", 300, 0.017, 0, 0)
                .limit("l7", "connectionsPerUpstream", ResourceKind.POOL, 16, 16, 30)
                .signal("machine", Signal.SEGMENTS, 5_000)
                .signal("machine", Signal.RETRANSMITS, 5_000 * ratio)
                .signal("machine", Signal.TCP_TIMEOUTS, 5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.012, 0.05})
    void blamesTheNetworkThatLosesAndNotThePoolThatWaitsForIt(double ratio) {
        Bottleneck bottleneck = first(lossy(ratio));

        assertThat(bottleneck.tier()).isEqualTo("network");
        assertThat(bottleneck.kind()).isEqualTo("network-loss");
        assertThat(bottleneck.evidence()).contains("100 retransmission timers ran out");
    }

    /** As measured: requests that never come back tell no stages. */
    @Test
    void blamesTheNetworkWhereMostRequestsGetNoAnswer() {
        Bottleneck bottleneck = first(lossy(0.025)
                .requests((s, chance) -> chance.nextDouble() < 0.6
                        ? Sketch.calm(chance).serviceOwn(2000).fails(Outcome.TIMEOUT)
                        : Sketch.calm(chance)));

        assertThat(bottleneck.kind()).isEqualTo("network-loss");
    }

    @Test
    void namesTheTierThatLivesInTheNetworkThatLoses() {
        Bottleneck bottleneck =
                first(lossy(0).signal("service/2", Signal.SEGMENTS, 1_000).signal("service/2", Signal.RETRANSMITS, 30));

        assertThat(bottleneck.tier()).isEqualTo("service");
        assertThat(bottleneck.instance()).contains("service/2");
    }

    @Test
    void blamesTheLinkThatCarriesWhatItCan() {
        Bottleneck bottleneck = first(lossy(0.02)
                .signal("machine", Signal.LINK_SPEED, "eth0", 125e6)
                .signal("machine", Signal.LINK_BYTES, "eth0", 124e6));

        assertThat(bottleneck.kind()).isEqualTo("network-rate");
        assertThat(bottleneck.title()).isEqualTo("link eth0, which carries what it can");
    }

    @Test
    void doesNotBlameAFewRetransmitsForAnOverload() {
        assertThat(first(lossy(0.002)).kind()).isEqualTo("pool");
    }

    @Test
    void doesNotBlameTheNetworkOfAMachineWithoutAProcessorToSpare() {
        assertThat(first(lossy(0.02).cpu("service", 0.99, 0.01)).kind()).isEqualTo("cpu");
    }

    @Test
    void findsNothingInAHealthyRunWhateverTheCountersOfOthersSay() {
        Verdict verdict = FirstScreenTest.healthy()
                .signal("machine", Signal.SEGMENTS, 50_000)
                .signal("machine", Signal.RETRANSMITS, 2_000)
                .signal("machine", Signal.CONNTRACK_LIMIT, 256)
                .signal("machine", Signal.CONNTRACK_USED, 256)
                .signal("machine", Signal.SYN_QUEUE_OVERFLOWS, 400)
                .signal("machine", Signal.PACKETS, 50_000)
                .signal("machine", Signal.PACKETS_DROPPED, 500)
                .signal("l7", Signal.HEALTH_CHANGES, "127.0.4.1:8080", 2)
                .signal("l7", Signal.RETRIES, 100)
                .verdict();

        assertThat(verdict.status()).isEqualTo(Status.GO);
        assertThat(verdict.bottleneck()).isEmpty();
    }
}

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

/** Limits that no tier declares: quotas of control groups, queues and buffers of sockets. */
class ToldLimitsTest {

    /** Stopped by a quota in that part of its periods of 10 ms. */
    private static SyntheticRun throttled(double quota, double used, double part) {
        return SyntheticRun.tree(2, 2)
                .requests((s, chance) -> Sketch.calm(chance).gap(20 + 150 * s))
                .cpu("service", used, 0.5)
                .flow("l7", 300, 1.5, 0, 1.4)
                .flow("service", 300, 1.2, 1, 0)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 64, 64, 30)
                .signal("service", Signal.QUOTA_CORES, quota)
                .signal("service", Signal.QUOTA_PERIODS, 100)
                .signal("service", Signal.QUOTA_THROTTLED, 100 * part)
                .signal("service", Signal.QUOTA_THROTTLED_SECONDS, 0.4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.6, 0.8, 1})
    void blamesTheQuotaThatStopsATierWhoseProcessorLooksIdle(double part) {
        Verdict verdict = throttled(0.5, 0.49, part).verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.tier()).isEqualTo("service");
        assertThat(bottleneck.kind()).isEqualTo("cpu-quota");
        assertThat(bottleneck.limit()).contains(0.5);
        assertThat(bottleneck.title()).isEqualTo("service CPU quota, 0.5 processors an instance");
        assertThat(bottleneck.confidence()).isEqualTo(Confidence.TWO_SIGNALS);
        assertThat(bottleneck.evidence())
                .contains(
                        "stopped by its quota in most periods of 100 % of windows (2 of 2 instances)",
                        "its threads were stopped for 8 s together, while it used 0.49 processors");
        assertThat(bottleneck.change()).startsWith("CPU quota of service: 0.5 → 0.7 processors");
    }

    /** As measured: the group was only found after a few seconds. */
    @Test
    void judgesAQuotaFromWhenItWasSeen() {
        Verdict verdict = SyntheticRun.tree(2, 2)
                .requests((s, chance) -> Sketch.calm(chance).gap(20 + 150 * s))
                .flow("service", 300, 1.2, 1, 0)
                .signal("service", Signal.QUOTA_CORES, 0.5)
                .signal("service", Signal.QUOTA_PERIODS, "", 50, 7, 99)
                .signal("service", Signal.QUOTA_THROTTLED, "", 49, 7, 99)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("cpu-quota");
    }

    @Test
    void blamesTheQuotaAndNotTheThreadThatIsAlwaysReadyUnderIt() {
        Verdict verdict = throttled(0.9, 0.88, 0.9).cpu("service", 0.88, 0.5).verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("cpu-quota");
    }

    @Test
    void doesNotBlameAQuotaThatStopsNowAndThen() {
        Verdict verdict = throttled(0.5, 0.3, 0.2).verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("concurrency");
    }

    @Test
    void blamesNobodyForAQuotaThatIsMetWhilePromisesAreKept() {
        Verdict verdict = SyntheticRun.tree(1, 1)
                .signal("service", Signal.QUOTA_CORES, 0.5)
                .signal("service", Signal.QUOTA_PERIODS, 100)
                .signal("service", Signal.QUOTA_THROTTLED, 95)
                .verdict();

        assertThat(verdict.status()).isEqualTo(Status.GO);
        assertThat(verdict.bottleneck()).isEmpty();
    }

    private static SyntheticRun overflowing(double waiting, double overflowsPerSecond) {
        return SyntheticRun.tree(1, 2)
                .requests((s, chance) ->
                        chance.nextDouble() < 0.1 ? Sketch.calm(chance).path(1020) : Sketch.calm(chance))
                .flow("l7", 300, 0.02, 0, 0.018)
                .signal("l7", Signal.ACCEPT_LIMIT, 8)
                .signal("l7", Signal.ACCEPT_QUEUE, waiting)
                .signal("l4", Signal.ACCEPT_LIMIT, 4096)
                .signal("l4", Signal.ACCEPT_QUEUE, 1)
                .signal("machine", Signal.LISTEN_OVERFLOWS, overflowsPerSecond);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 9})
    void blamesTheQueueOfConnectionsThatOverflows(int waiting) {
        Verdict verdict = overflowing(waiting, 20).verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.tier()).isEqualTo("l7");
        assertThat(bottleneck.kind()).isEqualTo("accept-queue");
        assertThat(bottleneck.limit()).contains(8.0);
        assertThat(bottleneck.evidence()).contains("400 refused because of it");
    }

    @Test
    void doesNotKnowWhoseOverflowsTheyAreWhenNobodysQueueWasNearItsBrim() {
        Verdict verdict = overflowing(1, 20).verdict();

        assertThat(verdict.bottleneck().map(Bottleneck::kind)).isNotEqualTo(Optional.of("accept-queue"));
    }

    @Test
    void takesTheOverflowingQueueOfABusyLoopForItsConsequence() {
        Verdict verdict = overflowing(9, 20).cpu("l7", 0.98, 0.02).verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("cpu");
    }

    @Test
    void takesTheOverflowingQueueOfAProcessOutOfDescriptorsForItsConsequence() {
        Verdict verdict = overflowing(9, 20).descriptors("l7", 1020).verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("descriptors");
    }

    @Test
    void blamesTheBufferAtWhichTheNameServerLosesQueries() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> chance.nextDouble() < 0.1
                        ? Sketch.calm(chance).fails(Outcome.DNS_FAILURE)
                        : Sketch.calm(chance))
                .flow("dns", 50, 0.001, 0, 0)
                .signal("dns", Signal.SOCKET_DROPS, "127.0.5.1:53", 30)
                .verdict();

        Bottleneck bottleneck = verdict.bottleneck().orElseThrow();
        assertThat(bottleneck.tier()).isEqualTo("dns");
        assertThat(bottleneck.kind()).isEqualTo("receive-buffer");
        assertThat(bottleneck.evidence()).contains("600 datagrams dropped at its socket");
    }

    @ParameterizedTest
    @CsvSource({"28000,0.6", "900,40"})
    void blamesThePortsThatAreUsedUp(double used, double refusedPerSecond) {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> chance.nextDouble() < 0.1
                        ? Sketch.calm(chance).fails(Outcome.SERVER_ERROR)
                        : Sketch.calm(chance))
                .flow("l7", 300, 0.02, 0, 0.018)
                .flow("service", 270, 0.017, 0, 0)
                .limit("l7", "upstream-ports", ResourceKind.PORTS, 28_232, used, 0, refusedPerSecond, 0)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().tier()).isEqualTo("l7");
        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("ports");
    }

    @Test
    void blamesThePoolThatRefuses() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> chance.nextDouble() < 0.1
                        ? Sketch.calm(chance).fails(Outcome.SERVER_ERROR)
                        : Sketch.calm(chance))
                .flow("l7", 300, 0.02, 0, 0.018)
                .flow("service", 270, 0.017, 0, 0)
                .errors("l7", 30)
                .limit("l7", "upstream-pool", ResourceKind.POOL, 2, 1.8, 0, 30, 0)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("pool");
        assertThat(verdict.bottleneck().orElseThrow().evidence()).contains("600 refused because of it");
    }

    /** The slots have room again and again; whoever comes while they have none finds the queue full. */
    @Test
    void blamesTheQueueThatRefuses() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> chance.nextDouble() < 0.1
                        ? Sketch.calm(chance).fails(Outcome.SERVER_ERROR)
                        : Sketch.calm(chance))
                .flow("service", 270, 0.017, 0, 0)
                .errors("service", 30)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 8, 5, 0)
                .limit("service", "queue", ResourceKind.QUEUE, 2, 1.2, 0, 30, 0)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().tier()).isEqualTo("service");
        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("queue");
        assertThat(verdict.bottleneck().orElseThrow().resource()).isEqualTo("queue");
        // 30 a second from each of two.
        assertThat(verdict.bottleneck().orElseThrow().evidence()).contains("1,200 refused because of it");
    }

    @Test
    void readsALockThatATierDeclares() {
        Verdict verdict = SyntheticRun.tree(1, 2)
                .requests((s, chance) -> Sketch.calm(chance).serviceOwn(20 + 100 * s))
                .flow("service", 300, 0.8, 0, 0)
                .limit("service", "cache-lock", ResourceKind.LOCK, 1, 1, 25)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 64, 64, 3)
                .verdict();

        assertThat(verdict.bottleneck().orElseThrow().kind()).isEqualTo("lock");
        assertThat(verdict.bottleneck().orElseThrow().resource()).isEqualTo("cache-lock");
    }
}

package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tierdrill.analysis.SyntheticRun.Sketch;
import io.tierdrill.analysis.score.NaiveRule;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.seed.Seeds;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NaiveRuleTest {
    private static final Verdict CALM =
            SyntheticRun.tree(2, 2).flow("l7", 300, 0.02, 0, 0.015).verdict();

    /** The service is full, the L7 in front of it queues and computes: none but the fixed answer finds it. */
    private static Verdict fullService() {
        return SyntheticRun.tree(2, 2)
                .requests(
                        (s, chance) -> Sketch.calm(chance).l7Queue(20 + 150 * s).serviceQueue(15))
                .cpu("l7", 0.4, 0)
                .flow("l7", 300, 1.5, 1.4, 0.095)
                .flow("service", 300, 0.09, 0.02, 0)
                .limit("service", "concurrency", ResourceKind.CONCURRENCY, 4, 4, 12)
                .verdict();
    }

    @Test
    void eachRuleNamesTheTierWithTheLargestFigureOfItsKind() {
        Map<String, String> named = NaiveRule.all(fullService(), Optional.of(CALM), new Seeds(1));

        assertThat(named)
                .contains(
                        entry("max-cpu", "l7"),
                        entry("max-inclusive-latency", "l7"),
                        entry("max-self-time-growth", "l7"),
                        entry("always-service", "service"))
                .containsKey("random");
    }

    @Test
    void growthOnTheWayToTheFirstHttpTierIsPutDownToWhoCarriesIt() {
        Verdict slowPath = SyntheticRun.tree(2, 2)
                .requests((s, chance) -> Sketch.calm(chance).path(80))
                .verdict();

        assertThat(NaiveRule.all(slowPath, Optional.of(CALM), new Seeds(1)))
                .containsEntry("max-self-time-growth", "l4");
    }

    /** A tier that is always slow is no suspect of a rule that looks at growth. */
    @Test
    void whatWasThereBeforeIsNoGrowth() {
        Verdict slow = SyntheticRun.tree(2, 2)
                .requests((s, chance) -> Sketch.calm(chance).serviceOwn(200))
                .verdict();
        Verdict slowAndQueueing = SyntheticRun.tree(2, 2)
                .requests((s, chance) -> Sketch.calm(chance).serviceOwn(200).l7Queue(40))
                .verdict();

        assertThat(NaiveRule.all(slowAndQueueing, Optional.of(slow), new Seeds(1)))
                .containsEntry("max-self-time-growth", "l7");
    }

    @Test
    void theLotFallsOnEveryTierAndTheSameOnTheSameSeed() {
        Set<String> drawn = new HashSet<>();
        for (int seed = 0; seed < 60; seed++)
            drawn.add(NaiveRule.all(CALM, Optional.empty(), new Seeds(seed)).get("random"));

        assertThat(drawn).containsExactlyInAnyOrder("dns", "l3", "l4", "l7", "service");
        assertThat(NaiveRule.all(CALM, Optional.empty(), new Seeds(7)))
                .isEqualTo(NaiveRule.all(CALM, Optional.empty(), new Seeds(7)));
    }
}

package io.tierdrill.recorder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each target over its seeds and {@link #MUTATIONS} mutations of them. Not guided by coverage and not by chance: the same
 * inputs on every run. {@code bench/fuzz} is the long search; what it found is among the seeds.
 */
class ShortFuzzTest {
    private static final int MUTATIONS = 100;

    @TempDir
    Path scratch;

    @TestFactory
    @Timeout(120)
    Stream<DynamicTest> holdsForSeedsAndTheirMutations() throws IOException {
        return FuzzTargets.in(scratch).all().stream()
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> hold(target)));
    }

    private static void hold(FuzzTarget target) {
        Trial trial = new Trial(target);
        for (byte[] seed : target.seeds()) run(trial, target, seed);
        Mutations mutations = new Mutations(new Seeds(20_261_123).stream(target.name()), target);
        for (int i = 0; i < MUTATIONS; i++) run(trial, target, mutations.next());
    }

    private static void run(Trial trial, FuzzTarget target, byte[] input) {
        try {
            trial.run(input);
        } catch (Throwable finding) {
            throw new AssertionError(
                    target.name() + " does not hold for (Base64): "
                            + Base64.getEncoder().encodeToString(input),
                    finding);
        }
    }

    @Test
    void noticesParsersThatAllocateWithoutBound() {
        FuzzTarget greedy = new FuzzTarget(
                "greedy",
                10,
                Allowance.of(64, 100),
                List.of(new byte[1]),
                input -> assertThat(new byte[1 << 20]).hasSize(1 << 20));

        assertThat(catchFinding(greedy)).hasMessageContaining("for an input of 1, allowed are 65,636");
    }

    private static Throwable catchFinding(FuzzTarget target) {
        try {
            new Trial(target).run(target.seeds().get(0));
            return null;
        } catch (Throwable finding) {
            return finding;
        }
    }
}

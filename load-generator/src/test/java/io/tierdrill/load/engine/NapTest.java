package io.tierdrill.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NapTest {
    private final Nap nap = new Nap();

    /** Naps while so much happens in a second, and never fewer than one thing; what the last ones found. */
    private int found(double perSecond, int wanted) {
        int count = 0;
        for (int i = 0; i < 100; i++) {
            count = (int) Math.max(1, perSecond * nap.nanos(Nap.LONGEST) / 1e9);
            nap.found(count, wanted);
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(ints = {50_000, 100_000, 200_000, 1_000_000})
    void findsBetweenHalfOfWhatIsWantedAndAllOfIt(int perSecond) {
        assertThat(found(perSecond, 32)).isBetween(16, 32);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000_000, 50_000})
    void learnsAgainWhenTheRateChanges(int before) {
        found(before, 32);
        assertThat(found(100_000, 32)).isBetween(16, 32);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 10, 1e12})
    void keepsToItsBounds(double perSecond) {
        found(perSecond, 32);
        assertThat(nap.nanos(Long.MAX_VALUE)).isBetween(Nap.SHORTEST, Nap.LONGEST);
        assertThat(nap.nanos(7)).isEqualTo(7);
    }
}

package io.tierdrill.load.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PairingTest {
    private final Pairing pairing = new Pairing();

    @Test
    void givesEachRecordedValueTheNewestThatNoneHasMet() {
        assertThat(pairing.instead("r1")).isEmpty();
        pairing.take("a");
        pairing.take("b");
        assertThat(pairing.instead("r2")).contains("b");
        assertThat(pairing.instead("r1")).contains("a");
        assertThat(pairing.instead("r2")).contains("b");
        assertThat(pairing.instead("r3")).contains("b");
    }

    @Test
    void aValueThatComesAgainIsNoNewOne() {
        pairing.take("a");
        assertThat(pairing.instead("r1")).contains("a");
        pairing.take("a");
        pairing.take("b");
        pairing.take("b");
        assertThat(pairing.instead("r2")).contains("b");
        assertThat(pairing.instead("r3")).contains("b");
    }

    @Test
    void isBoundedWhateverComes() {
        for (int i = 0; i < 10_000; i++) pairing.take("value" + i);
        long taken = pairing.characters();
        for (int i = 0; i < 10_000; i++) pairing.instead("recorded" + i);
        assertThat(taken).isLessThan(300);
        assertThat(pairing.characters()).isLessThan(1_000);
    }
}

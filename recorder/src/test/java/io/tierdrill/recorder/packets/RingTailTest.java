package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RingTailTest {
    private static final long MILLI = 1_000_000;
    /** The capturing clock's zero on ours. */
    private static final long APART = 5_000_000_000_000L;

    private final RingTail tail = new RingTail(false);

    /** A frame read {@code lag} after it was captured. */
    private void frame(long readMillis, long lagMillis) {
        tail.saw(APART + (readMillis - lagMillis) * MILLI, readMillis * MILLI);
    }

    @Test
    void goesOnUntilItIsStopped() {
        frame(0, 5);

        assertThat(tail.isOver(60_000 * MILLI)).isFalse();
    }

    @Test
    void waitsForATickOfTheRingWhenNothingComes() {
        frame(0, 5);
        tail.stop(100 * MILLI);

        assertThat(tail.isOver(1_300 * MILLI)).isFalse();
        assertThat(tail.isOver(1_350 * MILLI)).isTrue();
    }

    @Test
    void waitsForATickAlsoWhenNothingEverCame() {
        tail.stop(100 * MILLI);

        assertThat(tail.isOver(1_349 * MILLI)).isFalse();
        assertThat(tail.isOver(1_350 * MILLI)).isTrue();
    }

    @Test
    void underTrafficWaitsForAPacketCapturedAfterTheStop() {
        for (int at = 0; at < 4000; at++) frame(at, 900);
        tail.stop(4_000 * MILLI);
        for (int at = 4000; at < 5250; at++) {
            frame(at, 900);
            assertThat(tail.isOver(at * MILLI)).as("at %d", at).isFalse();
        }
        frame(5250, 900);

        assertThat(tail.isOver(5250 * MILLI)).isTrue();
    }

    @Test
    void isNotMisledByAStepBackOfTheCapturingClock() {
        frame(0, 0);
        frame(10, 3_600_000);
        tail.stop(20 * MILLI);
        for (int at = 20; at < 1270; at += 10) {
            frame(at, 3_600_000);
            assertThat(tail.isOver(at * MILLI)).as("at %d", at).isFalse();
        }
        frame(1270, 3_600_000);

        assertThat(tail.isOver(1270 * MILLI)).isTrue();
    }

    @Test
    void doesNotWaitForeverForATcpdumpThatStandsStill() {
        for (int at = 0; at < 16_000; at += 100) frame(at, at);
        tail.stop(0);

        assertThat(tail.isOver(14_999 * MILLI)).isFalse();
        assertThat(tail.isOver(15_000 * MILLI)).isTrue();
    }

    @Test
    void promptItIsSilentAfterTwoTicksOfATenthOfASecond() {
        RingTail prompt = new RingTail(true);
        assertThat(prompt.isSilent(9_000 * MILLI)).isFalse();
        prompt.saw(APART + 997 * MILLI, 1_000 * MILLI);

        assertThat(prompt.isSilent(1_299 * MILLI)).isFalse();
        assertThat(prompt.isSilent(1_300 * MILLI)).isTrue();
        assertThat(prompt.settled(1_300 * MILLI)).isEqualTo(APART + 997 * MILLI);
        assertThat(tail.isSilent(1_300 * MILLI)).isFalse();
    }

    @Test
    void nothingCapturedLongAgoCanStillCome() {
        frame(2000, 3);

        assertThat(tail.settled(5000 * MILLI)).isEqualTo(APART + (5000 - 3 - 1250) * MILLI);
    }
}

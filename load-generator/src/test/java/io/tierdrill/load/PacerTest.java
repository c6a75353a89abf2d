package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.loop.OwnLimit;
import io.tierdrill.load.loop.Sender;
import io.tierdrill.model.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** In virtual time: a look takes a microsecond, a sleep as long as asked for and as much longer as the test says. */
class PacerTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private long now;
    private long oversleep = 20 * MICRO;
    private long spare;
    private long since;
    private double processors;
    private final List<Long> naps = new ArrayList<>();

    private final Sender<Object> sender = new Sender<>() {
        @Override
        public int poll() {
            now += MICRO;
            return 0;
        }

        @Override
        public int await(long nanos) {
            naps.add(nanos);
            now += nanos + oversleep;
            return 0;
        }

        @Override
        public void send(Object request, long dueNanos, long nowNanos) {}

        @Override
        public void wakeUp() {}

        @Override
        public void expire(long nowNanos) {}

        @Override
        public long nextDeadlineNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public int inFlight() {
            return 0;
        }

        @Override
        public long opened() {
            return 0;
        }

        @Override
        public int peak() {
            return 0;
        }

        @Override
        public Map<OwnLimit, Long> ownLimits() {
            return Map.of();
        }

        @Override
        public String transport() {
            return "none";
        }

        @Override
        public void close() {}
    };

    private Pacer hybrid(SpareTime ofMachine) {
        return new Pacer(Pacing.HYBRID, sender, () -> now, ofMachine);
    }

    /** Until then, turn by turn. Returns how late it came. */
    private long await(Pacer pacer, long until) {
        while (now < until) pacer.turn(now, until);
        return now - until;
    }

    /** Sends so many with gaps of so long. Returns the latest. */
    private long latest(Pacer pacer, int count, long gap) {
        long latest = 0;
        long due = now;
        for (int i = 0; i < count; i++) latest = Math.max(latest, await(pacer, due += gap));
        return latest;
    }

    @Test
    void sleepsUntilShortlyBeforeAndLooksForTheRest() {
        Pacer pacer = hybrid(OptionalLong::empty);

        assertThat(await(pacer, MILLI)).isLessThanOrEqualTo(MICRO);

        assertThat(naps).containsExactly(MILLI - 80 * MICRO);
        assertThat(pacer.polledNanos()).isBetween(55 * MICRO, 65 * MICRO);
    }

    @Test
    void wakesAsMuchEarlierAsTheMachineWakesItLate() {
        Pacer pacer = hybrid(OptionalLong::empty);
        oversleep = 250 * MICRO;
        assertThat(await(pacer, MILLI)).as("not known yet").isEqualTo(170 * MICRO);

        latest(pacer, 100, 2 * MILLI);
        naps.clear();

        assertThat(latest(pacer, 5, 2 * MILLI)).isLessThanOrEqualTo(MICRO);
        assertThat(naps).allSatisfy(nap -> assertThat(nap).isBetween(1_690 * MICRO, 1_750 * MICRO));
    }

    @Test
    void learnsWhatNinetyNineSleepsOfAHundredStayWithin() {
        RandomGenerator random = new Seeds(7).stream("oversleep");
        Oversleep learned = new Oversleep();
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            // Exponential with a mean of 30 us: the p99 is 30 us * ln 100 = 138 us.
            learned.add((long) (-30_000 * Math.log(1 - random.nextDouble())));
            if (i >= 10_000) sum += learned.nanos();
        }
        // It wanders by some steps of a tenth about that.
        assertThat(sum / 90_000).isBetween(125_000.0, 150_000.0);
    }

    @Test
    void staysBetweenWhatItNeedsAtLeastAndWhatItMayCost() {
        Oversleep learned = new Oversleep();
        for (int i = 0; i < 1_000; i++) learned.add(50 * MILLI);
        assertThat(learned.nanos()).isEqualTo(Oversleep.MOST);
        for (int i = 0; i < 10_000; i++) learned.add(0);
        assertThat(learned.nanos()).isEqualTo(Oversleep.LEAST);
    }

    @Test
    void looksForAQuarterOfTheTimeWhereTheMachineHasNothingToSpare() {
        Pacer pacer = hybrid(() -> OptionalLong.of(now)); // One processor: its own.
        latest(pacer, 100_000, 60 * MICRO);

        assertThat(now).isGreaterThanOrEqualTo(6 * SECOND);
        assertThat(pacer.polledNanos()).isBetween(now * 24 / 100, now * 26 / 100 + Allowance.WINDOW);
    }

    @Test
    void looksForAQuarterAlsoWhereTheClockStoodWhenItWasMade() {
        now = Long.MIN_VALUE / 4; // As a clock that is started later.
        Pacer pacer = hybrid(OptionalLong::empty);
        now = 0;
        latest(pacer, 100_000, 60 * MICRO);

        assertThat(pacer.polledNanos()).isBetween(now * 24 / 100, now * 26 / 100);
    }

    @Test
    void wakesAtMostTenThousandTimesASecondWhereItMayNotLook() {
        Pacer pacer = hybrid(() -> OptionalLong.of(now));
        latest(pacer, 100_000, 50 * MICRO);

        assertThat(naps).allSatisfy(nap -> assertThat(nap).isGreaterThanOrEqualTo(Pacer.GATHER_NANOS));
        assertThat(naps.size()).isBetween(1_000, 50_000);
    }

    @Test
    void looksAsMuchAsItLikesWhereAProcessorIsIdle() {
        Pacer pacer = hybrid(() -> OptionalLong.of(now * 3 / 2)); // Half of another processor, all the time.

        assertThat(latest(pacer, 10_000, 100 * MICRO)).isLessThanOrEqualTo(MICRO);

        assertThat(naps).isEmpty();
        assertThat(pacer.polledNanos()).isGreaterThan(SECOND * 9 / 10);
    }

    @Test
    void givesWayWhenOthersWantTheProcessorAndComesBackWhenAnotherOneIsIdle() {
        Pacer pacer = hybrid(() -> OptionalLong.of(spare + (long) ((now - since) * processors)));
        toSpareFromNow(1.04);
        latest(pacer, 10_000, 60 * MICRO);
        assertThat(naps)
                .as("less than a twentieth of another processor is idle")
                .isNotEmpty();

        toSpareFromNow(1);
        latest(pacer, 10_000, 60 * MICRO);
        naps.clear();
        latest(pacer, 1_000, 60 * MICRO);
        assertThat(naps).as("that is where it sleeps itself").isNotEmpty();

        toSpareFromNow(1.08);
        latest(pacer, 10_000, 60 * MICRO);
        naps.clear();
        latest(pacer, 1_000, 60 * MICRO);
        assertThat(naps).as("too little to begin again").isNotEmpty();

        toSpareFromNow(1.2);
        latest(pacer, 10_000, 60 * MICRO);
        naps.clear();
        assertThat(latest(pacer, 1_000, 60 * MICRO)).isLessThanOrEqualTo(MICRO);
        assertThat(naps).as("more than that is").isEmpty();

        toSpareFromNow(1.08);
        assertThat(latest(pacer, 10_000, 60 * MICRO)).isLessThanOrEqualTo(MICRO);
        assertThat(naps).as("enough to go on").isEmpty();
    }

    private void toSpareFromNow(double howMany) {
        spare += (long) ((now - since) * processors);
        since = now;
        processors = howMany;
    }

    @Test
    void sleepsAllTheWayWhereItIsToldTo() {
        Pacer pacer = new Pacer(Pacing.SLEEP, sender, () -> now, OptionalLong::empty);
        pacer.turn(now, MILLI);
        pacer.turn(now, now + 10 * MICRO);

        assertThat(naps).containsExactly(MILLI, Pacer.SLACK_NANOS);
        assertThat(pacer.polledNanos()).isZero();
    }
}

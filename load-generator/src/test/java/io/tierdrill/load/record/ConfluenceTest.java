package io.tierdrill.load.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ConfluenceTest {
    private static final long SECOND = 1_000_000_000;

    private record Stretch(long start, long end, long ended, long sent, long inFlight) {}

    private final List<Interval> used = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final Histogram latencies = new Histogram(3_600 * SECOND, 3);

    /** One loop's interval, with requests that took so long each. */
    private static Interval interval(int loop, double from, double to, long... tookNanos) {
        Interval interval = new Interval();
        interval.loop = loop;
        interval.startNanos = (long) (from * SECOND);
        interval.endNanos = (long) (to * SECOND);
        for (long took : tookNanos) {
            interval.take(0, 0, 0, took);
            interval.count(Outcome.OK, 1);
        }
        interval.sent = tookNanos.length;
        interval.inFlight = loop + 1;
        return interval;
    }

    private static Interval last(Interval interval) {
        interval.last = true;
        interval.inFlight = 0;
        return interval;
    }

    private void add(Confluence confluence, Interval interval) {
        confluence.add(interval, used::add);
        while (confluence.isWhole()) {
            Interval whole = confluence.take(used::add);
            latencies.add(whole.latency);
            stretches.add(new Stretch(
                    whole.startNanos, whole.endNanos, whole.latency.getTotalCount(), whole.sent, whole.inFlight));
        }
    }

    @Test
    void aSecondIsWholeWhenEveryLoopHasToldOfIt() {
        Confluence both = new Confluence(2);
        add(both, interval(0, 0, 1, 5, 6));
        add(both, interval(0, 1, 2, 7));
        assertThat(stretches).isEmpty();
        add(both, interval(1, 0, 1, 8));
        assertThat(stretches).containsExactly(new Stretch(0, SECOND, 3, 3, 3));
    }

    @Test
    void secondsInWhichALoopStalledAreOneStretch() {
        Confluence both = new Confluence(2);
        for (int second = 0; second < 3; second++) add(both, interval(0, second, second + 1, 5));
        add(both, interval(1, 0, 1, 8));
        add(both, interval(1, 1, 3, 8, 8));
        assertThat(stretches)
                .containsExactly(new Stretch(0, SECOND, 2, 2, 3), new Stretch(SECOND, 3 * SECOND, 4, 4, 3));
    }

    @Test
    void whatALoopSaidAtItsEndBelongsToTheSecondOfTheOthers() {
        Confluence both = new Confluence(2);
        add(both, last(interval(0, 0, 0.3, 5)));
        add(both, interval(1, 0, 1, 8));
        add(both, interval(1, 1, 2, 8));
        add(both, last(interval(1, 2, 2.4)));
        assertThat(both.isOver()).isTrue();
        assertThat(stretches)
                .containsExactly(
                        new Stretch(0, SECOND, 2, 2, 2),
                        new Stretch(SECOND, 2 * SECOND, 1, 1, 2),
                        new Stretch(2 * SECOND, (long) (2.4 * SECOND), 0, 0, 0));
    }

    @Test
    void aLoopThatIsSilentForLongMakesSecondsLongerAndNotMemoryLarger() {
        Confluence both = new Confluence(2);
        for (int second = 0; second < 1_000; second++) add(both, interval(0, second, second + 1, 5));
        assertThat(used).hasSize(1_000 - 16);
        add(both, last(interval(1, 0, 0)));
        assertThat(stretches).hasSize(16);
        assertThat(latencies.getTotalCount()).isEqualTo(1_000);
    }

    @Test
    void theSumIsThatOfOneRecordingWhateverTheLoopsDo() {
        RandomGenerator random = new Seeds(7).stream("confluence");
        Histogram one = new Histogram(3_600 * SECOND, 3);
        int loops = 3;
        Confluence all = new Confluence(loops);
        double[] reached = new double[loops];
        int seconds = 60;
        while (reached[0] < seconds || reached[1] < seconds || reached[2] < seconds) {
            int loop = random.nextInt(loops);
            if (reached[loop] >= seconds) continue;
            double to = Math.min(seconds, reached[loop] + 1 + (random.nextInt(9) == 0 ? random.nextInt(5) : 0));
            long[] took = random.longs(random.nextInt(20), 1, 10 * SECOND).toArray();
            for (long each : took) one.recordValue(each);
            Interval next = interval(loop, reached[loop], to, took);
            add(all, to == seconds ? last(next) : next);
            reached[loop] = to;
        }
        assertThat(latencies).isEqualTo(one);
        for (int i = 1; i < stretches.size(); i++)
            assertThat(stretches.get(i).start()).isEqualTo(stretches.get(i - 1).end());
    }
}

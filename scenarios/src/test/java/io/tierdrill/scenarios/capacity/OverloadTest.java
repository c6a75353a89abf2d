package io.tierdrill.scenarios.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tierdrill.model.run.RequestSampleWriter;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverloadTest {
    private static final long MS = 1_000_000L;
    private static final double CAPACITY = 100;

    /** A single server that answers a hundred a second, as an exact queue. */
    @Test
    void readsThePlateauAndTheTimeToRecoverOfAPlainQueue(@TempDir Path folder) throws Exception {
        long[] free = {0};
        Overload.Seen seen = run(folder, due -> {
            free[0] = Math.max(free[0], due) + 10 * MS;
            return free[0];
        });

        assertThat(seen.saturation().orElseThrow().perSecond()).isCloseTo(CAPACITY, within(1.0));
        // 30 a second too many for 8 s are 240, which leave at 20 a second more than come: 12 s.
        assertThat(seen.recovery().sentence()).startsWith("DOES NOT RECOVER: 12 s after the load dropped to 80");
        assertThat(seen.recovery().p95BeforeMicros()).isCloseTo(10_000, within(1.0));
    }

    @Test
    void seesAStackThatIsBackAtOnce(@TempDir Path folder) throws Exception {
        Overload.Seen seen = run(folder, due -> due + 10 * MS);

        assertThat(seen.recovery().seconds()).contains(0.0);
        assertThat(seen.recovery().sentence()).startsWith("recovers at once when the load drops to 80");
        assertThat(seen.saturation().orElseThrow().perSecond()).isCloseTo(130, within(1.0));
    }

    @Test
    void seesAStackThatStaysSlowThoughTheLoadIsGone(@TempDir Path folder) throws Exception {
        Overload.Seen seen = run(folder, due -> due + (due < 5_000 * MS ? 10 * MS : 300 * MS));

        assertThat(seen.recovery().seconds()).isEmpty();
        assertThat(seen.recovery().sentence()).contains("p95 is 300 ms, before it was 10 ms");
    }

    private static Overload.Seen run(Path folder, LongUnaryOperator server) throws Exception {
        Overload overload = new Overload(CAPACITY, Duration.ofSeconds(8));
        RunFolder run = RunFolder.create(folder);
        var curve = overload.shape().curve(overload.length());
        try (RequestSampleWriter out = RequestSampleWriter.create(run.requests())) {
            double all = curve.expectedBy(overload.length().toNanos());
            for (int i = 0; i < (int) all; i++) {
                long due = curve.nanosAt(i + 0.5);
                out.accept(sample(due, server.applyAsLong(due)));
            }
        }
        return overload.read(run);
    }

    private static RequestSample sample(long due, long done) {
        return new RequestSample(due, due, done, 0, 0, 0, Outcome.OK, 200, 100, Map.of());
    }
}

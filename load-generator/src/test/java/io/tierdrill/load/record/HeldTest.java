package io.tierdrill.load.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.sample.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldTest {
    private static final long MILLI = 1_000_000;

    @Test
    void countsInTheLatencyAndNeitherInTheLatenessNorInTheService() throws Exception {
        try (RunRecord run = new RunRecord(1, Optional.empty(), SecondWatcher.none())) {
            LoopRecord record = run.loop(0);
            record.sent(0, MILLI);
            record.ended(0, 5 * MILLI, 4 * MILLI, 7 * MILLI, Outcome.OK, 200, 2);
            record.sent(MILLI, MILLI);
            record.ended(MILLI, MILLI, 0, 2 * MILLI, Outcome.OK, 200, 2);
            record.finish(10 * MILLI);
            Totals totals = run.finish();
            assertThat(Totals.quantiles(totals.latency()).maxMicros()).isBetween(7_000.0, 7_010.0);
            assertThat(Totals.quantiles(totals.service()).maxMicros()).isBetween(2_000.0, 2_010.0);
            assertThat(Totals.quantiles(totals.lateness()).maxMicros()).isBetween(1_000.0, 1_002.0);
            assertThat(totals.held().getTotalCount()).as("those held only").isEqualTo(1);
            assertThat(Totals.quantiles(totals.held()).maxMicros()).isBetween(4_000.0, 4_010.0);
        }
    }
}

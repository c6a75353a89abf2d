package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.time.NanoClock;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.CaptureReader;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PracticeTest {

    @Test
    void everyMadeUpPacketIsUnderstoodAndEveryRequestAnswered() throws Exception {
        Tally tally = new Tally();
        List<Integer> statuses = new ArrayList<>();
        PacketPipeline pipeline = new PacketPipeline(
                CaptureOptions.defaults(),
                tally,
                KeyLog.empty(),
                r -> statuses.add(r.response().orElseThrow().status()));
        PracticeTraffic traffic = new PracticeTraffic();
        for (int round = 0; round < 3; round++)
            try (CaptureReader reader = CaptureReader.read(new ByteArrayInputStream(traffic.next()), "practice")) {
                while (reader.next()) pipeline.take(reader.frame());
                assertThat(reader.damage()).isEmpty();
            }
        pipeline.finish();

        assertThat(statuses).hasSize(3 * PracticeTraffic.REQUESTS_EACH_ROUND).containsOnly(200);
        assertThat(tally.rejected()).isEmpty();
    }

    @Test
    void endsWithTheRoundInWhichTheTimeIsOver() throws Exception {
        long[] now = {0};
        NanoClock clock = () -> now[0] += Duration.ofMillis(400).toNanos();

        assertThat(Practice.run(CaptureOptions.defaults(), Duration.ofSeconds(1), clock))
                .isEqualTo(2L * PracticeTraffic.REQUESTS_EACH_ROUND);
    }
}

package io.tierdrill.scenarios.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.sample.TierSample;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.scenarios.drill.DrillReport.Ejection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthSeenTest {
    private static final long SECOND = 1_000_000_000L;
    private static final InstanceId SERVICE = new InstanceId("service", 2);
    private static final String ADDRESS = "127.0.4.2:80";

    private final List<Sample> samples = new ArrayList<>();

    private void told(String by, double second, Signal signal, String of, double value) {
        samples.add(new SignalSample(Math.round(second * SECOND), InstanceId.parse(by), signal, of, value));
    }

    private HealthSeen seen(InstanceId instance) {
        return HealthSeen.of(samples, instance, ADDRESS, 5 * SECOND, 15 * SECOND);
    }

    @Test
    void tellsWhoFoundItIllAndWhenAndNotWhoSawItRise() {
        for (String by : List.of("l7/1", "l7/2", "l7/3")) told(by, 4, Signal.HEALTH_CHANGES, ADDRESS, 2);
        told("l7/2", 8, Signal.HEALTH_CHANGES, ADDRESS, 3);
        told("l7/1", 9.5, Signal.HEALTH_CHANGES, ADDRESS, 3);
        told("l7/1", 10.5, Signal.HEALTH_CHANGES, ADDRESS, 3);
        told("l7/3", 9.5, Signal.HEALTH_CHANGES, "127.0.4.1:80", 7);
        told("l7/3", 17, Signal.HEALTH_CHANGES, ADDRESS, 4);

        assertThat(seen(SERVICE).ejections()).containsExactly(new Ejection("l7/2", 3), new Ejection("l7/1", 4.5));
    }

    @Test
    void countsConnectionsOfThoseThatCountThem() {
        InstanceId l4 = new InstanceId("l4", 1);
        samples.add(new TierSample(4 * SECOND, l4, 100, 60, 0, 40, 0, 0, 0, 0));
        samples.add(new TierSample(6 * SECOND, l4, 101, 101, 0, 0, 0, 0, 0, 0));
        samples.add(new TierSample(4 * SECOND, SERVICE, 100, 95, 0, 5, 0, 0, 0, 0));

        assertThat(seen(l4).connections()).contains(40L);
        assertThat(seen(SERVICE).connections()).isEmpty();
    }

    @Test
    void tellsWhetherAllCountAsWellAgainAtTheEnd() {
        told("l7/1", 4, Signal.WIRED, "", 3);
        told("l7/1", 10, Signal.WELL, "", 2);
        assertThat(seen(SERVICE).allWell()).isFalse();

        told("l7/1", 19, Signal.WELL, "", 3);
        assertThat(seen(SERVICE).allWell()).isTrue();
    }
}

package io.tierdrill.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.tier.TierKind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StackSettingTest {
    private Scenario scenario;

    @BeforeEach
    void read() throws Exception {
        scenario = ScenarioFile.read(Path.of("plants", "l7-cpu.yaml"), Overrides.none());
    }

    @Test
    void movesANumberAndNothingElse() throws Exception {
        StackSetting setting = new StackSetting("stack.service.concurrency");
        assertThat(setting.of(scenario)).contains(128.0);

        Scenario moved = setting.moved(scenario, 160);

        assertThat(moved.stack().orElseThrow().service().concurrency()).isEqualTo(160);
        assertThat(setting.moved(moved, 128)).isEqualTo(scenario);
    }

    @Test
    void movesADuration() throws Exception {
        StackSetting setting = new StackSetting("stack.l7.cpuPerRequest");
        assertThat(setting.of(scenario)).contains(0.0025);

        Scenario moved = setting.moved(scenario, 0.002);

        assertThat(moved.stack().orElseThrow().l7().cpuPerRequest()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void movesInstances() throws Exception {
        Scenario moved = StackSetting.instances("service").moved(scenario, 1);

        assertThat(moved.stack().orElseThrow().instances(TierKind.SERVICE)).isEqualTo(1);
    }

    @Test
    void refusesWhatTheStackDoesNotAllow() {
        assertThatThrownBy(() -> StackSetting.instances("dns").moved(scenario, 2))
                .isInstanceOf(BadInputException.class);
        assertThat(new StackSetting("stack.l7.policy").of(scenario)).isEmpty();
        assertThat(new StackSetting("stack.l7.no.such").of(scenario)).isEmpty();
        assertThatThrownBy(() -> new StackSetting("slo.p99")).hasMessage("path must begin with stack., was slo.p99");
    }
}

package io.tierdrill.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SloConfigTest {
    private final Problems problems = new Problems();

    private SloConfig read(String yaml) {
        return SloConfig.from(ConfigFile.parse("s.yaml", yaml, problems).object("slo"));
    }

    @Test
    void promisesAQuarterOfASecondWhereNothingIsWritten() {
        assertThat(read("name: x")).isEqualTo(new SloConfig(Duration.ofMillis(250), 0.001, Optional.empty()));
        assertThat(problems.any()).isFalse();
    }

    @Test
    void readsBackWhatItWrites() {
        SloConfig config = read("slo: {p99: 80ms, errors: 0.02, rate: 1200/m}");

        assertThat(config).isEqualTo(new SloConfig(Duration.ofMillis(80), 0.02, Optional.of(20.0)));
        assertThat(read(ConfigFile.write(Map.of("slo", config.toMap())))).isEqualTo(config);
    }

    @Test
    void reportsEveryMistakeWithItsPlace() {
        read("slo:\n  p99: 0s\n  errors: 7\n  erors: 1\n");

        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly(
                        "s.yaml:2:3: slo.p99: must be above 0" + System.lineSeparator()
                                + "  Write the longest p99 you accept, such as 250ms.",
                        "s.yaml:3:11: slo.errors: cannot use \"7\"" + System.lineSeparator()
                                + "  Allowed: a number from 0 to 1.",
                        "s.yaml:4:3: slo.erors: unknown setting" + System.lineSeparator()
                                + "  Known: p99, errors, rate. Did you mean errors?");
    }
}

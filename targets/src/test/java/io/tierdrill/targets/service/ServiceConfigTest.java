package io.tierdrill.targets.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceConfigTest {

    @Test
    void isHealthyWhereNothingIsWritten() throws BadInputException {
        assertThat(read("")).isEqualTo(ServiceConfig.DEFAULT);
    }

    @Test
    void readsBackWhatItWrites() throws BadInputException {
        var config = new ServiceConfig(3, Duration.ofNanos(200_000), Duration.ofMillis(40), 0.25, 4096, 8, 0);

        assertThat(read(ConfigFile.write(config.toMap()))).isEqualTo(config);
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        String yaml = """
                instances: 0
                delay: 11m
                delayJitter: 1.5
                size: 65MiB
                concurency: 4
                """;

        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(BadInputException.class)
                .hasMessage("""
                        service.yaml:1:12: instances: cannot use "0"
                          Allowed: a whole number from 1 to 64.
                        service.yaml:2:1: delay: is longer than 10m
                          Allowed: up to 10m.
                        service.yaml:3:14: delayJitter: cannot use "1.5"
                          Allowed: a number from 0 to 1.
                        service.yaml:4:1: size: is larger than 64MiB
                          Allowed: up to 64MiB.
                        service.yaml:5:1: concurency: unknown setting
                          Known: instances, cpuPerRequest, delay, delayJitter, size, concurrency, queue. Did you mean concurrency?
                        5 problems; nothing was started.""");
    }

    @Test
    void longestRequestHasTheWholeJitter() {
        var config = new ServiceConfig(1, Duration.ofMillis(1), Duration.ofMillis(10), 0.5, 0, 1, 0);

        assertThat(config.longest()).isEqualTo(Duration.ofMillis(16));
    }

    private static ServiceConfig read(String yaml) throws BadInputException {
        var problems = new Problems();
        ServiceConfig config = ServiceConfig.from(ConfigFile.parse("service.yaml", yaml, problems));
        problems.throwIfAny();
        return config;
    }
}

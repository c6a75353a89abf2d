package io.tierdrill.load.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problems;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbortRuleTextTest {
    private static final String WORDS =
            "one of p50, p90, p95, p99, p99.9, max, mean, errors, rate, inflight; service., "
                    + "lateness. and held. before a quantile look at those instead of the latency";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p99>250ms for 10s     | p99           | true  | 250000000  | 10 | 100",
                "p99.9 > 1s            | p99.9         | true  | 1000000000 | 1  | 1000",
                "p50<10us for 2m       | p50           | false | 10000      | 120| 20",
                "errors>1% for 5s      | errors        | true  | 0.01       | 5  | 100",
                "errors > 0.001 for 3s | errors        | true  | 0.001      | 3  | 1000",
                "rate<900/s for 4s     | rate          | false | 900        | 4  | 0",
                "inflight>5000         | inflight      | true  | 5000       | 1  | 0",
                "lateness.max>5ms      | lateness.max  | true  | 5000000    | 1  | 1",
                "SERVICE.mean>5ms      | service.mean  | true  | 5000000    | 1  | 20"
            })
    void readsARule(String text, String measure, boolean above, double limit, long seconds, long needed)
            throws AbortRuleText.Unreadable {
        AbortRule rule = AbortRuleText.parse(text);
        assertThat(rule.measure().word()).isEqualTo(measure);
        assertThat(rule.above()).isEqualTo(above);
        assertThat(rule.limit()).isEqualTo(limit);
        assertThat(rule.forNanos()).isEqualTo(seconds * 1_000_000_000);
        assertThat(rule.needed()).isEqualTo(needed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p98>250ms           | 1  | \"p98\" is nothing that can be watched       | " + WORDS,
                "''                  | 1  | nothing is nothing that can be watched       | " + WORDS,
                "p99 250ms           | 5  | \"250ms\" stands where a comparison is due   | > or <",
                "p99>=250ms          | 5  | \"=250ms\" is no limit for p99               | a duration with a unit, such as 250ms",
                "p99>250 for 10s     | 5  | \"250\" is no limit for p99                  | a duration with a unit, such as 250ms",
                "p99>                | 5  | nothing is no limit for p99                  | a duration with a unit, such as 250ms",
                "errors>101%         | 8  | \"101%\" is no limit for errors              | a share such as 1% or 0.01, above 0% and below 100%",
                "rate<0/s            | 6  | \"0/s\" is no limit for rate                 | a rate such as 900/s",
                "inflight>1.5        | 10 | \"1.5\" is no limit for inflight             | a whole number such as 5000",
                "p99>250ms for 1500ms| 15 | \"1500ms\" is no time to hold for            | whole seconds from 1s to 1h",
                "p99>250ms for ever  | 15 | \"ever\" is no time to hold for              | whole seconds from 1s to 1h"
            })
    void saysInWhichColumnARuleGoesWrong(String text, int column, String what, String allowed) {
        assertThatThrownBy(() -> AbortRuleText.parse(text))
                .hasMessage("cannot read \"" + text + "\" at column " + column + ": " + what)
                .extracting(e -> ((AbortRuleText.Unreadable) e).help())
                .isEqualTo("Allowed: " + allowed + ". A rule is such as 'p99>250ms for 10s'.");
    }

    @Test
    void pointsAtTheRuleInTheFile() {
        assertThatThrownBy(() -> read("""
                        abortOn:
                          - p99>250ms for 10s
                          - p99>250 for 10s
                        """))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "s.yaml:3:5: abortOn[1]: cannot read \"p99>250 for 10s\" at column 5: \"250\" is no limit for p99",
                        "  Allowed: a duration with a unit, such as 250ms. A rule is such as 'p99>250ms for 10s'.",
                        "1 problem; nothing was started."));
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThatThrownBy(() -> read("metrics: 127.0.0.1:70000\n"))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "s.yaml:1:1: metrics: cannot use \"127.0.0.1:70000\"",
                        "  Allowed: HOST:PORT such as 127.0.0.1:9464, or a port of the loopback; port 0 is any free one.",
                        "1 problem; nothing was started."));
    }

    @Test
    void aPortAloneIsOneOfTheLoopback() throws Exception {
        assertThat(read("metrics: 9464\n").metrics()).contains(new InetSocketAddress("127.0.0.1", 9464));
        assertThat(read("metrics: '[::1]:0'\n").metrics()).contains(new InetSocketAddress("::1", 0));
        assertThat(read("metrics: 0.0.0.0:9464\n").metrics()).contains(new InetSocketAddress("0.0.0.0", 9464));
    }

    @Test
    void writesWhatItReads() throws Exception {
        LiveConfig config = read("""
                abortOn: ['p99>250ms for 10s', 'errors>1%']
                metrics: 127.0.0.1:0
                """);
        Map<String, Object> map = new LinkedHashMap<>();
        config.putInto(map);
        assertThat(map.get("abortOn")).isEqualTo(List.of("p99>250ms for 10s", "errors>1%"));
        assertThat(read(ConfigFile.write(map))).isEqualTo(config);

        Map<String, Object> nothing = new LinkedHashMap<>();
        LiveConfig.none().putInto(nothing);
        assertThat(nothing).isEmpty();
        assertThat(read("{}")).isEqualTo(LiveConfig.none());
    }

    private static LiveConfig read(String text) throws BadInputException {
        Problems problems = new Problems();
        ConfigNode node = ConfigFile.parse("s.yaml", text, problems);
        LiveConfig config = LiveConfig.from(node);
        node.finish();
        problems.throwIfAny();
        return config;
    }
}

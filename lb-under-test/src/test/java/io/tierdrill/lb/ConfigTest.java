package io.tierdrill.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.lb.dns.DnsConfig;
import io.tierdrill.lb.l3.L3Config;
import io.tierdrill.lb.l4.L4Config;
import io.tierdrill.lb.l7.L7Config;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.tier.TierKind;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The settings under {@code stack:}. */
class ConfigTest {

    @Test
    void hasADefaultForEverything() {
        assertThat(read("", DnsConfig::from).toMap())
                .isEqualTo(Map.of("instances", 1, "name", "peak.test", "ttl", "30s", "policy", "round-robin"));
        assertThat(read("", L3Config::from).toMap()).isEqualTo(Map.of("instances", 1, "hash", "5-tuple"));
        assertThat(read("", L4Config::from).toMap())
                .containsEntry("instances", 2)
                .containsEntry("policy", "maglev");
        assertThat(read("", L7Config::from).toMap())
                .containsEntry("instances", 4)
                .containsEntry("pending", 1024);
    }

    @Test
    void readsBackWhatItWrites() {
        readsBack("{instances: 3, name: a.b-c.test, ttl: 0s}", DnsConfig::from, DnsConfig::toMap);
        readsBack("{instances: 0, seed: -7}", L3Config::from, L3Config::toMap);
        readsBack("{connections: 5, connectTimeout: 20ms, idleTimeout: 1.5s}", L4Config::from, L4Config::toMap);
        readsBack(
                "{policy: least-request, cpuPerRequest: 150us, connectionsPerUpstream: 2, pending: 0, queueTimeout: 1ms,"
                        + " responseTimeout: 2s, idleTimeout: 3m, healthCheck: {enabled: false, path: /up, interval: 5s, rise: 1},"
                        + " http2: {streams: 5, resets: 6}, serverTiming: false, transparent: true,"
                        + " record: {folder: traces, bodies: 1KiB}}",
                L7Config::from,
                L7Config::toMap);
    }

    @Test
    void tellsEverythingThatIsWrongAndStartsNothing() {
        assertThatThrownBy(() -> Stacks.start(
                        TierKind.L7, "policy: round-robbin\nqueueTimeout: 0s\npendin: 3\nhealthCheck: {path: up}\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "test.yaml:1:9: policy: unknown value \"round-robbin\"",
                        "  Known: round-robin, least-request. Did you mean round-robin?",
                        "test.yaml:2:1: queueTimeout: must be above zero",
                        "  Write a duration such as 250ms or 1.5s.",
                        "test.yaml:4:15: healthCheck.path: cannot use \"up\"",
                        "  Allowed: a path such as /healthz.",
                        "test.yaml:3:1: pendin: unknown setting",
                        "  Known: instances, policy, cpuPerRequest, connectionsPerUpstream, pending, queueTimeout,"
                                + " responseTimeout, idleTimeout, healthCheck, tls, http2, serverTiming, transparent, record. Did you mean pending?",
                        "4 problems; nothing was started."));
    }

    @Test
    void tellsWhatIsWrongWithAName() {
        Problems problems = new Problems();
        DnsConfig.from(ConfigFile.parse("test.yaml", "name: -a..b\nttl: 1500ms\n", problems));
        assertThat(problems.all())
                .extracting(Problem::toString)
                .containsExactly(
                        "test.yaml:1:1: name: cannot use \"-a..b\"" + System.lineSeparator()
                                + "  Allowed: a host name such as peak.test.",
                        "test.yaml:2:1: ttl: cannot use 1500ms" + System.lineSeparator()
                                + "  Allowed: whole seconds, such as 30s.");
    }

    @Test
    void doesNotStartAService() {
        assertThatThrownBy(() -> Stacks.start(TierKind.SERVICE, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("service is not a balancer");
    }

    private static <T> void readsBack(String yaml, Function<ConfigNode, T> from, Function<T, Map<String, Object>> map) {
        T config = read(yaml, from);
        assertThat(read(ConfigFile.write(map.apply(config)), from)).isEqualTo(config);
    }

    private static <T> T read(String yaml, Function<ConfigNode, T> from) {
        Problems problems = new Problems();
        T config = from.apply(ConfigFile.parse("test.yaml", yaml, problems));
        assertThat(problems.all()).isEmpty();
        return config;
    }
}

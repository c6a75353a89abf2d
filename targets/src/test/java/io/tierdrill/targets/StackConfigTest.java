package io.tierdrill.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigFile;
import io.tierdrill.model.config.Problems;
import io.tierdrill.model.tier.TierKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackConfigTest {

    @Test
    void isTheClassicTreeWhereNothingIsWritten() throws BadInputException {
        StackConfig config = read("stack:\n");

        assertThat(config.present()).containsExactly(TierKind.values());
        assertThat(config.instances(TierKind.DNS)).isEqualTo(1);
        assertThat(config.instances(TierKind.L3)).isEqualTo(1);
        assertThat(config.instances(TierKind.L4)).isEqualTo(2);
        assertThat(config.instances(TierKind.L7)).isEqualTo(4);
        assertThat(config.instances(TierKind.SERVICE)).isEqualTo(6);
        assertThat(config.restart()).isFalse();
    }

    @Test
    void readsBackWhatItWrites() throws BadInputException {
        StackConfig config = read("""
                stack:
                  dns: {name: shop.test}
                  l3: {seed: 7}
                  l4: {instances: 0}
                  l7: {instances: 1, policy: least-request}
                  service: {delay: 20ms, concurrency: 8}
                  restart: true
                """);

        assertThat(read(ConfigFile.write(Map.of("stack", config.toMap())))).isEqualTo(config);
    }

    @Test
    void leavesOutTiersWithoutInstances() throws BadInputException {
        StackConfig config =
                read("stack: {dns: {instances: 0}, l3: {instances: 0}, l4: {instances: 0}, l7: {instances: 1}}");

        assertThat(config.present()).containsExactly(TierKind.L7, TierKind.SERVICE);
        assertThat(config.outermost()).isEqualTo(TierKind.L7);
    }

    @Test
    void tellsEverythingThatIsWrongInAllTiersAtOnce() {
        assertThatThrownBy(() -> read("""
                        stack:
                          dns:
                            instances: 2
                          l4:
                            instances: 65
                          service:
                            instances: 0
                          restart: maybe
                          l5: {}
                        """))
                .isInstanceOf(BadInputException.class)
                .hasMessage("""
                        scenario.yaml:5:16: stack.l4.instances: cannot use "65"
                          Allowed: a whole number from 0 to 64.
                        scenario.yaml:7:16: stack.service.instances: cannot use "0"
                          Allowed: a whole number from 1 to 64.
                        scenario.yaml:8:12: stack.restart: cannot use "maybe"
                          Allowed: true or false.
                        scenario.yaml:9:3: stack.l5: unknown setting
                          Known: dns, l3, l4, l7, service, restart. Did you mean l3?
                        scenario.yaml:3:5: stack.dns.instances: cannot use 2: one resolver is asked
                          Allowed: 0 or 1.
                        5 problems; nothing was started.""");
    }

    @Test
    void refusesInstancesThatNobodySharesRequestsAmong() {
        assertThatThrownBy(() -> read("""
                        stack:
                          dns: {instances: 0}
                          l3: {instances: 0}
                          l4: {instances: 3}
                        """))
                .isInstanceOf(BadInputException.class)
                .hasMessage("""
                        scenario.yaml:4:8: stack.l4.instances: nothing in front of these 3 shares requests among them
                          Set stack.dns.instances: 1, or stack.l4.instances: 1.
                        1 problem; nothing was started.""");
    }

    static StackConfig read(String yaml) throws BadInputException {
        var problems = new Problems();
        StackConfig config = StackConfig.from(
                ConfigFile.parse("scenario.yaml", yaml, problems).object("stack"));
        problems.throwIfAny();
        return config;
    }
}

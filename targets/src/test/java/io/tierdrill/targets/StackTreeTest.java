package io.tierdrill.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.sample.MetricNames;
import io.tierdrill.model.sample.RunEvent;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.tier.Topology;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.targets.process.ChildCommand;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tiers together, each a process. */
class StackTreeTest {
    @TempDir
    private Path folder;

    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();

    @Test
    void bringsUpATreeOfAllTiers() throws Exception {
        // The default has 14 processes; a build on a busy machine, without a class archive, need not pay for all.
        try (Stack stack = start("stack: {l7: {instances: 2}, service: {instances: 2}}")) {
            assertThat(stack.members())
                    .extracting(Member::id)
                    .containsExactly(ids("dns/1 l3/1 l4/1 l4/2 l7/1 l7/2 service/1 service/2"));
            assertThat(stack.members())
                    .extracting(member -> member.traffic().getAddress().getHostAddress())
                    .doesNotHaveDuplicates();
            assertThat(stack.entryHost()).isEqualTo("peak.test");
            assertThat(stack.resolver()).contains(stack.members().get(0).traffic());
            assertThat(stack.entryPort())
                    .isEqualTo(stack.members().get(1).traffic().getPort());
            double before = arrivals(stack, TierKind.SERVICE);
            long primed = stack.prime(Duration.ofSeconds(20));
            assertThat(primed).as("every request of the priming is answered").isEqualTo(800);
            assertThat(arrivals(stack, TierKind.SERVICE)).isEqualTo(before + primed);
            for (TierKind tier : TierKind.values())
                assertThat(arrivals(stack, tier)).as(tier.word()).isGreaterThanOrEqualTo(1);

            assertThat(stack.topology(Map.of()).tiers())
                    .extracting(Topology.Node::name)
                    .containsExactly("dns", "l3", "l4", "l7", "service");
            assertThat(stack.topology(Map.of()).tiers())
                    .filteredOn(Topology.Node::emulated)
                    .extracting(Topology.Node::name)
                    .containsExactly("l3");
        }
        assertThat(events).extracting(RunEvent::kind).containsOnly("start");
    }

    @Test
    void reachesEveryInstanceBehindDnsAtOnePort() throws Exception {
        try (Stack stack =
                start("stack: {l3: {instances: 0}, l4: {instances: 0}, l7: {instances: 2}, service: {instances: 1}}")) {
            assertThat(stack.members())
                    .filteredOn(member -> member.kind() == TierKind.L7)
                    .hasSize(2)
                    .extracting(member -> member.traffic().getPort())
                    .containsOnly(stack.entryPort());
            for (int i = 0; i < 2; i++) assertThat(ask(stack)).isEmpty();
            assertThat(stack.members())
                    .filteredOn(member -> member.kind() == TierKind.L7)
                    .as("DNS rotates")
                    .allMatch(member -> Metrics.of(member.admin()).value(MetricNames.ARRIVALS) >= 1);
        }
    }

    @Test
    void connectsAnL4ToServicesDirectly() throws Exception {
        try (Stack stack = start(
                "stack: {dns: {instances: 0}, l3: {instances: 0}, l4: {instances: 1}, l7: {instances: 0}, service: {instances: 1}}")) {
            assertThat(ask(stack)).isEmpty();
            assertThat(arrivals(stack, TierKind.SERVICE)).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void wiresAMiddleTierAgainWhenItComesBack() throws Exception {
        try (Stack stack = start("""
                stack:
                  dns: {instances: 0}
                  l3: {instances: 0}
                  l4: {instances: 1}
                  l7: {instances: 1}
                  service: {instances: 1}
                  restart: true
                """)) {
            Member l7 = stack.members().get(1);

            ProcessHandle.of(l7.pid()).orElseThrow().destroyForcibly();

            Eventually.until(
                    "it is back", () -> events.stream().anyMatch(e -> e.kind().equals("restart")));
            Eventually.until("requests get through again", () -> ask(stack).isEmpty());
        }
    }

    private Stack start(String yaml) throws Exception {
        return Stack.start(
                StackConfigTest.read(yaml),
                folder,
                new Seeds(1),
                NanoClock.system(),
                events::add,
                ChildCommand.ofThisJvm());
    }

    private static Optional<String> ask(Stack stack) {
        return new FirstRequest(stack.entryHost(), stack.entryPort(), stack.resolver(), Duration.ofSeconds(5)).send();
    }

    private static double arrivals(Stack stack, TierKind tier) throws IOException {
        double sum = 0;
        for (Member member : stack.members()) {
            InetSocketAddress admin = member.admin();
            if (member.kind() == tier) sum += Metrics.of(admin).value(MetricNames.ARRIVALS);
        }
        return sum;
    }

    private static InstanceId[] ids(String text) {
        return Arrays.stream(text.split(" ")).map(InstanceId::parse).toArray(InstanceId[]::new);
    }
}

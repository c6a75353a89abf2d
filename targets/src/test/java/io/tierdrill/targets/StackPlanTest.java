package io.tierdrill.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.TierKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackPlanTest {
    private static final Loopback WIDE = new Loopback(true);
    private static final Loopback NARROW = new Loopback(false);

    @Test
    void givesEachInstanceAnAddressOfItsTier() throws Exception {
        assertThat(plan("stack: {}", WIDE).seats())
                .extracting(seat -> seat.id() + " " + seat.listen().getAddress().getHostAddress())
                .containsExactly(
                        "dns/1 127.0.5.1",
                        "l3/1 127.0.1.1",
                        "l4/1 127.0.2.1",
                        "l4/2 127.0.2.2",
                        "l7/1 127.0.3.1",
                        "l7/2 127.0.3.2",
                        "l7/3 127.0.3.3",
                        "l7/4 127.0.3.4",
                        "service/1 127.0.4.1",
                        "service/2 127.0.4.2",
                        "service/3 127.0.4.3",
                        "service/4 127.0.4.4",
                        "service/5 127.0.4.5",
                        "service/6 127.0.4.6");
    }

    @Test
    void leavesPortsToTheSystemWhereNobodyNeedsToKnowThem() throws Exception {
        assertThat(plan("stack: {}", WIDE).seats())
                .extracting(seat -> seat.listen().getPort())
                .containsOnly(0);
    }

    @Test
    void putsAllOnOneAddressWhereTheMachineHasNoMore() throws Exception {
        assertThat(plan("stack: {}", NARROW).seats())
                .extracting(seat -> seat.listen().getAddress().getHostAddress())
                .containsOnly("127.0.0.1");
    }

    @Test
    void drawsTheSameSeedsForTheSameSeed() throws Exception {
        List<Long> seeds =
                plan("stack: {}", WIDE).seats().stream().map(Seat::seed).toList();

        assertThat(seeds).doesNotHaveDuplicates();
        assertThat(plan("stack: {}", WIDE).seats()).extracting(Seat::seed).isEqualTo(seeds);
    }

    @Test
    void givesOnePortToAllThatDnsAnswersWith() throws Exception {
        StackPlan plan = plan("stack: {l3: {instances: 0}, l4: {instances: 3}}", WIDE);

        assertThat(plan.seats())
                .filteredOn(seat -> seat.kind() == TierKind.L4)
                .extracting(seat -> seat.listen().getPort())
                .hasSize(3)
                .doesNotContain(0)
                .containsOnly(plan.seats().get(1).listen().getPort());
    }

    @Test
    void saysWhatThisMachineCannotHold() {
        assertThatThrownBy(() -> plan("stack: {l3: {instances: 0}, l4: {instances: 3}}", NARROW))
                .isInstanceOf(BadInputException.class)
                .hasMessage("""
                        this machine: stack.l4.instances: 3 instances behind DNS need an address each, and only 127.0.0.1 can be used here
                          Set stack.l4.instances: 1, or put one instance of another tier in front.
                        1 problem; nothing was started.""");
    }

    @Test
    void findsAPortThatIsFreeOnEveryAddress() throws Exception {
        InetAddress first = WIDE.of(TierKind.L4, 1);
        InetAddress second = WIDE.of(TierKind.L4, 2);

        int port = Loopback.sharedPort(List.of(first, second));

        try (var one = new ServerSocket(port, 1, first);
                var other = new ServerSocket(port, 1, second)) {
            assertThat(one.getLocalPort()).isEqualTo(other.getLocalPort());
            assertThatThrownBy(() -> Loopback.sharedPort(List.of(first, first))).isInstanceOf(IOException.class);
        }
    }

    private static StackPlan plan(String yaml, Loopback loopback) throws IOException, BadInputException {
        return StackPlan.of(StackConfigTest.read(yaml), loopback, new Seeds(1));
    }
}

package io.tierdrill.lb.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EcmpTest {
    private static final InetSocketAddress VIP = new InetSocketAddress("127.0.1.1", 80);

    /** Binomial with n = 40,000 and p = 1/4: the deviation is 87, five of them are 433. */
    @Test
    void spreadsFlowsThatDifferOnlyInTheirPortEvenly() {
        int[] count = new int[4];
        flows().forEach(f -> count[Ecmp.member(f.hash(1), 4)]++);
        for (int c : count) assertThat(c).isCloseTo(10_000, within(433));
    }

    /**
     * RFC 2992: cutting the space into N-1 instead of N regions moves 1/4 + 1/4K(N-K) of all flows; for the third of four
     * that is 1/3 in all, 1/12 besides those that must. A point is five deviations of 40,000 flows, rounded up.
     */
    @Test
    void movesAsManyFlowsAsTheoryTellsWhenOneOfFourLeaves() {
        List<Integer> left = List.of(0, 1, 3);
        long all = flows().size();
        long moved =
                flows().stream().filter(f -> before(f) != left.get(after(f))).count();
        long collateral = flows().stream()
                .filter(f -> before(f) != 2 && before(f) != left.get(after(f)))
                .count();
        assertThat((double) moved / all).isCloseTo(1.0 / 3, within(0.013));
        assertThat((double) collateral / all).isCloseTo(1.0 / 12, within(0.01));
    }

    @Test
    void dependsOnEveryFieldAndOnTheSeed() {
        Flow flow = flow("127.0.0.1", 4000, VIP);
        List<Long> hashes = List.of(
                flow.hash(1),
                flow.hash(2),
                flow("127.0.0.2", 4000, VIP).hash(1),
                flow("127.0.0.1", 4001, VIP).hash(1),
                flow("127.0.0.1", 4000, new InetSocketAddress("127.0.1.2", 80)).hash(1),
                flow("127.0.0.1", 4000, new InetSocketAddress("127.0.1.1", 81)).hash(1),
                flow("::1", 4000, VIP).hash(1));
        assertThat(hashes).doesNotHaveDuplicates();
        assertThat(flow("127.0.0.1", 4000, VIP).hash(1)).isEqualTo(flow.hash(1));
    }

    private static int before(Flow flow) {
        return Ecmp.member(flow.hash(7), 4);
    }

    private static int after(Flow flow) {
        return Ecmp.member(flow.hash(7), 3);
    }

    private static List<Flow> flows() {
        return IntStream.range(0, 40_000)
                .mapToObj(i -> flow("127.0.0." + (1 + i % 4), 10_000 + i, VIP))
                .toList();
    }

    private static Flow flow(String host, int port, InetSocketAddress to) {
        return new Flow(new InetSocketAddress(host, port), to);
    }
}

package io.tierdrill.load.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UserOrderTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private final UserOrder order = new UserOrder();
    private final List<String> went = new ArrayList<>();
    private final Map<String, Turn> turns = new HashMap<>();

    private final class Turn extends UserOrder.Turn {
        final String name;

        Turn(String name) {
            this.name = name;
        }

        @Override
        protected void go() {
            went.add(name);
        }
    }

    private void begin(String name, String client, String user, long due, Optional<Long> latency) {
        Turn turn = new Turn(name);
        turns.put(name, turn);
        Optional<Response> response = latency.map(nanos -> new Response(200, Optional.empty(), Optional.of(nanos)));
        var request = new RequestRecord(
                due, client, "", user, "http", "GET", "", "/" + name, List.of(), Body.none(), response);
        if (order.begin(turn, request, due)) went.add(name);
    }

    /** Recorded as beginning and ending then, in milliseconds. */
    private void recorded(String name, String user, long begin, long end) {
        begin(name, "c", user, begin * MILLI, Optional.of((end - begin) * MILLI));
    }

    private void end(String name) {
        order.end(turns.remove(name));
    }

    @Test
    void waitsForWhatHadEndedAndNotForWhatWasUnderWay() {
        recorded("a", "u", 0, 20);
        recorded("b", "u", 30, 50);
        recorded("c", "u", 40, 60);
        assertThat(went).containsExactly("a");
        end("a");
        assertThat(went).containsExactly("a", "b", "c");
    }

    @Test
    void waitsForAllThatHadEnded() {
        recorded("a", "u", 0, 20);
        recorded("b", "u", 5, 20);
        recorded("c", "u", 20, 30);
        end("b");
        assertThat(went).containsExactly("a", "b");
        end("a");
        assertThat(went).containsExactly("a", "b", "c");
    }

    @Test
    void oneThatWaitsHoldsBackThoseBehindIt() {
        recorded("a", "u", 0, 10);
        recorded("b", "u", 20, 30);
        recorded("c", "u", 40, 50);
        end("a");
        assertThat(went).containsExactly("a", "b");
        end("b");
        assertThat(went).containsExactly("a", "b", "c");
    }

    @Test
    void aStalledUserHoldsBackNobodyElse() {
        recorded("a", "u", 0, 10);
        recorded("b", "v", 20, 30);
        begin("c", "c", "", 40 * MILLI, Optional.empty());
        assertThat(went).containsExactly("a", "b", "c");
    }

    @Test
    void oneThatNeverWentEndsForThoseBehindItToo() {
        recorded("a", "u", 0, 10);
        recorded("b", "u", 20, 30);
        recorded("c", "u", 40, 50);
        end("b");
        assertThat(went).containsExactly("a");
        end("a");
        assertThat(went).containsExactly("a", "c");
    }

    @Test
    void withoutLatenciesASecondTellsAPageFromTheNextStep() {
        begin("page", "c", "u", 0, Optional.empty());
        begin("picture", "c", "u", SECOND - 1, Optional.empty());
        begin("click", "c", "u", SECOND, Optional.empty());
        assertThat(went).containsExactly("page", "picture");
        end("page");
        assertThat(went).containsExactly("page", "picture", "click");
    }

    @Test
    void whoNamesNoUserIsOrderedByClient() {
        begin("a", "10.0.0.1", "", 0, Optional.of(MILLI));
        begin("b", "10.0.0.1", "", SECOND, Optional.of(MILLI));
        begin("c", "10.0.0.2", "", SECOND, Optional.of(MILLI));
        assertThat(went).containsExactly("a", "c");
    }

    @Test
    void anAddressWithACrowdBehindItIsNoUser() {
        for (int i = 0; i <= UserOrder.CROWD; i++) begin("r" + i, "proxy", "", i * MILLI, Optional.of(MILLI / 2));
        assertThat(went).as("all of the first second but the last wait").containsExactly("r0", "r" + UserOrder.CROWD);
        begin("later", "proxy", "", 1_500 * MILLI, Optional.of(MILLI));
        assertThat(went).as("it still was one a second ago").contains("later");
        begin("quiet", "proxy", "", 9 * SECOND, Optional.of(MILLI));
        assertThat(went).doesNotContain("quiet");
    }

    @Test
    void aNamedUserIsOneHoweverBusy() {
        for (int i = 0; i < 100; i++) begin("r" + i, "c", "robot", i * MILLI, Optional.of(MILLI / 2));
        assertThat(went).containsExactly("r0");
        for (int i = 0; i < 100; i++) end("r" + i);
        assertThat(went).hasSize(100);
    }

    @Test
    void remembersNobodyForLong() {
        for (int i = 0; i < 10_000; i++) {
            begin("u" + i, "c" + i, "u" + i, i * 10 * MILLI, Optional.empty());
            begin("c" + i, "c" + i, "", i * 10 * MILLI, Optional.empty());
            end("u" + i);
            end("c" + i);
        }
        assertThat(order.remembered()).isLessThan(500);
    }

    /** The obvious way as judge: look at all that are under way, every time. */
    @Test
    void agreesWithTheObviousWay() {
        Random random = new Random(7);
        record Past(String name, String user, long begin, long end) {}
        List<Past> underWay = new ArrayList<>();
        Map<String, List<String>> waiting = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            String user = "u" + random.nextInt(5);
            Past now = new Past("r" + i, user, i, i + 1 + random.nextInt(40));
            List<String> blockers = new ArrayList<>();
            for (Past p : underWay) if (p.user.equals(user) && p.end <= now.begin) blockers.add(p.name);
            recorded(now.name, user, now.begin, now.end);
            assertThat(went.contains(now.name)).isEqualTo(blockers.isEmpty());
            underWay.add(now);
            waiting.put(now.name, blockers);
            while (underWay.size() > 20) {
                List<Past> going = underWay.stream()
                        .filter(p -> waiting.get(p.name).isEmpty())
                        .toList();
                Past ends = going.get(random.nextInt(going.size()));
                underWay.remove(ends);
                waiting.values().forEach(b -> b.remove(ends.name));
                end(ends.name);
                underWay.forEach(p -> assertThat(went.contains(p.name))
                        .isEqualTo(waiting.get(p.name).isEmpty()));
            }
        }
    }
}

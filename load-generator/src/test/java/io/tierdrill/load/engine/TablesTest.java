package io.tierdrill.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The two tables of our own against slow, obvious twins. Few different keys with equal low bits, so that they collide. */
class TablesTest {
    private static final int STEPS = 200_000;

    private static long key(RandomGenerator chance) {
        return (long) chance.nextInt(40) << 40 | chance.nextInt(6);
    }

    private static Slot slot(long lane) {
        Slot slot = new Slot(0, ByteBuffer.allocate(0), 0, 0);
        slot.lane = lane;
        return slot;
    }

    @Test
    void idleConnectionsAreFoundByLaneLastUsedFirst() {
        RandomGenerator chance = new Seeds(1).stream("lanes");
        LaneTable table = new LaneTable();
        Map<Long, Deque<Slot>> twin = new HashMap<>();
        for (int i = 0; i < STEPS; i++) {
            long lane = key(chance);
            Deque<Slot> stack = twin.computeIfAbsent(lane, k -> new ArrayDeque<>());
            int what = chance.nextInt(3);
            if (what == 0) {
                assertThat(table.take(lane)).isSameAs(stack.poll());
            } else if (what == 1 && !stack.isEmpty()) {
                Slot some = List.copyOf(stack).get(chance.nextInt(stack.size()));
                table.remove(some);
                stack.remove(some);
            } else if (stack.size() < 5) {
                Slot slot = slot(lane);
                table.add(slot);
                stack.push(slot);
            }
        }
        twin.forEach((lane, stack) -> {
            while (!stack.isEmpty()) assertThat(table.take(lane)).isSameAs(stack.poll());
            assertThat(table.take(lane)).isNull();
        });
    }

    @Test
    void aTurnGoesWhenThoseOfItsUserHaveEndedThatHadEndedBefore() {
        RandomGenerator chance = new Seeds(2).stream("users");
        Users users = new Users();
        List<Turn> underWay = new ArrayList<>();
        Map<Turn, List<Turn>> waitsFor = new HashMap<>();
        List<Turn> went = new ArrayList<>();
        for (int i = 0; i < STEPS / 10; i++) {
            if (underWay.size() < 60 && chance.nextInt(2) == 0) {
                Turn turn = new Turn();
                turn.user = key(chance);
                turn.begins = i;
                turn.ends = i + chance.nextInt(40);
                List<Turn> before = underWay.stream()
                        .filter(t -> t.user == turn.user && t.ends <= turn.begins)
                        .toList();
                assertThat(users.begin(turn, true)).isEqualTo(before.isEmpty());
                if (!before.isEmpty()) waitsFor.put(turn, new ArrayList<>(before));
                underWay.add(turn);
            } else if (!underWay.isEmpty()) {
                Turn over = underWay.remove(chance.nextInt(underWay.size()));
                waitsFor.remove(over);
                went.clear();
                users.end(over, went::add);
                List<Turn> expected = new ArrayList<>();
                for (Turn turn : underWay) {
                    List<Turn> left = waitsFor.get(turn);
                    if (left == null || !left.remove(over) || !left.isEmpty()) continue;
                    waitsFor.remove(turn);
                    expected.add(turn);
                }
                assertThat(went).containsExactlyElementsOf(expected);
            }
        }
    }
}

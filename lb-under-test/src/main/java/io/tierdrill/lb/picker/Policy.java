package io.tierdrill.lb.picker;

import io.tierdrill.lb.hash.Ecmp;
import io.tierdrill.lb.hash.Maglev;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** How a choice is made: turns a set into the picker over it. Kept by the {@link Balancer} across changes of the set. */
@FunctionalInterface
public interface Policy {
    Picker over(List<Upstream> members);

    /**
     * Each in its turn. The turn goes on where it was when the set changes, and starts at a random place, so that many
     * balancers started together do not march in step.
     */
    static Policy roundRobin(RandomGenerator random) {
        AtomicInteger turn = new AtomicInteger(random.nextInt());
        return members -> new RoundRobin(members, turn);
    }

    /** The one with the fewest under way; ties go to each in its turn. */
    static Policy leastRequest(RandomGenerator random) {
        AtomicInteger turn = new AtomicInteger(random.nextInt());
        return members -> new LeastRequest(members, turn);
    }

    /** By the Maglev table of their names: the same choice on every balancer with the same members. */
    static Policy maglev() {
        return members -> {
            if (members.isEmpty()) return new HashPicker(members, key -> 0);
            Maglev table = Maglev.of(members.stream().map(Upstream::name).toList());
            return new HashPicker(members, table::member);
        };
    }

    /** By hash-threshold over the members in the order they were wired, as a router's next-hop group. */
    static Policy ecmp() {
        return members -> new HashPicker(members, key -> Ecmp.member(key, members.size()));
    }
}

package io.tierdrill.recorder.diff;

import io.tierdrill.recorder.diff.DiffReport.Order;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares the orders of all users. */
final class Orders {
    /** Users that are looked at again, for an example. */
    private static final int MOST_EXAMPLES = 5;

    private Orders() {}

    /** Without examples. */
    static Order compare(Profile a, Profile b) {
        boolean anyone = a.users.isEmpty() || a.users.keySet().stream().anyMatch(b.users::containsKey);
        return anyone ? byName(a, b) : byContent(a, b);
    }

    /** The first few users, by name, whose orders differ. */
    static Set<String> examples(Profile a, Profile b) {
        Set<String> names = new TreeSet<>();
        a.users.forEach((name, order) -> {
            UserOrder other = b.users.get(name);
            if (other != null && !order.sameAs(other)) names.add(name);
        });
        return new TreeSet<>(names.stream().limit(MOST_EXAMPLES).toList());
    }

    private static Order byName(Profile a, Profile b) {
        long same = 0;
        long differing = 0;
        for (Map.Entry<String, UserOrder> user : a.users.entrySet()) {
            UserOrder other = b.users.get(user.getKey());
            if (other == null) continue;
            if (user.getValue().sameAs(other)) same++;
            else differing++;
        }
        long both = same + differing;
        return new Order("name", same, differing, a.users.size() - both, b.users.size() - both, List.of());
    }

    private static Order byContent(Profile a, Profile b) {
        Map<Long, Long> left = new HashMap<>();
        for (UserOrder order : b.users.values()) left.merge(order.digest(), 1L, Long::sum);
        long same = 0;
        for (UserOrder order : a.users.values()) {
            if (left.getOrDefault(order.digest(), 0L) == 0) continue;
            left.merge(order.digest(), -1L, Long::sum);
            same++;
        }
        return new Order("content", same, 0, a.users.size() - same, b.users.size() - same, List.of());
    }
}

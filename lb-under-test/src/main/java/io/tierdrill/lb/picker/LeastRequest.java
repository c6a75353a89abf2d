package io.tierdrill.lb.picker;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The member with the fewest requests under way. Looks at all of them: sets here are dozens. The look begins one further
 * each time, so that equals share alike.
 */
record LeastRequest(List<Upstream> members, AtomicInteger turn) implements Picker {
    LeastRequest {
        members = List.copyOf(members);
    }

    @Override
    public Upstream pick(long key) {
        int count = members.size();
        int start = Integer.remainderUnsigned(turn.getAndIncrement(), count);
        Upstream least = members.get(start);
        for (int i = 1; i < count; i++) {
            Upstream next = members.get((start + i) % count);
            if (next.active() < least.active()) least = next;
        }
        return least;
    }
}

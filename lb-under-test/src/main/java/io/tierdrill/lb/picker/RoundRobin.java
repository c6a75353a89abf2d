package io.tierdrill.lb.picker;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Each in its turn: what smooth weighted round robin is where all weights are equal. */
record RoundRobin(List<Upstream> members, AtomicInteger turn) implements Picker {
    RoundRobin {
        members = List.copyOf(members);
    }

    @Override
    public Upstream pick(long key) {
        return members.get(Integer.remainderUnsigned(turn.getAndIncrement(), members.size()));
    }
}

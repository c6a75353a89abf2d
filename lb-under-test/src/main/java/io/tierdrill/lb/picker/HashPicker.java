package io.tierdrill.lb.picker;

import java.util.List;
import java.util.function.LongToIntFunction;

/** The same key, the same member, as long as the set stays. */
record HashPicker(List<Upstream> members, LongToIntFunction index) implements Picker {
    HashPicker {
        members = List.copyOf(members);
    }

    @Override
    public Upstream pick(long key) {
        return members.get(index.applyAsInt(key));
    }
}

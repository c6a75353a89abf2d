package io.tierdrill.lb.picker;

import java.util.List;

/**
 * Who gets the next one, among a fixed set. Immutable but for a cursor; lock-free; safe from any thread. A change of
 * the set is a new picker.
 */
public interface Picker {

    /** Whom it chooses from; never changes. */
    List<Upstream> members();

    /**
     * The chosen one. Call it only when there are members.
     *
     * @param key hash of the flow or request; pickers that do not hash ignore it
     */
    Upstream pick(long key);

    default boolean isEmpty() {
        return members().isEmpty();
    }
}

package io.tierdrill.load.order;

import io.tierdrill.model.config.ConfigNode;
import java.util.List;
import java.util.Locale;

/** Whether requests of one user wait for each other. */
public enum Order {
    /** A request waits for those of its user that had ended before it began when they were recorded. */
    USER,
    /** Every request goes out when it is due. */
    NONE;

    /** Takes {@code order} out of the node. */
    public static Order from(ConfigNode node) {
        return valueOf(node.word("order", USER.word(), List.of("user", "none")).toUpperCase(Locale.ROOT));
    }

    /** As written in scenarios. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

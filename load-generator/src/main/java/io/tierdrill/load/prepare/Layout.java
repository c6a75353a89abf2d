package io.tierdrill.load.prepare;

import io.tierdrill.model.config.ConfigNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Who shares connections.
 *
 * @param mode whose connections a request may use
 * @param size connections of a pool, 1 or more; others have no bound of their own
 */
public record Layout(Mode mode, int size) {
    /** Whose connections a request may use. */
    public enum Mode {
        /** Each client has its own, apart where the trace tells its connections apart. */
        CLIENT,
        /** Each user has its own; whoever has no user, as by client. */
        USER,
        /** Opened, used in order and closed as the trace tells. */
        RECORDED,
        /** All share so many; a request waits for a free one. */
        POOL;

        /** As written in scenarios. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Layout {
        if (size < 1) throw new IllegalArgumentException("size must be 1 or more, was " + size);
    }

    /** Takes {@code mode} and {@code size} out of the node; the rest is the caller's. */
    public static Layout from(ConfigNode node) {
        Layout otherwise = byClient();
        var words = Arrays.stream(Mode.values()).map(Mode::word).toList();
        String mode = node.word("mode", otherwise.mode.word(), words);
        return new Layout(
                Mode.valueOf(mode.toUpperCase(Locale.ROOT)), node.integer("size", otherwise.size, 1, 1_000_000));
    }

    /** As written in a scenario. */
    public void putInto(Map<String, Object> map) {
        map.put("mode", mode.word());
        map.put("size", size);
    }

    /** Each client has its own. */
    public static Layout byClient() {
        return new Layout(Mode.CLIENT, 64);
    }
}

package io.tierdrill.load.loop;

import io.tierdrill.model.config.ConfigNode;
import java.util.Map;
import java.util.Optional;

/**
 * The machinery of the injector.
 *
 * @param transport what moves the bytes
 * @param loops sending threads; empty to choose by the machine
 * @param aheadBytes memory for requests that are prepared and not yet sent, over all loops
 */
public record LoopConfig(Transport transport, Optional<Integer> loops, long aheadBytes) {
    public static final long LEAST_AHEAD = 1 << 20;
    private static final String AUTO = "auto";
    /** More than one sending thread is prepared for (lanes are numbers, chunks go to one reader each) and not built. */
    private static final int MOST_LOOPS = 1;

    private static final long AHEAD = 32 << 20;

    public LoopConfig {
        if (loops.isPresent() && (loops.get() < 1 || loops.get() > MOST_LOOPS))
            throw new IllegalArgumentException("loops must be 1 to " + MOST_LOOPS + ", was " + loops.get());
        if (aheadBytes < LEAST_AHEAD)
            throw new IllegalArgumentException("aheadBytes must be " + LEAST_AHEAD + " or more, was " + aheadBytes);
    }

    /** All chosen by the machine. */
    public static LoopConfig automatic() {
        return new LoopConfig(Transport.AUTO, Optional.empty(), AHEAD);
    }

    public LoopConfig with(Transport other) {
        return new LoopConfig(other, loops, aheadBytes);
    }

    /** Takes {@code transport}, {@code loops} and {@code ahead} out of the node; the rest is the caller's. */
    public static LoopConfig from(ConfigNode node) {
        Transport transport = Transport.of(node.word("transport", AUTO, Transport.words()));
        return new LoopConfig(transport, loops(node), ahead(node));
    }

    private static Optional<Integer> loops(ConfigNode node) {
        String text = node.text("loops", AUTO);
        if (text.equals(AUTO)) return Optional.empty();
        if (text.equals("1")) return Optional.of(1);
        node.problem("loops", "cannot use \"" + text + "\"", "Allowed: auto or 1. There is one sending thread so far.");
        return Optional.empty();
    }

    private static long ahead(ConfigNode node) {
        long bytes = node.bytes("ahead", AHEAD);
        if (bytes >= LEAST_AHEAD) return bytes;
        node.problem("ahead", "is too little", "Allowed: 1MiB or more.");
        return AHEAD;
    }

    /** As written in a scenario. */
    public void putInto(Map<String, Object> map) {
        map.put("transport", transport.word());
        map.put("loops", loops.isPresent() ? loops.get() : AUTO);
        map.put("ahead", Long.toString(aheadBytes));
    }
}

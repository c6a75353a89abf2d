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
    /** One thread prepares for all of them. */
    static final int MOST_LOOPS = 64;

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

    /** The same on so many threads. */
    public LoopConfig with(int threads) {
        return new LoopConfig(transport, Optional.of(threads), aheadBytes);
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
        if (text.matches("[1-9]\\d?") && Integer.parseInt(text) <= MOST_LOOPS)
            return Optional.of(Integer.parseInt(text));
        node.problem(
                "loops", "cannot use \"" + text + "\"", "Allowed: auto, or 1 to " + MOST_LOOPS + " sending threads.");
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

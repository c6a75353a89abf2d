package io.tierdrill.lb.l7;

import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code stack.l7.record}: whether the traffic of the L7 becomes a trace, and how much of it.
 *
 * @param folder where the traces are written, one for each instance; nothing is recorded without it
 * @param bodies the longest body of a request that is kept, in bytes; of a longer one only the size is
 */
public record RecordingConfig(Optional<Path> folder, int bodies) {
    private static final int USUAL = 64 << 10;
    private static final int MOST = 16 << 20;

    public RecordingConfig {
        if (bodies < 0 || bodies > MOST)
            throw new IllegalArgumentException("bodies must be 0 to " + MOST + ", was " + bodies);
    }

    public static RecordingConfig from(ConfigNode node) {
        var config = new RecordingConfig(node.optionalText("folder").map(f -> Beside.file(node, f)), readBodies(node));
        node.finish();
        return config;
    }

    private static int readBodies(ConfigNode node) {
        long bytes = node.bytes("bodies", USUAL);
        if (bytes <= MOST) return (int) bytes;
        node.problem("bodies", "cannot use " + bytes + " bytes", "Allowed: a size up to 16MiB.");
        return USUAL;
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        folder.ifPresent(f -> map.put("folder", f.toString()));
        map.put("bodies", bodies);
        return map;
    }
}

package io.tierdrill.lb.l7;

import io.tierdrill.model.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code stack.l7.http2}: what one connection may ask of us.
 *
 * @param streams requests under way at a time on one connection
 * @param resets requests of one connection that the client may cancel within 30 seconds; then it is closed, as a
 *     client that asks and cancels without end costs us the work and itself nothing (CVE-2023-44487)
 */
public record Http2Config(int streams, int resets) {
    public Http2Config {
        if (streams < 1) throw new IllegalArgumentException("streams must be 1 or more, was " + streams);
        if (resets < 1) throw new IllegalArgumentException("resets must be 1 or more, was " + resets);
    }

    public static Http2Config from(ConfigNode node) {
        var config =
                new Http2Config(node.integer("streams", 128, 1, 10_000), node.integer("resets", 200, 1, 1_000_000));
        node.finish();
        return config;
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("streams", streams);
        map.put("resets", resets);
        return map;
    }
}

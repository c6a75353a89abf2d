package io.tierdrill.lb.l4;

import io.tierdrill.lb.net.PositiveDuration;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code stack.l4}.
 *
 * @param connections size of the connection table; when it is full, new connections are refused and counted
 * @param connectTimeout for the connection to the L7
 * @param idleTimeout after which a connection on which nothing moves either way is closed
 */
public record L4Config(int instances, String policy, int connections, Duration connectTimeout, Duration idleTimeout) {
    public L4Config {
        if (instances < 0) throw new IllegalArgumentException("instances must be 0 or more, was " + instances);
        if (connections < 1) throw new IllegalArgumentException("connections must be 1 or more, was " + connections);
        PositiveDuration.check("connectTimeout", connectTimeout);
        PositiveDuration.check("idleTimeout", idleTimeout);
    }

    public static L4Config from(ConfigNode node) {
        var config = new L4Config(
                node.integer("instances", 2, 0, 64),
                node.word("policy", "maglev", List.of("maglev")),
                node.integer("connections", 10_000, 1, 10_000_000),
                PositiveDuration.read(node, "connectTimeout", Duration.ofSeconds(1)),
                PositiveDuration.read(node, "idleTimeout", Duration.ofMinutes(5)));
        node.finish();
        return config;
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instances", instances);
        map.put("policy", policy);
        map.put("connections", connections);
        map.put("connectTimeout", DurationText.format(connectTimeout));
        map.put("idleTimeout", DurationText.format(idleTimeout));
        return map;
    }
}

package io.tierdrill.lb.l3;

import io.tierdrill.model.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code stack.l3}.
 *
 * @param hash which fields of a flow choose its way
 * @param seed of the hash; where it is not written it comes from the scenario's seed
 */
public record L3Config(int instances, String hash, Optional<Long> seed) {
    public L3Config {
        if (instances < 0) throw new IllegalArgumentException("instances must be 0 or more, was " + instances);
    }

    public static L3Config from(ConfigNode node) {
        var config = new L3Config(
                node.integer("instances", 1, 0, 64), node.word("hash", "5-tuple", List.of("5-tuple")), seed(node));
        node.finish();
        return config;
    }

    private static Optional<Long> seed(ConfigNode node) {
        return node.has("seed") ? Optional.of(node.whole("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE)) : Optional.empty();
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instances", instances);
        map.put("hash", hash);
        seed.ifPresent(s -> map.put("seed", s));
        return map;
    }
}

package io.tierdrill.lb.dns;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code stack.dns}.
 *
 * @param name the one name it answers for; it is the whole zone
 * @param ttl how long an answer may be kept, whole seconds; zero means not at all
 * @param policy in which order addresses are given
 */
public record DnsConfig(int instances, String name, Duration ttl, String policy) {
    static final String LABELS = "(?i)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*";

    public DnsConfig {
        if (instances < 0) throw new IllegalArgumentException("instances must be 0 or more, was " + instances);
        if (!valid(name)) throw new IllegalArgumentException("name must be a host name, was '" + name + "'");
        if (ttl.isNegative() || ttl.toSeconds() > Integer.MAX_VALUE || ttl.toNanosPart() != 0)
            throw new IllegalArgumentException("ttl must be whole seconds, 0s or more, was " + ttl);
    }

    public static DnsConfig from(ConfigNode node) {
        var config = new DnsConfig(
                node.integer("instances", 1, 0, 64),
                name(node),
                ttl(node),
                node.word("policy", "round-robin", List.of("round-robin")));
        node.finish();
        return config;
    }

    private static String name(ConfigNode node) {
        String name = node.text("name", "peak.test");
        if (valid(name)) return name;
        node.problem("name", "cannot use \"" + name + "\"", "Allowed: a host name such as peak.test.");
        return "peak.test";
    }

    private static Duration ttl(ConfigNode node) {
        Duration ttl = node.duration("ttl", Duration.ofSeconds(30));
        if (ttl.toNanosPart() == 0 && ttl.toSeconds() <= Integer.MAX_VALUE) return ttl;
        node.problem("ttl", "cannot use " + DurationText.format(ttl), "Allowed: whole seconds, such as 30s.");
        return Duration.ofSeconds(30);
    }

    private static boolean valid(String name) {
        return name.length() <= 253 && name.matches(LABELS);
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instances", instances);
        map.put("name", name);
        map.put("ttl", DurationText.format(ttl));
        map.put("policy", policy);
        return map;
    }
}

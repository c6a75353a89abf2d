package io.tierdrill.lb.health;

import io.tierdrill.lb.net.PositiveDuration;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often to ask, how long to wait, and how many answers in a row change our mind.
 *
 * @param enabled whether anybody is asked at all; if not, everybody counts as well
 * @param path asked with GET where the check is HTTP; unused where it only connects
 * @param interval from one question to the next
 * @param timeout after which no answer is a bad answer
 * @param rise good answers in a row that bring an instance back
 * @param fall bad answers in a row that take it out
 */
public record HealthCheckConfig(boolean enabled, String path, Duration interval, Duration timeout, int rise, int fall) {
    public HealthCheckConfig {
        if (!path.startsWith("/")) throw new IllegalArgumentException("path must start with '/', was '" + path + "'");
        PositiveDuration.check("interval", interval);
        PositiveDuration.check("timeout", timeout);
        if (rise < 1) throw new IllegalArgumentException("rise must be 1 or more, was " + rise);
        if (fall < 1) throw new IllegalArgumentException("fall must be 1 or more, was " + fall);
    }

    /** Every second, two to rise, three to fall: HAProxy's counts at half its interval. */
    public static HealthCheckConfig usual() {
        return new HealthCheckConfig(true, "/healthz", Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 3);
    }

    public static HealthCheckConfig from(ConfigNode node) {
        HealthCheckConfig usual = usual();
        var config = new HealthCheckConfig(
                node.flag("enabled", usual.enabled),
                path(node, usual.path),
                PositiveDuration.read(node, "interval", usual.interval),
                PositiveDuration.read(node, "timeout", usual.timeout),
                node.integer("rise", usual.rise, 1, 1000),
                node.integer("fall", usual.fall, 1, 1000));
        node.finish();
        return config;
    }

    private static String path(ConfigNode node, String otherwise) {
        String path = node.text("path", otherwise);
        if (path.matches("/[\\x21-\\x7e]*")) return path;
        node.problem("path", "cannot use \"" + path + "\"", "Allowed: a path such as /healthz.");
        return otherwise;
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("enabled", enabled);
        map.put("path", path);
        map.put("interval", DurationText.format(interval));
        map.put("timeout", DurationText.format(timeout));
        map.put("rise", rise);
        map.put("fall", fall);
        return map;
    }
}

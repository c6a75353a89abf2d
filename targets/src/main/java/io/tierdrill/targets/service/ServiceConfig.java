package io.tierdrill.targets.service;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How each instance of the service tier behaves; {@code stack.service} of a scenario.
 *
 * @param instances processes, 1 to 64
 * @param cpuPerRequest processor time each request costs; one request computes at a time, as if on one core
 * @param delay time each request waits without costing anything, as if for a database
 * @param delayJitter how far the delay varies, as a ratio of it: 0.2 draws evenly from 80 % to 120 %
 * @param size body bytes of each answer
 * @param concurrency requests worked on at once
 * @param queue requests that may wait for that; one more is answered 503
 */
public record ServiceConfig(
        int instances,
        Duration cpuPerRequest,
        Duration delay,
        double delayJitter,
        long size,
        int concurrency,
        int queue) {
    static final int MOST_INSTANCES = 64;
    static final int MOST_REQUESTS = 1_000_000;
    static final long MOST_BYTES = 64L << 20;
    static final Duration MOST_TIME = Duration.ofMinutes(10);

    /** Costs nothing, waits for nothing, refuses hardly anything: a healthy tier. */
    public static final ServiceConfig DEFAULT = new ServiceConfig(6, Duration.ZERO, Duration.ZERO, 0, 1024, 256, 1024);

    public ServiceConfig {
        check("instances", instances, 1, MOST_INSTANCES);
        check("concurrency", concurrency, 1, MOST_REQUESTS);
        check("queue", queue, 0, MOST_REQUESTS);
        check("size", size, 0, MOST_BYTES);
        check("cpuPerRequest", cpuPerRequest.toNanos(), 0, MOST_TIME.toNanos());
        check("delay", delay.toNanos(), 0, MOST_TIME.toNanos());
        if (!(delayJitter >= 0 && delayJitter <= 1))
            throw new IllegalArgumentException("delayJitter must be from 0 to 1, was " + delayJitter);
    }

    /** Reads {@code stack.service}; what is wrong with it becomes a problem of the node and reads as the default. */
    public static ServiceConfig from(ConfigNode node) {
        var config = new ServiceConfig(
                node.integer("instances", DEFAULT.instances, 1, MOST_INSTANCES),
                time(node, "cpuPerRequest", DEFAULT.cpuPerRequest),
                time(node, "delay", DEFAULT.delay),
                node.number("delayJitter", DEFAULT.delayJitter, 0, 1),
                size(node),
                node.integer("concurrency", DEFAULT.concurrency, 1, MOST_REQUESTS),
                node.integer("queue", DEFAULT.queue, 0, MOST_REQUESTS));
        node.finish();
        return config;
    }

    /** What {@link #from} reads back to an equal record. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instances", instances);
        map.put("cpuPerRequest", DurationText.format(cpuPerRequest));
        map.put("delay", DurationText.format(delay));
        map.put("delayJitter", delayJitter);
        map.put("size", size);
        map.put("concurrency", concurrency);
        map.put("queue", queue);
        return map;
    }

    /** How long one request takes at most, with nothing else to do. */
    public Duration longest() {
        long delayNanos = Math.round(delay.toNanos() * (1 + delayJitter));
        return cpuPerRequest.plusNanos(delayNanos);
    }

    private static Duration time(ConfigNode node, String key, Duration otherwise) {
        Duration read = node.duration(key, otherwise);
        if (read.compareTo(MOST_TIME) <= 0) return read;
        node.problem(key, "is longer than " + DurationText.format(MOST_TIME), "Allowed: up to 10m.");
        return otherwise;
    }

    private static long size(ConfigNode node) {
        long read = node.bytes("size", DEFAULT.size);
        if (read <= MOST_BYTES) return read;
        node.problem("size", "is larger than 64MiB", "Allowed: up to 64MiB.");
        return DEFAULT.size;
    }

    private static void check(String field, long value, long least, long most) {
        if (value < least || value > most)
            throw new IllegalArgumentException(field + " must be from " + least + " to " + most + ", was " + value);
    }
}

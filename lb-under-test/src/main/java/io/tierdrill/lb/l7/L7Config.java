package io.tierdrill.lb.l7;

import io.tierdrill.lb.health.HealthCheckConfig;
import io.tierdrill.lb.net.PositiveDuration;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code stack.l7}.
 *
 * @param cpuPerRequest processor time each request costs on top of its own; zero for none
 * @param connectionsPerUpstream the most connections, and so requests under way, to one service instance
 * @param pending requests of this instance that may wait for such a connection; zero refuses instead of queueing
 * @param queueTimeout the longest such wait; then 503
 * @param responseTimeout from sending a request to the head of its response; then 504
 * @param idleTimeout after which a connection without a request is closed, on both sides
 * @param tls without it, clients are spoken to in the clear
 * @param serverTiming whether responses tell of the time spent here
 * @param transparent whether requests and responses pass without a word of ours; for a tap in front of somebody else's
 *     service
 */
public record L7Config(
        int instances,
        String policy,
        Duration cpuPerRequest,
        int connectionsPerUpstream,
        int pending,
        Duration queueTimeout,
        Duration responseTimeout,
        Duration idleTimeout,
        HealthCheckConfig healthCheck,
        Optional<TlsConfig> tls,
        Http2Config http2,
        boolean serverTiming,
        boolean transparent,
        RecordingConfig record) {
    public static final String ROUND_ROBIN = "round-robin";
    public static final String LEAST_REQUEST = "least-request";

    public L7Config {
        if (instances < 0) throw new IllegalArgumentException("instances must be 0 or more, was " + instances);
        if (cpuPerRequest.isNegative())
            throw new IllegalArgumentException("cpuPerRequest must be 0s or more, was " + cpuPerRequest);
        if (connectionsPerUpstream < 1)
            throw new IllegalArgumentException(
                    "connectionsPerUpstream must be 1 or more, was " + connectionsPerUpstream);
        if (pending < 0) throw new IllegalArgumentException("pending must be 0 or more, was " + pending);
        PositiveDuration.check("queueTimeout", queueTimeout);
        PositiveDuration.check("responseTimeout", responseTimeout);
        PositiveDuration.check("idleTimeout", idleTimeout);
    }

    public static L7Config from(ConfigNode node) {
        var config = new L7Config(
                node.integer("instances", 4, 0, 64),
                node.word("policy", ROUND_ROBIN, List.of(ROUND_ROBIN, LEAST_REQUEST)),
                node.duration("cpuPerRequest", Duration.ZERO),
                node.integer("connectionsPerUpstream", 100, 1, 100_000),
                node.integer("pending", 1024, 0, 1_000_000),
                PositiveDuration.read(node, "queueTimeout", Duration.ofSeconds(5)),
                PositiveDuration.read(node, "responseTimeout", Duration.ofSeconds(30)),
                PositiveDuration.read(node, "idleTimeout", Duration.ofMinutes(1)),
                HealthCheckConfig.from(node.object("healthCheck")),
                TlsConfig.from(node),
                Http2Config.from(node.object("http2")),
                node.flag("serverTiming", true),
                node.flag("transparent", false),
                RecordingConfig.from(node.object("record")));
        node.finish();
        return config;
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instances", instances);
        map.put("policy", policy);
        map.put("cpuPerRequest", DurationText.format(cpuPerRequest));
        map.put("connectionsPerUpstream", connectionsPerUpstream);
        map.put("pending", pending);
        map.put("queueTimeout", DurationText.format(queueTimeout));
        map.put("responseTimeout", DurationText.format(responseTimeout));
        map.put("idleTimeout", DurationText.format(idleTimeout));
        map.put("healthCheck", healthCheck.toMap());
        tls.ifPresent(t -> map.put("tls", t.toMap()));
        map.put("http2", http2.toMap());
        map.put("serverTiming", serverTiming);
        map.put("transparent", transparent);
        map.put("record", record.toMap());
        return map;
    }
}

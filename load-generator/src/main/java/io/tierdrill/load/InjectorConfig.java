package io.tierdrill.load;

import io.tierdrill.load.dns.ResolversConfig;
import io.tierdrill.load.http.Identity;
import io.tierdrill.load.loop.LoopConfig;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.record.ValidityLimits;
import io.tierdrill.load.wire.WireConfig;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How requests are sent.
 *
 * @param maxConnections open at once at most, idle ones included; a request that needs one more fails as the injector's
 *     own limit and makes the run invalid
 * @param idleTimeout a connection is closed after it carried nothing for so long; keep it below what the target allows,
 *     or requests meet connections that are just being closed
 * @param timeout from the send; a request unanswered by then has failed
 * @param pacing how it waits for the next due time
 * @param identity headers that tell the recorded client and user
 * @param layout who shares connections
 * @param machinery what moves the bytes, and on how many threads
 * @param wire in which order, from where, in which protocol
 * @param resolvers whom users ask for the target's name
 * @param limits what the injector must keep for its figures to count; not a setting
 */
public record InjectorConfig(
        int maxConnections,
        Duration idleTimeout,
        Duration timeout,
        Pacing pacing,
        Identity identity,
        Layout layout,
        LoopConfig machinery,
        WireConfig wire,
        ResolversConfig resolvers,
        ValidityLimits limits) {
    private static final InjectorConfig DEFAULTS = new InjectorConfig(
            8_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Pacing.HYBRID,
            Identity.none(),
            Layout.byClient(),
            LoopConfig.automatic(),
            WireConfig.defaults(),
            ResolversConfig.one(),
            ValidityLimits.defaults());

    public InjectorConfig {
        if (maxConnections < 1)
            throw new IllegalArgumentException("maxConnections must be 1 or more, was " + maxConnections);
        if (idleTimeout.isNegative() || idleTimeout.isZero())
            throw new IllegalArgumentException("idleTimeout must be above 0, was " + idleTimeout);
        if (timeout.isNegative() || timeout.isZero())
            throw new IllegalArgumentException("timeout must be above 0, was " + timeout);
    }

    /** With one resolver that does as it is told. */
    public InjectorConfig(
            int maxConnections,
            Duration idleTimeout,
            Duration timeout,
            Pacing pacing,
            Identity identity,
            Layout layout,
            LoopConfig machinery,
            WireConfig wire,
            ValidityLimits limits) {
        this(
                maxConnections,
                idleTimeout,
                timeout,
                pacing,
                identity,
                layout,
                machinery,
                wire,
                ResolversConfig.one(),
                limits);
    }

    public static InjectorConfig defaults() {
        return DEFAULTS;
    }

    /** The same for a run that is held against a promised p99 latency: see {@link ValidityLimits#forPromise}. */
    public InjectorConfig forPromise(Duration latency) {
        return new InjectorConfig(
                maxConnections,
                idleTimeout,
                timeout,
                pacing,
                identity,
                layout,
                machinery,
                wire,
                resolvers,
                limits.forPromise(latency));
    }

    /** The same on other connections. */
    public InjectorConfig with(Layout other) {
        return new InjectorConfig(
                maxConnections, idleTimeout, timeout, pacing, identity, other, machinery, wire, resolvers, limits);
    }

    /** The same by other means. */
    public InjectorConfig with(LoopConfig other) {
        return new InjectorConfig(
                maxConnections, idleTimeout, timeout, pacing, identity, layout, other, wire, resolvers, limits);
    }

    /** The same in other words. */
    public InjectorConfig with(WireConfig other) {
        return new InjectorConfig(
                maxConnections, idleTimeout, timeout, pacing, identity, layout, machinery, other, resolvers, limits);
    }

    /** The same with other resolvers. */
    public InjectorConfig with(ResolversConfig other) {
        return new InjectorConfig(
                maxConnections, idleTimeout, timeout, pacing, identity, layout, machinery, wire, other, limits);
    }

    /** Takes {@code connections}, {@code timeout} and the rest of its own out of the node, and leaves what is not. */
    static InjectorConfig from(ConfigNode node, Path folder) {
        ConfigNode connections = node.object("connections");
        var config = new InjectorConfig(
                connections.integer("max", DEFAULTS.maxConnections, 1, 1_000_000),
                positive(connections, "idleTimeout", DEFAULTS.idleTimeout),
                positive(node, "timeout", DEFAULTS.timeout),
                pacing(node),
                Identity.from(node.object("identity")),
                Layout.from(connections),
                LoopConfig.from(node),
                WireConfig.from(node, folder),
                ResolversConfig.from(node),
                ValidityLimits.defaults());
        if (config.layout.mode() == Layout.Mode.POOL && config.wire.tls().namesAsRecorded())
            connections.problem(
                    "mode",
                    "shares connections between hosts, and tls.sni asks for the recorded host of each",
                    "Take another mode than pool, or one name for all.");
        connections.finish();
        return config;
    }

    void putInto(Map<String, Object> map) {
        var connections = new LinkedHashMap<String, Object>();
        connections.put("max", maxConnections);
        connections.put("idleTimeout", DurationText.format(idleTimeout));
        layout.putInto(connections);
        map.put("connections", connections);
        map.put("timeout", DurationText.format(timeout));
        map.put("pacing", pacing.word());
        machinery.putInto(map);
        wire.putInto(map);
        resolvers.putInto(map);
        if (!identity.equals(Identity.none())) map.put("identity", identity.toMap());
    }

    private static Pacing pacing(ConfigNode node) {
        var words = Arrays.stream(Pacing.values()).map(Pacing::word).toList();
        return Pacing.valueOf(node.word("pacing", DEFAULTS.pacing.word(), words).toUpperCase(Locale.ROOT));
    }

    private static Duration positive(ConfigNode node, String key, Duration otherwise) {
        Duration found = node.duration(key, otherwise);
        if (!found.isZero()) return found;
        node.problem(key, "is zero", "Allowed: a duration above 0, such as " + DurationText.format(otherwise) + ".");
        return otherwise;
    }
}

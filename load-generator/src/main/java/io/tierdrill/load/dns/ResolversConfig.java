package io.tierdrill.load.dns;

import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.time.DurationText;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings under {@code load.resolvers}: whom the users ask for the target's name.
 *
 * @param server whom the resolvers ask, a host and a port; empty for the DNS tier of the bundled stack
 * @param weights of the users behind each resolver, one for each
 * @param clientSubnet whether the client's network (/24, /56) is told to the DNS tier (RFC 7871)
 * @param minTtl an answer is kept at least so long, as some resolvers do
 * @param maxTtl and at most so long
 * @param stale how long after its time an answer still serves where no new one can be had (RFC 8767); zero for never
 */
public record ResolversConfig(
        Optional<InetSocketAddress> server,
        List<Double> weights,
        boolean clientSubnet,
        Duration minTtl,
        Duration maxTtl,
        Duration stale) {
    private static final int MOST = 1_000;

    public ResolversConfig {
        weights = List.copyOf(weights);
        if (weights.isEmpty()) throw new IllegalArgumentException("weights must not be empty");
        if (weights.stream().anyMatch(w -> !(w > 0)))
            throw new IllegalArgumentException("weights must be above 0, were " + weights);
        if (minTtl.compareTo(maxTtl) > 0)
            throw new IllegalArgumentException("minTtl must be at most maxTtl, was " + minTtl);
    }

    /** One resolver that does as it is told: today's stub. */
    public static ResolversConfig one() {
        return new ResolversConfig(
                Optional.empty(), List.of(1.0), false, Duration.ZERO, Duration.ofDays(7), Duration.ZERO);
    }

    /** So many of falling weight: resolver {@code k} serves in proportion to {@code 1 / k^exponent}. */
    public static List<Double> zipf(int count, double exponent) {
        List<Double> weights = new ArrayList<>();
        for (int k = 1; k <= count; k++) weights.add(Math.pow(k, -exponent));
        return weights;
    }

    /** Takes {@code resolvers} out of the node; mistakes become problems and read as defaults. */
    public static ResolversConfig from(ConfigNode load) {
        if (!load.has("resolvers")) return one();
        ConfigNode node = load.object("resolvers");
        List<Double> weights = weights(node);
        Duration least = node.duration("minTtl", one().minTtl());
        Duration most = node.duration("maxTtl", one().maxTtl());
        if (least.compareTo(most) > 0) node.problem("minTtl", "is more than maxTtl", "Swap them.");
        var config = new ResolversConfig(
                server(node),
                weights,
                node.flag("ecs", false),
                least.compareTo(most) > 0 ? most : least,
                most,
                node.duration("stale", one().stale()));
        node.finish();
        return config;
    }

    private static Optional<InetSocketAddress> server(ConfigNode node) {
        Optional<String> text = node.optionalText("server");
        if (text.isEmpty()) return Optional.empty();
        int colon = text.get().lastIndexOf(':');
        String port = text.get().substring(colon + 1);
        if (colon > 0 && port.matches("\\d{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65_535) {
            var server = new InetSocketAddress(text.get().substring(0, colon), Integer.parseInt(port));
            if (!server.isUnresolved()) return Optional.of(server);
        }
        node.problem("server", "cannot use \"" + text.get() + "\"", "Allowed: ADDRESS:PORT, such as 127.0.0.1:5353.");
        return Optional.empty();
    }

    /** Either {@code count} and {@code zipf}, or a list of weights. */
    private static List<Double> weights(ConfigNode node) {
        boolean listed = node.has("weights");
        if (listed && (node.has("count") || node.has("zipf")))
            node.problem("weights", "stand beside a count or zipf", "Keep the list alone, or count and zipf.");
        int count = node.integer("count", 1, 1, MOST);
        double exponent = node.number("zipf", 1, 0, 10);
        List<Double> weights = new ArrayList<>();
        for (String text : node.texts("weights")) {
            if (text.matches("\\d{1,9}(\\.\\d{1,20})?([eE]-?\\d{1,3})?") && Double.parseDouble(text) > 0)
                weights.add(Double.parseDouble(text));
            else node.problem("weights", "cannot use \"" + text + "\"", "Allowed: numbers above 0.");
        }
        return weights.isEmpty() || weights.size() > MOST ? zipf(count, exponent) : weights;
    }

    /** Puts its settings where {@link #from} finds them; nothing for the one that does as it is told. */
    public void putInto(Map<String, Object> map) {
        if (equals(one())) return;
        var settings = new LinkedHashMap<String, Object>();
        server.ifPresent(s -> settings.put("server", s.getAddress().getHostAddress() + ":" + s.getPort()));
        settings.put("weights", weights);
        settings.put("ecs", clientSubnet);
        settings.put("minTtl", DurationText.format(minTtl));
        settings.put("maxTtl", DurationText.format(maxTtl));
        settings.put("stale", DurationText.format(stale));
        map.put("resolvers", settings);
    }
}

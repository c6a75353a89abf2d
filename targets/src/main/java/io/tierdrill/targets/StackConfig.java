package io.tierdrill.targets;

import io.tierdrill.lb.dns.DnsConfig;
import io.tierdrill.lb.l3.L3Config;
import io.tierdrill.lb.l4.L4Config;
import io.tierdrill.lb.l7.L7Config;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.targets.service.ServiceConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bundled stack; {@code stack} of a scenario, and nothing but the sum of its tiers. A tier with no instances is
 * left out; the service tier cannot be.
 *
 * @param restart whether a process that ends by itself is started again
 */
public record StackConfig(
        DnsConfig dns, L3Config l3, L4Config l4, L7Config l7, ServiceConfig service, boolean restart) {

    /** Reads {@code stack}; everything wrong with it, in any tier, becomes a problem of the node's document. */
    public static StackConfig from(ConfigNode node) {
        var config = new StackConfig(
                DnsConfig.from(node.object("dns")),
                L3Config.from(node.object("l3")),
                L4Config.from(node.object("l4")),
                L7Config.from(node.object("l7")),
                ServiceConfig.from(node.object("service")),
                node.flag("restart", false));
        node.finish();
        config.checkEntry(node);
        return config;
    }

    /** What {@link #from} reads back to an equal record. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (TierKind tier : TierKind.values()) map.put(tier.word(), settings(tier));
        map.put("restart", restart);
        return map;
    }

    public int instances(TierKind tier) {
        return switch (tier) {
            case DNS -> dns.instances();
            case L3 -> l3.instances();
            case L4 -> l4.instances();
            case L7 -> l7.instances();
            case SERVICE -> service.instances();
        };
    }

    /** Whether there is a tier in front of it that can leave an instance of it out. */
    public boolean canDrain(TierKind tier) {
        return tier.onPath() && instances(tier) > 0 && present().get(0) != tier;
    }

    /** The settings of a tier as its {@code from} reads them. */
    Map<String, Object> settings(TierKind tier) {
        return switch (tier) {
            case DNS -> dns.toMap();
            case L3 -> l3.toMap();
            case L4 -> l4.toMap();
            case L7 -> l7.toMap();
            case SERVICE -> service.toMap();
        };
    }

    /** The tiers that have instances, in the order a request meets them. */
    List<TierKind> present() {
        return Arrays.stream(TierKind.values())
                .filter(tier -> instances(tier) > 0)
                .toList();
    }

    /** The tier that requests enter by. */
    TierKind outermost() {
        return present().stream().filter(TierKind::onPath).findFirst().orElseThrow();
    }

    /** Every instance must be reachable: traffic that never comes would look like health. */
    private void checkEntry(ConfigNode node) {
        if (dns.instances() > 1)
            node.problem(
                    "dns.instances", "cannot use " + dns.instances() + ": one resolver is asked", "Allowed: 0 or 1.");
        String entry = outermost().word();
        int count = instances(outermost());
        if (count > 1 && dns.instances() == 0)
            node.problem(
                    entry + ".instances",
                    "nothing in front of these " + count + " shares requests among them",
                    "Set stack.dns.instances: 1, or stack." + entry + ".instances: 1.");
    }
}

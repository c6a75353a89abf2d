package io.tierdrill.targets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who sits where, decided before anything is started.
 *
 * @param seats outermost tier first
 */
record StackPlan(List<Seat> seats) {
    StackPlan {
        seats = List.copyOf(seats);
    }

    static StackPlan of(StackConfig config, Loopback loopback, Seeds seeds) throws IOException, BadInputException {
        List<Seat> seats = new ArrayList<>();
        for (TierKind tier : config.present()) {
            List<InetAddress> hosts = IntStream.rangeClosed(1, config.instances(tier))
                    .mapToObj(number -> loopback.of(tier, number))
                    .toList();
            int port = isAnsweredByDns(config, tier) ? sharedPort(config, tier, loopback, hosts) : 0;
            for (int i = 0; i < hosts.size(); i++) {
                var id = new InstanceId(tier.word(), i + 1);
                var listen = new InetSocketAddress(hosts.get(i), port);
                seats.add(new Seat(
                        id,
                        tier,
                        listen,
                        config.settings(tier),
                        seeds.child(id.toString()).root()));
            }
        }
        return new StackPlan(seats);
    }

    private static boolean isAnsweredByDns(StackConfig config, TierKind tier) {
        return config.instances(TierKind.DNS) > 0 && tier == config.outermost() && config.instances(tier) > 1;
    }

    private static int sharedPort(StackConfig config, TierKind tier, Loopback loopback, List<InetAddress> hosts)
            throws IOException, BadInputException {
        if (loopback.wide()) return Loopback.sharedPort(hosts);
        throw new BadInputException(new Problem(
                "this machine",
                "stack." + tier.word() + ".instances",
                config.instances(tier)
                        + " instances behind DNS need an address each, and only 127.0.0.1 can be used here",
                "Set stack." + tier.word() + ".instances: 1, or put one instance of another tier in front."));
    }
}

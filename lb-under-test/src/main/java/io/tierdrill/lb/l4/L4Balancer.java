package io.tierdrill.lb.l4;

import io.netty.channel.Channel;
import io.tierdrill.lb.hash.Flow;
import io.tierdrill.lb.health.HealthCheckConfig;
import io.tierdrill.lb.health.HealthChecker;
import io.tierdrill.lb.health.Probes;
import io.tierdrill.lb.net.DataPlane;
import io.tierdrill.lb.net.ProxySniffer;
import io.tierdrill.lb.net.Transport;
import io.tierdrill.lb.picker.Balancer;
import io.tierdrill.lb.picker.Picker;
import io.tierdrill.lb.picker.Policy;
import io.tierdrill.lb.picker.Upstream;
import io.tierdrill.lb.splice.FlowForwarder;
import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A layer 4 balancer as a TCP splice: chooses an L7 by Maglev over the client's address and port, and keeps the
 * connection there as long as it lives, whoever comes or goes. The client's flow is taken from a PROXY header (version 1
 * or 2) where the connection begins with one, else from the connection; it is handed on as PROXY v2.
 *
 * <p>The connection table is bounded: a connection that finds it full is reset and counted. As the flow is known only
 * with the first bytes, protocols in which the server speaks first need the header.
 */
public final class L4Balancer implements DataPlane {
    /** The same on every instance: two L4s with the same L7s must choose alike. */
    private static final long KEY_SEED = 4;

    private final Transport transport;
    private final L4Config config;
    private final FlowForwarder forwarder;
    private final Balancer balancer = new Balancer(Policy.maglev());
    private final HealthChecker checker;
    private final AtomicInteger table = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private InetSocketAddress address;

    private L4Balancer(Transport transport, L4Config config, TierTelemetry telemetry, Seeds seeds, NanoClock clock) {
        this.transport = transport;
        this.config = config;
        this.forwarder = new FlowForwarder(transport, telemetry, clock, config.connectTimeout(), config.idleTimeout());
        forwarder.tell(balancer);
        this.checker = new HealthChecker(
                transport.loop(),
                HealthCheckConfig.usual(),
                Probes.tcp(transport),
                balancer,
                clock,
                seeds.stream("l4-health"));
        telemetry.resource(
                "connection-table",
                ResourceKind.TABLE,
                config.connections(),
                "stack.l4.connections",
                table::get,
                () -> 0,
                refused::sum);
    }

    /** Listens; refuses connections until it is wired. */
    public static L4Balancer open(
            Transport transport,
            InetSocketAddress listen,
            L4Config config,
            TierTelemetry telemetry,
            Seeds seeds,
            NanoClock clock)
            throws IOException {
        L4Balancer balancer = new L4Balancer(transport, config, telemetry, seeds, clock);
        Channel listener = transport.listen(listen, balancer::accept);
        balancer.address = (InetSocketAddress) listener.localAddress();
        return balancer;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void wire(List<InetSocketAddress> downstream) {
        balancer.wire(downstream);
        checker.watch();
    }

    @Override
    public void close() {
        transport.close();
    }

    private void accept(Channel near) {
        forwarder.arrive(near);
        if (balancer.picker().isEmpty()) {
            forwarder.refuse(near);
        } else if (table.get() >= config.connections()) {
            refused.increment();
            forwarder.refuse(near);
        } else {
            table.incrementAndGet();
            near.closeFuture().addListener(closed -> table.decrementAndGet());
            near.pipeline().addLast(new ProxySniffer(), new FirstBytes(forwarder, this::choose));
        }
    }

    /** Nobody only where it was wired to nobody meanwhile. */
    private Optional<Upstream> choose(Flow flow) {
        Picker picker = balancer.picker();
        return picker.isEmpty() ? Optional.empty() : Optional.of(picker.pick(flow.sourceHash(KEY_SEED)));
    }
}

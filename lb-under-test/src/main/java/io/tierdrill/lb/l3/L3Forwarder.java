package io.tierdrill.lb.l3;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.tierdrill.lb.hash.Flow;
import io.tierdrill.lb.net.DataPlane;
import io.tierdrill.lb.net.Transport;
import io.tierdrill.lb.picker.Balancer;
import io.tierdrill.lb.picker.Picker;
import io.tierdrill.lb.picker.Policy;
import io.tierdrill.lb.splice.FlowForwarder;
import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * A router with equal-cost routes, emulated flow by flow on loopback: accepts on the VIP, hashes the 5-tuple and splices
 * to the L4 it falls to.
 *
 * <p>What a real router does and this does too: the choice depends on nothing but the flow, the seed and the set of next
 * hops; no flow is remembered; nobody's health is checked. What it cannot do: pass packets untouched. It opens a
 * connection of its own, so the L4 would take the router for the client; the original 5-tuple travels ahead in a PROXY
 * v2 header, which no router sends. Its processor time is the emulation's and is labelled so in every report.
 */
public final class L3Forwarder implements DataPlane {
    /** A router neither gives up a connection nor forgets one; these only bound what can be left behind. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private static final Duration IDLE = Duration.ofHours(1);

    private final Transport transport;
    private final FlowForwarder forwarder;
    private final Balancer nextHops = new Balancer(Policy.ecmp());
    private final long seed;
    private InetSocketAddress address;

    private L3Forwarder(Transport transport, L3Config config, TierTelemetry telemetry, Seeds seeds, NanoClock clock) {
        this.transport = transport;
        this.forwarder = new FlowForwarder(transport, telemetry, clock, CONNECT, IDLE);
        forwarder.tell(nextHops);
        this.seed = config.seed().orElseGet(() -> seeds.stream("l3-ecmp").nextLong());
    }

    /** Listens; refuses connections until it is wired. */
    public static L3Forwarder open(
            Transport transport,
            InetSocketAddress listen,
            L3Config config,
            TierTelemetry telemetry,
            Seeds seeds,
            NanoClock clock)
            throws IOException {
        L3Forwarder forwarder = new L3Forwarder(transport, config, telemetry, seeds, clock);
        Channel listener = transport.listen(listen, forwarder::accept);
        forwarder.address = (InetSocketAddress) listener.localAddress();
        return forwarder;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void wire(List<InetSocketAddress> downstream) {
        nextHops.wire(downstream);
    }

    @Override
    public void close() {
        transport.close();
    }

    private void accept(Channel near) {
        near.config().setAutoRead(false);
        forwarder.arrive(near);
        Picker picker = nextHops.picker();
        if (picker.isEmpty()) {
            forwarder.refuse(near);
            return;
        }
        Flow flow = new Flow((InetSocketAddress) near.remoteAddress(), (InetSocketAddress) near.localAddress());
        forwarder.forward(near, flow, picker.pick(flow.hash(seed)), Unpooled.EMPTY_BUFFER);
    }
}

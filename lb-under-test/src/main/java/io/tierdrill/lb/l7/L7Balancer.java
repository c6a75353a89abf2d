package io.tierdrill.lb.l7;

import io.netty.channel.Channel;
import io.tierdrill.lb.health.HealthChecker;
import io.tierdrill.lb.health.Probes;
import io.tierdrill.lb.net.DataPlane;
import io.tierdrill.lb.net.Transport;
import io.tierdrill.lb.picker.Balancer;
import io.tierdrill.lb.picker.Policy;
import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.TrafficSink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An HTTP/1.1 reverse proxy. Each connection of a client is a {@link FrontConnection}, each request on it an
 * {@link Exchange}, carried to a service by a {@link BackConnection} out of {@link UpstreamPools}. A PROXY header in
 * front of the first request tells the client's address.
 */
public final class L7Balancer implements DataPlane {
    /** A loop too busy to say goodbye is closed without. */
    private static final long GOODBYE_MILLIS = 500;

    private final Transport transport;
    private final Balancer balancer;
    private final HealthChecker checker;
    private final Proxy proxy;
    private InetSocketAddress address;

    private L7Balancer(
            Transport transport,
            L7Config config,
            TierTelemetry telemetry,
            String tier,
            Seeds seeds,
            NanoClock clock,
            TrafficSink sink) {
        this.transport = transport;
        this.balancer = new Balancer(policy(config, seeds.stream("l7-turn")));
        balancer.tell(telemetry);
        this.checker = new HealthChecker(
                transport.loop(),
                config.healthCheck(),
                Probes.http(transport, config.healthCheck().path()),
                balancer,
                clock,
                seeds.stream("l7-health"));
        this.proxy = new Proxy(transport, config, telemetry, tier, clock, balancer, sink);
    }

    /** Listens; answers 503 until it is wired. The sink is told of every request. */
    public static L7Balancer open(
            Transport transport,
            InetSocketAddress listen,
            L7Config config,
            TierTelemetry telemetry,
            String tier,
            Seeds seeds,
            NanoClock clock,
            TrafficSink sink)
            throws IOException {
        L7Balancer balancer = new L7Balancer(transport, config, telemetry, tier, seeds, clock, sink);
        Doorway door = new Doorway(balancer.proxy, config.tls(), Clock.systemUTC());
        Channel listener = transport.listen(listen, door::enter);
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
        transport.loop().execute(proxy.pools::rewired);
    }

    /** Clients that multiplex are told; what is under way is cut off all the same. */
    @Override
    public void close() {
        if (!transport.loop().isShuttingDown())
            transport
                    .loop()
                    .submit(() -> List.copyOf(proxy.multiplexed).forEach(FrontStreams::goAway))
                    .awaitUninterruptibly(GOODBYE_MILLIS);
        transport.close();
    }

    private static Policy policy(L7Config config, RandomGenerator random) {
        return config.policy().equals(L7Config.LEAST_REQUEST) ? Policy.leastRequest(random) : Policy.roundRobin(random);
    }
}

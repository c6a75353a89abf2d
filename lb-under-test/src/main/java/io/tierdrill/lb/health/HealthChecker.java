package io.tierdrill.lb.health;

import io.netty.channel.EventLoop;
import io.tierdrill.lb.picker.Balancer;
import io.tierdrill.lb.picker.Upstream;
import io.tierdrill.model.time.NanoClock;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Asks every wired upstream on its own beat and tells the balancer when one fell or rose. The first questions are spread
 * over one interval, so that many balancers started together do not ask in step. All but {@link #watch} runs on the
 * event loop; the loop's end ends it.
 */
public final class HealthChecker {
    private final EventLoop loop;
    private final HealthCheckConfig config;
    private final Probe probe;
    private final Balancer balancer;
    private final NanoClock clock;
    private final RandomGenerator random;
    private final Map<Upstream, HealthCheck> checks = new IdentityHashMap<>();

    public HealthChecker(
            EventLoop loop,
            HealthCheckConfig config,
            Probe probe,
            Balancer balancer,
            NanoClock clock,
            RandomGenerator random) {
        this.loop = loop;
        this.config = config;
        this.probe = probe;
        this.balancer = balancer;
        this.clock = clock;
        this.random = random;
    }

    /** Follows the balancer's set from now on. Safe from any thread; call it after each wiring. */
    public void watch() {
        if (config.enabled()) loop.execute(() -> follow(balancer.upstreams()));
    }

    private void follow(List<Upstream> upstreams) {
        checks.keySet().retainAll(upstreams);
        for (Upstream upstream : upstreams) {
            if (checks.containsKey(upstream)) continue;
            long first = clock.nanos() + random.nextLong(config.interval().toNanos());
            HealthCheck check = new HealthCheck(config, first);
            checks.put(upstream, check);
            plan(upstream, check);
        }
    }

    private void plan(Upstream upstream, HealthCheck check) {
        loop.schedule(() -> ask(upstream, check), check.delayNanos(clock.nanos()), TimeUnit.NANOSECONDS);
    }

    private void ask(Upstream upstream, HealthCheck check) {
        if (checks.get(upstream) != check) return;
        check.asked();
        probe.ask(upstream.address(), config.timeout(), good -> {
            if (checks.get(upstream) != check) return;
            if (check.answered(good)) balancer.mark(upstream, check.well());
            plan(upstream, check);
        });
    }
}

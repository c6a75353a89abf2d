package io.tierdrill.lb.l7;

import io.tierdrill.lb.net.CpuWork;
import io.tierdrill.lb.net.DeadlineQueue;
import io.tierdrill.lb.net.Transport;
import io.tierdrill.lb.picker.Balancer;
import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.TrafficSink;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What all connections of one L7 share: its clock, counters, waits, and the pools of upstream connections. */
final class Proxy {
    /** How long a refused client may still talk before the connection is closed under it (RFC 9112, 9.6). */
    private static final long LINGER_NANOS = 1_000_000_000L;

    final NanoClock clock;
    final TierTelemetry telemetry;
    final String tier;
    final CpuWork work;
    final DeadlineQueue queueing;
    final DeadlineQueue responding;
    final DeadlineQueue idling;
    final DeadlineQueue lingering;
    final Http2Config http2;
    final boolean transparent;
    final boolean serverTiming;
    final Set<FrontStreams> multiplexed = new HashSet<>();
    final LongAdder rejected;
    final LongAdder handshakeFailures;
    final LongAdder clientAborts;
    final LongAdder retries;
    final LongAdder upgrades;
    final LongAdder accepted;
    final LongAdder handshakes;
    final LongAdder fullHandshakes;
    final LongAdder pausedNanos = new LongAdder();
    final AtomicInteger tunnels = new AtomicInteger();
    final UpstreamPools pools;
    final Recordings recordings;

    Proxy(
            Transport transport,
            L7Config config,
            TierTelemetry telemetry,
            String tier,
            NanoClock clock,
            Balancer balancer,
            TrafficSink sink) {
        this.clock = clock;
        this.telemetry = telemetry;
        this.tier = tier;
        this.work = CpuWork.of(config.cpuPerRequest(), clock);
        this.queueing = queue(transport, config.queueTimeout().toNanos());
        this.responding = queue(transport, config.responseTimeout().toNanos());
        this.idling = queue(transport, config.idleTimeout().toNanos());
        this.lingering = queue(transport, LINGER_NANOS);
        this.http2 = config.http2();
        this.transparent = config.transparent();
        this.serverTiming = config.serverTiming();
        this.rejected = telemetry.counter("tierdrill_l7_rejected_total");
        this.handshakeFailures = telemetry.counter("tierdrill_l7_handshake_failures_total");
        this.clientAborts = telemetry.counter("tierdrill_l7_client_aborts_total");
        this.retries = telemetry.count(Signal.RETRIES);
        this.upgrades = telemetry.counter("tierdrill_l7_upgrades_total");
        telemetry.gauge("tierdrill_l7_tunnels", tunnels::get);
        telemetry.signal(Signal.SLOW_CLIENT_SECONDS, () -> pausedNanos.sum() / 1e9);
        this.accepted = telemetry.count(Signal.ACCEPTED);
        this.handshakes = telemetry.count(Signal.TLS_HANDSHAKES);
        this.fullHandshakes = telemetry.count(Signal.TLS_FULL_HANDSHAKES);
        this.recordings = new Recordings(sink, config.record().bodies(), clock);
        this.pools = new UpstreamPools(this, transport, config, balancer);
    }

    private DeadlineQueue queue(Transport transport, long nanos) {
        return new DeadlineQueue(transport.loop(), clock, nanos);
    }
}

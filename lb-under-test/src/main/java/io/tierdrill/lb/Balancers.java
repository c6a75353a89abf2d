package io.tierdrill.lb;

import io.tierdrill.lb.dns.DnsConfig;
import io.tierdrill.lb.dns.DnsServer;
import io.tierdrill.lb.l3.L3Config;
import io.tierdrill.lb.l3.L3Forwarder;
import io.tierdrill.lb.l4.L4Balancer;
import io.tierdrill.lb.l4.L4Config;
import io.tierdrill.lb.l7.L7Balancer;
import io.tierdrill.lb.l7.L7Config;
import io.tierdrill.lb.net.DataPlane;
import io.tierdrill.lb.net.LoopBeat;
import io.tierdrill.lb.net.Transport;
import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.TierKind;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.TrafficSink;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;

/** Starts reference balancers, each an instance with one event loop thread and one admin thread. Stateless. */
public final class Balancers {
    private Balancers() {}

    /**
     * Starts one instance; it refuses traffic until it is wired.
     *
     * @param listen where to take traffic; port 0 takes any free one
     * @param settings the mapping of its tier, {@code stack.l7} for an L7
     * @throws BadInputException when a setting is wrong or the address cannot be listened on; nothing was started
     */
    public static TierInstance start(
            TierKind kind, InstanceId id, InetSocketAddress listen, ConfigNode settings, Seeds seeds, NanoClock clock)
            throws IOException, BadInputException {
        return start(kind, id, listen, settings, seeds, clock, TrafficSink.NONE);
    }

    /**
     * The same with somebody who is told of every request an L7 carries. Other tiers know of no requests and tell
     * nothing.
     *
     * @param sink told on the event loop; its metrics stand on the instance's page; the instance does not close it
     */
    public static TierInstance start(
            TierKind kind,
            InstanceId id,
            InetSocketAddress listen,
            ConfigNode settings,
            Seeds seeds,
            NanoClock clock,
            TrafficSink sink)
            throws IOException, BadInputException {
        return start(kind, id, Listen.on(listen), settings, seeds, clock, sink);
    }

    /** The same with an admin port of the caller's choice. */
    public static TierInstance start(
            TierKind kind,
            InstanceId id,
            Listen listen,
            ConfigNode settings,
            Seeds seeds,
            NanoClock clock,
            TrafficSink sink)
            throws IOException, BadInputException {
        Opener opener = opener(kind, id, listen.traffic(), settings, seeds, clock, sink);
        settings.throwIfAnyProblem();
        TierTelemetry telemetry = telemetry(id, listen.admin());
        telemetry.beside(sink::metrics);
        Transport transport = Transport.open(id.tier() + "-" + id.number() + "-loop");
        telemetry.jvm();
        LoopBeat beat = LoopBeat.on(transport.loop(), clock);
        telemetry.signal(Signal.LOOP_LATE_SECONDS, beat::lateSeconds);
        try {
            return new RunningBalancer(opener.open(transport, telemetry), telemetry);
        } catch (IOException | RuntimeException failed) {
            transport.close();
            telemetry.close();
            if (failed instanceof BindException refused)
                throw new BadInputException(cannotListen(listen.traffic(), refused));
            throw failed;
        }
    }

    private static TierTelemetry telemetry(InstanceId id, InetSocketAddress listen)
            throws IOException, BadInputException {
        try {
            return TierTelemetry.start(id, listen);
        } catch (BindException refused) {
            throw new BadInputException(cannotListen(listen, refused));
        }
    }

    /** Reads the settings, all of them, before anything is opened. */
    private static Opener opener(
            TierKind kind,
            InstanceId id,
            InetSocketAddress listen,
            ConfigNode settings,
            Seeds seeds,
            NanoClock clock,
            TrafficSink sink) {
        switch (kind) {
            case DNS -> {
                DnsConfig config = DnsConfig.from(settings);
                return (io, telemetry) -> DnsServer.open(io, listen, config, telemetry, seeds, clock);
            }
            case L3 -> {
                L3Config config = L3Config.from(settings);
                return (io, telemetry) -> L3Forwarder.open(io, listen, config, telemetry, seeds, clock);
            }
            case L4 -> {
                L4Config config = L4Config.from(settings);
                return (io, telemetry) -> L4Balancer.open(io, listen, config, telemetry, seeds, clock);
            }
            case L7 -> {
                L7Config config = L7Config.from(settings);
                return (io, telemetry) -> L7Balancer.open(io, listen, config, telemetry, id.tier(), seeds, clock, sink);
            }
            default -> throw new IllegalArgumentException(kind.word() + " is not a balancer");
        }
    }

    private static Problem cannotListen(InetSocketAddress listen, BindException why) {
        return new Problem(
                listen.getHostString() + ":" + listen.getPort(),
                "",
                "cannot listen here: " + why.getMessage(),
                "Stop whoever uses it, or give another address or port 0 for any free one.");
    }

    /** Opens the data plane of a tier whose settings are read. */
    private interface Opener {
        DataPlane open(Transport transport, TierTelemetry telemetry) throws IOException;
    }

    /** A data plane and what it tells of itself. */
    private record RunningBalancer(DataPlane plane, TierTelemetry telemetry) implements TierInstance {
        @Override
        public InetSocketAddress traffic() {
            return plane.address();
        }

        @Override
        public InetSocketAddress admin() {
            return telemetry.admin();
        }

        @Override
        public void wire(List<InetSocketAddress> downstream) {
            plane.wire(List.copyOf(downstream));
        }

        @Override
        public void close() {
            plane.close();
            telemetry.close();
        }
    }
}

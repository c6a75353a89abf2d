package io.tierdrill.targets.service;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.tierdrill.lb.TierInstance;
import io.tierdrill.lb.net.LoopBeat;
import io.tierdrill.lb.net.ProxySniffer;
import io.tierdrill.lb.net.Transport;
import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * One instance of the service tier: HTTP/1.1 with keep-alive. It answers every path with 200 and a body of the
 * configured size, after the configured work; see {@link ServiceConfig}. Being the last tier it is ready at once and is
 * wired to nothing.
 *
 * <p>{@code /healthz} on the traffic port is answered by the event loop without a slot, and is not counted as traffic.
 * So a saturated service still passes its health check, on purpose: a check should find the dead, not the busy. Taking a
 * busy instance out moves its load to the others until none is left.
 *
 * <p>Safe to use from any thread.
 */
public final class ServiceServer implements TierInstance {
    private final Transport transport;
    private final Channel listener;
    private final Workplace workplace;
    private final TierTelemetry telemetry;

    private ServiceServer(Transport transport, Channel listener, Workplace workplace, TierTelemetry telemetry) {
        this.transport = transport;
        this.listener = listener;
        this.workplace = workplace;
        this.telemetry = telemetry;
    }

    /**
     * Starts an instance that takes traffic from the moment this returns.
     *
     * @param listen where to take traffic; port 0 takes any free one
     * @throws BadInputException when the address cannot be listened on; nothing was started
     */
    public static ServiceServer start(
            InstanceId id, InetSocketAddress listen, ServiceConfig config, Seeds seeds, NanoClock clock)
            throws IOException, BadInputException {
        TierTelemetry telemetry = TierTelemetry.start(id, listen.getAddress());
        String role = id.tier() + "-" + id.number();
        Transport transport = Transport.open(role + "-loop");
        var delay = new Delay(config, seeds.stream("service.delay"));
        var workplace = new Workplace(config, role, transport.loop(), delay, clock);
        declare(config, workplace, telemetry);
        telemetry.jvm();
        LoopBeat beat = LoopBeat.on(transport.loop(), clock);
        telemetry.signal(Signal.LOOP_LATE_SECONDS, beat::lateSeconds);
        var answers = new Answers(id.tier(), new Body(config.size()));
        try {
            // An L4 directly in front says who the client is before the first request; a service does not care.
            Channel listener = transport.listen(
                    listen,
                    channel -> channel.pipeline()
                            .addLast(
                                    new ProxySniffer(),
                                    new HttpServerCodec(),
                                    new ServiceConnection(workplace, answers, telemetry, clock)));
            return new ServiceServer(transport, listener, workplace, telemetry);
        } catch (BindException taken) {
            transport.close();
            workplace.close();
            telemetry.close();
            throw new BadInputException(cannotListen(listen, taken));
        }
    }

    @Override
    public InetSocketAddress traffic() {
        return (InetSocketAddress) listener.localAddress();
    }

    @Override
    public InetSocketAddress admin() {
        return telemetry.admin();
    }

    /** There is nothing below a service: only the empty list is taken. */
    @Override
    public void wire(List<InetSocketAddress> downstream) {
        if (!downstream.isEmpty())
            throw new IllegalArgumentException("a service is the last tier and cannot be wired to " + downstream);
    }

    @Override
    public void close() {
        transport.close();
        workplace.close();
        telemetry.close();
    }

    /** Where there is no queue, the slots themselves refuse. */
    private static void declare(ServiceConfig config, Workplace workplace, TierTelemetry telemetry) {
        Slots<?> slots = workplace.slots();
        boolean queues = config.queue() > 0;
        telemetry.resource(
                "concurrency",
                ResourceKind.CONCURRENCY,
                config.concurrency(),
                "stack.service.concurrency",
                slots::used,
                slots::queued,
                () -> queues ? 0 : slots.drops());
        if (!queues) return;
        telemetry.resource(
                "queue",
                ResourceKind.QUEUE,
                config.queue(),
                "stack.service.queue",
                slots::queued,
                () -> 0,
                slots::drops);
    }

    private static Problem cannotListen(InetSocketAddress listen, BindException why) {
        return new Problem(
                listen.getHostString() + ":" + listen.getPort(),
                "",
                "cannot listen here: " + why.getMessage(),
                "Stop whoever uses it, or give another address or port 0 for any free one.");
    }
}

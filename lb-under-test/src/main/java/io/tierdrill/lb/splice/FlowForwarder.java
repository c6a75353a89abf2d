package io.tierdrill.lb.splice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.tierdrill.lb.hash.Flow;
import io.tierdrill.lb.net.Deadline;
import io.tierdrill.lb.net.DeadlineQueue;
import io.tierdrill.lb.net.LocalPorts;
import io.tierdrill.lb.net.ProxyHeader;
import io.tierdrill.lb.net.Transport;
import io.tierdrill.lb.picker.Balancer;
import io.tierdrill.lb.picker.Upstream;
import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts connections and passes them on: connects, hands the client's flow over in a PROXY v2 header, splices. A
 * connection's residence is its life; the part from choosing to the end is time spent waiting for the tier below.
 * Belongs to the event loop.
 */
public final class FlowForwarder {
    private final Transport transport;
    private final TierTelemetry telemetry;
    private final NanoClock clock;
    private final Duration connectTimeout;
    private final DeadlineQueue idle;
    private final LocalPorts ports = new LocalPorts();
    private final LongAdder opened;

    public FlowForwarder(
            Transport transport,
            TierTelemetry telemetry,
            NanoClock clock,
            Duration connectTimeout,
            Duration idleTimeout) {
        this.transport = transport;
        this.telemetry = telemetry;
        this.clock = clock;
        this.connectTimeout = connectTimeout;
        this.idle = new DeadlineQueue(transport.loop(), clock, idleTimeout.toNanos());
        this.opened = telemetry.count(Signal.OPENED);
    }

    /** Tells how the instances below are used, and how many ports are left to connect to them from. */
    public void tell(Balancer below) {
        below.tell(telemetry);
        ports.declare(
                telemetry,
                () -> below.upstreams().stream()
                        .mapToInt(Upstream::active)
                        .max()
                        .orElse(0));
    }

    /** Counts a connection that was just accepted, until it closes. */
    public void arrive(Channel near) {
        near.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        telemetry.arrive();
        long arrived = clock.nanos();
        near.closeFuture().addListener(closed -> telemetry.complete(clock.nanos() - arrived));
    }

    /** Refuses it with a reset, as an error of this instance. */
    public void refuse(Channel near) {
        telemetry.error();
        Splice.reset(near);
    }

    /** Resets a connection that does not say where it comes from within the idle timeout. Cancel it when it does. */
    public Deadline patience(Channel near) {
        Deadline deadline = new Deadline(() -> refuse(near));
        idle.start(deadline);
        near.closeFuture().addListener(closed -> deadline.cancel());
        return deadline;
    }

    /**
     * Passes it on; it must not be reading. Where the other end cannot be reached it is refused.
     *
     * @param early what the client already said; ownership is taken
     */
    public void forward(Channel near, Flow flow, Upstream to, ByteBuf early) {
        long chosen = clock.nanos();
        to.begin();
        near.closeFuture().addListener(closed -> {
            to.end();
            telemetry.downstream(clock.nanos() - chosen);
        });
        Held nearHeld = Held.on(near, early);
        Held farHeld = new Held(Unpooled.EMPTY_BUFFER);
        ChannelFuture connecting = transport.connect(to.address(), connectTimeout, farHeld);
        connecting.addListener(done -> {
            if (done.isSuccess()) opened.increment();
            else failed(to, done.cause());
            Channel far = connecting.channel();
            if (done.isSuccess() && near.isActive()) {
                far.write(ProxyHeader.v2(flow), far.voidPromise());
                nearHeld.passOn(far);
                farHeld.passOn(near);
                Splice.join(near, far, idle);
            } else {
                if (!done.isSuccess()) refuse(near);
                far.close();
            }
        });
    }

    private void failed(Upstream to, Throwable cause) {
        to.failed();
        ports.note(cause);
    }
}

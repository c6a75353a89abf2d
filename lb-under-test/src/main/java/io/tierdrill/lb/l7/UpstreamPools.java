package io.tierdrill.lb.l7;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tierdrill.lb.net.LocalPorts;
import io.tierdrill.lb.net.Transport;
import io.tierdrill.lb.picker.Balancer;
import io.tierdrill.lb.picker.Picker;
import io.tierdrill.lb.picker.Upstream;
import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Connections to the services, at most so many for each, and the one queue of requests that found all of them taken.
 * Whichever connection is free first serves the head of the queue, so nobody waits behind a slow service while another
 * is free. Belongs to the event loop; its gauges may be read from anywhere.
 */
final class UpstreamPools {
    private static final Duration CONNECT = Duration.ofSeconds(1);

    private final Proxy proxy;
    private final Transport transport;
    private final Balancer balancer;
    private final int mostPerUpstream;
    private final int mostWaiting;
    private final Map<Upstream, Pool> pools = new IdentityHashMap<>();
    private final Deque<Exchange> queue = new ArrayDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final LongAdder drops = new LongAdder();
    private final LocalPorts ports = new LocalPorts();
    private final LongAdder opened;

    UpstreamPools(Proxy proxy, Transport transport, L7Config config, Balancer balancer) {
        this.proxy = proxy;
        this.transport = transport;
        this.balancer = balancer;
        this.mostPerUpstream = config.connectionsPerUpstream();
        this.mostWaiting = config.pending();
        this.opened = proxy.telemetry.count(Signal.OPENED);
        declare(proxy.telemetry);
    }

    private void declare(TierTelemetry telemetry) {
        telemetry.resource(
                "upstream-pool",
                ResourceKind.POOL,
                () -> (double) mostPerUpstream
                        * Math.max(1, balancer.picker().members().size()),
                "stack.l7.connectionsPerUpstream",
                busy::get,
                waiting::get,
                drops::sum);
        ports.declare(telemetry, this::mostActive);
        if (mostWaiting == 0) return;
        telemetry.resource(
                "pending", ResourceKind.QUEUE, mostWaiting, "stack.l7.pending", waiting::get, () -> 0, drops::sum);
    }

    private double mostActive() {
        return balancer.upstreams().stream().mapToInt(Upstream::active).max().orElse(0);
    }

    /** Finds it a connection now, or lets it wait, or refuses it. */
    void acquire(Exchange exchange) {
        Picker picker = balancer.picker();
        if (picker.isEmpty()) {
            exchange.refuse(HttpResponseStatus.SERVICE_UNAVAILABLE, "not wired to any service", false);
            return;
        }
        Optional<Pool> free = free(picker, exchange.failedOn());
        if (free.isPresent()) {
            free.get().serve(exchange, false);
        } else if (exchange.failedOn().isPresent() && picker.members().size() == 1) {
            exchange.unreachable(exchange.failedOn().get());
        } else if (queue.size() < mostWaiting) {
            queue.add(exchange);
            waiting.set(queue.size());
            exchange.waiting();
        } else {
            drops.increment();
            exchange.refuse(HttpResponseStatus.SERVICE_UNAVAILABLE, "no connection free and the queue is full", false);
        }
    }

    /** Over a connection that nobody has used: the one before went stale. */
    void acquireFresh(Exchange exchange, Upstream upstream) {
        Pool pool = pool(upstream);
        if (pool.hasRoom()) pool.serve(exchange, true);
        else acquire(exchange);
    }

    /** It waited too long: as good as refused. */
    void tooLong(Exchange exchange) {
        drops.increment();
        leaveQueue(exchange);
    }

    void leaveQueue(Exchange exchange) {
        queue.remove(exchange);
        waiting.set(queue.size());
    }

    /** Forgets the pools of those that are no longer wired; what they carry is finished. */
    void rewired() {
        List<Upstream> wired = balancer.upstreams();
        for (Upstream upstream : List.copyOf(pools.keySet())) {
            if (!wired.contains(upstream)) pools.remove(upstream).retire();
        }
        serveQueue();
    }

    /** The picker's choice, or where that one is full any other that is not. */
    private Optional<Pool> free(Picker picker, Optional<Upstream> not) {
        Upstream chosen = picker.pick(0);
        if (not.isEmpty() || not.get() != chosen) {
            Pool pool = pool(chosen);
            if (pool.hasRoom()) return Optional.of(pool);
        }
        for (Upstream other : picker.members()) {
            if (other != chosen
                    && (not.isEmpty() || not.get() != other)
                    && pool(other).hasRoom()) return Optional.of(pool(other));
        }
        return Optional.empty();
    }

    private Pool pool(Upstream upstream) {
        return pools.computeIfAbsent(upstream, Pool::new);
    }

    private void serveQueue() {
        while (!queue.isEmpty()) {
            Picker picker = balancer.picker();
            if (picker.isEmpty()) return;
            Optional<Pool> free = free(picker, queue.peek().failedOn());
            if (free.isEmpty()) return;
            Exchange next = queue.poll();
            waiting.set(queue.size());
            free.get().serve(next, false);
        }
    }

    /** The connections to one service. */
    final class Pool {
        private final Upstream upstream;
        private final Deque<BackConnection> idle = new ArrayDeque<>();
        private int open;
        private boolean retired;

        private Pool(Upstream upstream) {
            this.upstream = upstream;
        }

        Upstream upstream() {
            return upstream;
        }

        boolean hasRoom() {
            return !idle.isEmpty() || open < mostPerUpstream;
        }

        /** Over the connection that was used last, so that those not needed grow old and close; or over a new one. */
        void serve(Exchange exchange, boolean fresh) {
            exchange.chosen();
            upstream.begin();
            busy.incrementAndGet();
            if (fresh && open >= mostPerUpstream) idle.peekFirst().drop();
            BackConnection reused = fresh ? null : idle.pollLast();
            if (reused != null) reused.carry(exchange);
            else connect(exchange);
        }

        private void connect(Exchange exchange) {
            open++;
            BackConnection connection = new BackConnection(proxy, this);
            ChannelFuture connecting = transport.connect(upstream.address(), CONNECT, pipeline(connection));
            connecting.addListener(done -> {
                if (!done.isSuccess()) {
                    open--;
                    upstream.failed();
                    ports.note(done.cause());
                    freed();
                    exchange.unreachable(upstream);
                    serveQueue();
                    return;
                }
                opened.increment();
                if (exchange.ended()) release(connection);
                else connection.carry(exchange);
            });
        }

        /** The exchange is over and the connection good for another. */
        void release(BackConnection connection) {
            freed();
            idle.add(connection);
            if (retired) connection.drop();
            else connection.rest();
            serveQueue();
        }

        /** The connection is gone: it was idle, or what it carried is over too. */
        void lost(BackConnection connection) {
            open--;
            if (!idle.remove(connection)) freed();
            serveQueue();
        }

        private void freed() {
            upstream.end();
            busy.decrementAndGet();
        }

        private void retire() {
            retired = true;
            List.copyOf(idle).forEach(BackConnection::drop);
        }
    }

    private static ChannelHandler pipeline(BackConnection connection) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                HttpDecoderConfig config = new HttpDecoderConfig()
                        .setMaxInitialLineLength(HeadGuard.MOST_HEAD)
                        .setMaxHeaderSize(2 * HeadGuard.MOST_HEAD)
                        .setMaxChunkSize(16 * 1024);
                channel.pipeline().addLast(new HttpClientCodec(config, false, false), connection);
            }
        };
    }
}

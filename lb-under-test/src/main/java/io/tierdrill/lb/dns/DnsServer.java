package io.tierdrill.lb.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.tierdrill.lb.net.DataPlane;
import io.tierdrill.lb.net.Deadline;
import io.tierdrill.lb.net.DeadlineQueue;
import io.tierdrill.lb.net.Transport;
import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.seed.Seeds;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * An authoritative DNS server for the name of the stack, over UDP and TCP on one port. Before it is wired it answers
 * SERVFAIL.
 */
public final class DnsServer implements DataPlane {
    private static final int TCP_MOST = 65_535;
    private static final long TCP_IDLE_NANOS = 10_000_000_000L;
    private static final int PORT_TRIES = 20;

    private final Transport transport;
    private final TierTelemetry telemetry;
    private final NanoClock clock;
    private final Zone zone;
    private final Responder responder;
    private final DeadlineQueue idle;
    private final LongAdder truncated;
    private final LongAdder overTcp;
    private InetSocketAddress address;

    private DnsServer(Transport transport, DnsConfig config, TierTelemetry telemetry, Seeds seeds, NanoClock clock) {
        this.transport = transport;
        this.telemetry = telemetry;
        this.clock = clock;
        this.zone = new Zone(config, seeds.stream("dns-turn").nextInt());
        this.responder = new Responder(zone);
        this.idle = new DeadlineQueue(transport.loop(), clock, TCP_IDLE_NANOS);
        this.truncated = telemetry.count(Signal.DNS_TRUNCATED);
        this.overTcp = telemetry.count(Signal.DNS_TCP_QUERIES);
    }

    /** Listens; answers SERVFAIL until it is wired. */
    public static DnsServer open(
            Transport transport,
            InetSocketAddress listen,
            DnsConfig config,
            TierTelemetry telemetry,
            Seeds seeds,
            NanoClock clock)
            throws IOException {
        DnsServer server = new DnsServer(transport, config, telemetry, seeds, clock);
        server.address = server.bind(listen);
        return server;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void wire(List<InetSocketAddress> downstream) {
        List<InetAddress> addresses =
                downstream.stream().map(InetSocketAddress::getAddress).toList();
        for (InetAddress a : addresses)
            telemetry.signal(Signal.DNS_ANSWERS, a.getHostAddress(), () -> zone.begunWith(a));
        zone.addresses(addresses);
    }

    @Override
    public void close() {
        transport.close();
    }

    /** A free TCP port may be taken for UDP; where any port will do, another is tried. */
    private InetSocketAddress bind(InetSocketAddress listen) throws BindException {
        for (int tries = 1; ; tries++) {
            Channel tcp = transport.listen(listen, this::accept);
            InetSocketAddress both = (InetSocketAddress) tcp.localAddress();
            try {
                transport.bindUdp(both, new Udp());
                return both;
            } catch (BindException taken) {
                tcp.close().awaitUninterruptibly();
                if (listen.getPort() != 0 || tries == PORT_TRIES) throw taken;
            }
        }
    }

    private void accept(Channel channel) {
        channel.pipeline()
                .addLast(
                        new LengthFieldBasedFrameDecoder(TCP_MOST, 0, 2, 0, 2), new LengthFieldPrepender(2), new Tcp());
    }

    private Optional<ByteBuf> respond(ByteBuf query, int most) {
        long arrived = clock.nanos();
        Optional<Responder.Response> response = responder.respond(ByteBufUtil.getBytes(query), most);
        if (response.isEmpty()) return Optional.empty();
        telemetry.arrive();
        if (response.get().failed()) telemetry.error();
        if (response.get().truncated()) truncated.increment();
        telemetry.complete(clock.nanos() - arrived);
        return Optional.of(Unpooled.wrappedBuffer(response.get().wire()));
    }

    /** One packet, one answer; errors of the socket (a client that is gone) concern no other packet. */
    private final class Udp extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            respond(packet.content(), Responder.UDP_PAYLOAD)
                    .ifPresent(answer -> ctx.write(new DatagramPacket(answer, packet.sender()), ctx.voidPromise()));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.flush();
        }
    }

    /** Any number of queries on one connection, answered in order (RFC 7766). */
    private final class Tcp extends SimpleChannelInboundHandler<ByteBuf> {
        private Deadline quiet;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            quiet = new Deadline(ctx::close);
            idle.start(quiet);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf query) {
            idle.start(quiet);
            overTcp.increment();
            Optional<ByteBuf> answer = respond(query, TCP_MOST);
            if (answer.isPresent()) ctx.writeAndFlush(answer.get());
            else ctx.close();
        }

        /** Who does not read the answers is not asked for more questions. */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            quiet.cancel();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}

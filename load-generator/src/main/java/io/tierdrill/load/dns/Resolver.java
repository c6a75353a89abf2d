package io.tierdrill.load.dns;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A stub resolver for one name and one server (RFC 1035): asks for IPv4 addresses over UDP, again over TCP where the
 * answer was cut, keeps the answer for its time to live and not a nanosecond longer. One question is out at a time;
 * whoever needs an address meanwhile waits for its answer. A failure is told to all who wait and not kept.
 *
 * <p>Belongs to the thread of its loop.
 */
public final class Resolver implements Addresses {
    private static final long SECOND = 1_000_000_000;
    private static final int ATTEMPTS = 3;

    private final IoLoop loop;
    private final InetSocketAddress server;
    private final NanoClock clock;
    private final Record question;
    private final DatagramChannel udp;
    private final List<Waiter> waiters = new ArrayList<>();
    private int id;
    private int attempt;
    private boolean asking;
    private long deadline;
    private Optional<TcpQuestion> tcp = Optional.empty();
    private Optional<Rotation> known = Optional.empty();
    private long knownUntil;

    /**
     * @param name absolute, with or without the last dot
     * @throws TextParseException where the name is not one
     */
    public Resolver(IoLoop loop, InetSocketAddress server, String name, NanoClock clock) throws TextParseException {
        this.loop = loop;
        this.server = server;
        this.clock = clock;
        this.question = Record.newRecord(Name.fromString(name, Name.root), Type.A, DClass.IN);
        this.id = (int) (clock.nanos() >>> 10) & 0xffff;
        this.udp = loop.datagram();
        udp.pipeline().addLast(new Datagrams());
        loop.register(udp);
        udp.connect(server);
    }

    @Override
    public Optional<InetAddress> next() {
        if (known.isEmpty() || clock.nanos() - knownUntil >= 0) return Optional.empty();
        return Optional.of(known.get().next());
    }

    @Override
    public void ask(Waiter waiter) {
        Optional<InetAddress> cached = next();
        if (cached.isPresent()) {
            waiter.resolved(cached.get());
            return;
        }
        waiters.add(waiter);
        if (asking) return;
        asking = true;
        attempt = 0;
        send(clock.nanos());
    }

    @Override
    public void expire(long nowNanos) {
        if (!asking || nowNanos - deadline < 0) return;
        if (attempt < ATTEMPTS) send(nowNanos);
        else fail("no answer from " + text(server) + " to " + ATTEMPTS + " questions");
    }

    @Override
    public long nextDeadlineNanos() {
        return asking ? deadline : Long.MAX_VALUE;
    }

    @Override
    public void close() {
        dropTcp();
        udp.close();
    }

    private void send(long nowNanos) {
        attempt++;
        deadline = nowNanos + SECOND;
        id = (id + 1) & 0xffff;
        dropTcp();
        udp.writeAndFlush(Unpooled.wrappedBuffer(wire()));
    }

    private byte[] wire() {
        Message message = Message.newQuery(question);
        message.getHeader().setID(id);
        return message.toWire();
    }

    private void received(byte[] wire, boolean overTcp) {
        try {
            Answer answer = Answer.parse(wire);
            if (!asking || answer.id() != id) return;
            if (answer.truncated() && !overTcp)
                tcp = Optional.of(new TcpQuestion(loop, server, wire(), this::receivedOverTcp));
            else settle(answer);
        } catch (IOException notDns) {
            // Somebody else's bytes, or a broken server: the deadline decides.
        }
    }

    private void receivedOverTcp(byte[] wire) {
        received(wire, true);
    }

    private void settle(Answer answer) {
        if (answer.addresses().isEmpty()) {
            fail(answer.code() + " and no address from " + text(server));
            return;
        }
        Rotation rotation = new Rotation(answer.addresses());
        known = Optional.of(rotation);
        knownUntil = clock.nanos() + answer.ttlSeconds() * SECOND;
        for (Waiter waiter : done()) waiter.resolved(rotation.next());
    }

    private void fail(String why) {
        for (Waiter waiter : done()) waiter.unresolved(why);
    }

    /** The question is over; a waiter that is told may ask the next one. */
    private List<Waiter> done() {
        asking = false;
        dropTcp();
        List<Waiter> told = List.copyOf(waiters);
        waiters.clear();
        return told;
    }

    private void dropTcp() {
        tcp.ifPresent(TcpQuestion::close);
        tcp = Optional.empty();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            byte[] wire = new byte[packet.content().readableBytes()];
            packet.content().readBytes(wire);
            received(wire, false);
        }

        /** Nobody listens there, for now: the deadline decides. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
    }
}

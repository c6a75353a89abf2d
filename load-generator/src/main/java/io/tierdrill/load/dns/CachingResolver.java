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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * One resolver as many users share it: asks the DNS tier for one name, keeps each answer for its time to live (within
 * bounds of its own) and for the networks it is good for, and turns round the addresses of an answer. Users who need the
 * same answer wait for one question.
 *
 * <p>Belongs to the thread of its loop.
 */
final class CachingResolver {
    private static final long SECOND = 1_000_000_000;
    /** RFC 8767, 5: how long a stale answer serves before the tier is asked again. */
    private static final long STALE_RECHECK = 30 * SECOND;

    private final IoLoop loop;
    private final InetSocketAddress server;
    private final ResolversConfig config;
    private final NanoClock clock;
    private final Record question;
    private final DatagramChannel udp;
    /** Answers by the network they are good for; the whole world where a client's network is not told. */
    private final Map<Optional<Subnet>, Known> cache = new HashMap<>();
    /** Prefixes that answers were good for, longest first. */
    private final TreeSet<Integer> prefixes = new TreeSet<>(Comparator.reverseOrder());

    private final Map<Optional<Subnet>, Pending> pending = new HashMap<>();
    private int lastId;
    private long asked;
    private long answered;
    private long hits;
    private long misses;
    private long stale;
    private long failed;

    private record Known(Rotation addresses, long until, long uselessFrom) {}

    private static final class Pending {
        final Optional<Subnet> subnet;
        final List<Addresses.Waiter> waiters = new ArrayList<>();
        final Attempts attempts = new Attempts();
        Optional<TcpQuestion> tcp = Optional.empty();

        Pending(Optional<Subnet> subnet) {
            this.subnet = subnet;
        }

        void dropTcp() {
            tcp.ifPresent(TcpQuestion::close);
            tcp = Optional.empty();
        }
    }

    CachingResolver(
            IoLoop loop, InetSocketAddress server, String name, int firstId, ResolversConfig config, NanoClock clock)
            throws TextParseException {
        this.loop = loop;
        this.server = server;
        this.config = config;
        this.clock = clock;
        this.lastId = firstId;
        this.question = Record.newRecord(Name.fromString(name, Name.root), Type.A, DClass.IN);
        this.udp = loop.datagram();
        udp.pipeline().addLast(new Datagrams());
        loop.register(udp);
        udp.connect(server);
    }

    Optional<InetAddress> next(Optional<Subnet> client) {
        Optional<Known> known = known(client);
        if (known.isEmpty() || clock.nanos() - known.get().until() >= 0) return Optional.empty();
        hits++;
        return Optional.of(known.get().addresses().next());
    }

    void ask(Optional<Subnet> client, Addresses.Waiter waiter) {
        Optional<InetAddress> cached = next(client);
        if (cached.isPresent()) {
            waiter.resolved(cached.get());
            return;
        }
        misses++;
        Pending waiting = pending.get(client);
        boolean first = waiting == null;
        if (first) pending.put(client, waiting = new Pending(client));
        waiting.waiters.add(waiter);
        if (first) send(waiting, clock.nanos());
    }

    void expire(long nowNanos) {
        if (pending.isEmpty()) return;
        for (Pending waiting : List.copyOf(pending.values())) {
            if (!waiting.attempts.overdue(nowNanos)) continue;
            if (waiting.attempts.left()) send(waiting, nowNanos);
            else fail(waiting, "no answer from " + text() + " to " + Attempts.MOST + " questions");
        }
    }

    long nextDeadlineNanos() {
        long next = Long.MAX_VALUE;
        for (Pending waiting : pending.values()) next = Math.min(next, waiting.attempts.deadline());
        return next;
    }

    /** Whether a question is out. */
    boolean asks() {
        return !pending.isEmpty();
    }

    ResolverCounts counts() {
        return new ResolverCounts(asked, answered, hits, misses, stale, failed);
    }

    void close() {
        pending.values().forEach(Pending::dropTcp);
        udp.close();
    }

    /** What was kept for this client's network, whether its time is over or not. */
    private Optional<Known> known(Optional<Subnet> client) {
        if (client.isPresent())
            for (int prefix : prefixes) {
                Known of = cache.get(client.map(c -> c.within(prefix)));
                if (of != null) return Optional.of(of);
            }
        return Optional.ofNullable(cache.get(Optional.<Subnet>empty()));
    }

    private void send(Pending waiting, long nowNanos) {
        lastId = (lastId + 1) & 0xffff;
        waiting.attempts.begin(lastId, nowNanos);
        waiting.dropTcp();
        asked++;
        udp.writeAndFlush(Unpooled.wrappedBuffer(Query.wire(question, lastId, waiting.subnet)));
    }

    private void received(byte[] wire, boolean overTcp) {
        try {
            Answer answer = Answer.parse(wire);
            for (Pending waiting : pending.values())
                if (waiting.attempts.id() == answer.id()) {
                    received(waiting, answer, overTcp);
                    return;
                }
        } catch (IOException notDns) {
            // Somebody else's bytes, or a broken server: the deadline decides.
        }
    }

    private void received(Pending waiting, Answer answer, boolean overTcp) {
        if (answer.truncated() && !overTcp) {
            byte[] wire = Query.wire(question, answer.id(), waiting.subnet);
            waiting.tcp = Optional.of(new TcpQuestion(loop, server, wire, again -> received(again, true)));
        } else if (answer.addresses().isEmpty()) fail(waiting, answer.code() + " and no address from " + text());
        else settle(waiting, answer);
    }

    private void settle(Pending waiting, Answer answer) {
        answered++;
        long ttl =
                Math.max(config.minTtl().toNanos(), Math.min(config.maxTtl().toNanos(), answer.ttlSeconds() * SECOND));
        long until = clock.nanos() + ttl;
        Known known = new Known(
                new Rotation(answer.addresses()), until, until + config.stale().toNanos());
        cache.put(scope(waiting.subnet, answer), known);
        for (Addresses.Waiter waiter : done(waiting))
            waiter.resolved(known.addresses().next());
    }

    /** The network an answer is good for; never a smaller one than was told (RFC 7871, 7.3.1). */
    private Optional<Subnet> scope(Optional<Subnet> told, Answer answer) {
        if (told.isEmpty() || answer.scope().isEmpty() || answer.scope().getAsInt() == 0) return Optional.empty();
        Subnet scope = told.get().within(answer.scope().getAsInt());
        prefixes.add(scope.prefix());
        return Optional.of(scope);
    }

    /** Where an old answer may serve, it does, and the tier is left alone for a while. */
    private void fail(Pending waiting, String why) {
        Optional<Known> old = known(waiting.subnet);
        long now = clock.nanos();
        boolean serves = old.isPresent() && now - old.get().uselessFrom() < 0;
        if (serves) {
            long until = Math.min(now + STALE_RECHECK, old.get().uselessFrom());
            Known again = new Known(old.get().addresses(), until, old.get().uselessFrom());
            cache.replaceAll((network, known) -> known.equals(old.get()) ? again : known);
        }
        List<Addresses.Waiter> told = done(waiting);
        if (serves) stale += told.size();
        else failed += told.size();
        for (Addresses.Waiter waiter : told) {
            if (serves) waiter.resolved(old.get().addresses().next());
            else waiter.unresolved(why);
        }
    }

    /** The question is over; a waiter that is told may ask the next one. */
    private List<Addresses.Waiter> done(Pending waiting) {
        pending.remove(waiting.subnet);
        waiting.dropTcp();
        return List.copyOf(waiting.waiters);
    }

    private String text() {
        return server.getAddress().getHostAddress() + ":" + server.getPort();
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

package io.tierdrill.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.tierdrill.load.dns.Addresses;
import io.tierdrill.load.http.RequestEncoder;
import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.load.loop.OwnLimit;
import io.tierdrill.load.loop.Sender;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends requests over HTTP/1.1, open loop: {@link #send} never waits. A request goes out on an idle connection of its
 * client (of its recorded connection, where the trace knows it); where there is none, a new one is opened. Nothing is
 * sent twice: a connection that breaks under a request is that request's failure.
 *
 * <p>Belongs to the thread of its loop, which calls {@link #expire} now and then.
 */
public final class HttpSender implements Sender<RequestRecord> {
    private static final int FILLER = 64 << 10;
    /** Room for a usual head; the buffer grows for others. */
    private static final int HEAD = 512;

    private final WireLimits limits;
    private final IoLoop loop;
    private final NanoClock clock;
    private final Addresses addresses;
    private final int port;
    private final RequestEncoder encoder;
    private final Consumer<RequestSample> samples;
    private final Map<String, Client> clients = new HashMap<>();
    private final ConnectionList busy = new ConnectionList();
    private final ConnectionList idle = new ConnectionList();
    private final Map<OwnLimit, Long> ownLimits = new EnumMap<>(OwnLimit.class);
    private final ByteBuf filler = Unpooled.directBuffer(FILLER).writeZero(FILLER);
    private long opened;
    private int peak;

    /**
     * @param port of the target
     * @param samples told of each request when it has ended
     */
    public HttpSender(
            WireLimits limits,
            IoLoop loop,
            NanoClock clock,
            Addresses addresses,
            int port,
            RequestEncoder encoder,
            Consumer<RequestSample> samples) {
        this.limits = limits;
        this.loop = loop;
        this.clock = clock;
        this.addresses = addresses;
        this.port = port;
        this.encoder = encoder;
        this.samples = samples;
    }

    @Override
    public void send(RequestRecord request, long dueNanos, long nowNanos) {
        String key = key(request);
        Client client = clients.computeIfAbsent(key, Client::new);
        Connection connection = client.take();
        if (connection != null) idle.remove(connection);
        else if (inUse() < limits.maxConnections()) connection = add(client);
        else {
            refuse(dueNanos, nowNanos);
            forgetIfGone(client);
            return;
        }
        busy.add(connection);
        connection.carry(request, dueNanos, nowNanos);
        if (connection.state() == Connection.State.RESOLVING) resolve(connection);
    }

    @Override
    public int poll() {
        return loop.poll();
    }

    @Override
    public int await(long nanos) {
        return loop.await(nanos);
    }

    @Override
    public void wakeUp() {
        loop.wakeUp();
    }

    @Override
    public String transport() {
        return loop.transport();
    }

    private static String key(RequestRecord request) {
        return request.connection().isEmpty() ? request.client() : request.client() + ' ' + request.connection();
    }

    private Connection add(Client client) {
        client.open++;
        opened++;
        peak = Math.max(peak, inUse() + 1);
        return new Connection(client, this);
    }

    private void resolve(Connection connection) {
        Optional<InetAddress> known = addresses.next();
        if (known.isPresent()) connection.connectTo(known.get());
        else addresses.ask(connection);
    }

    private void refuse(long dueNanos, long nowNanos) {
        count(OwnLimit.CONNECTIONS);
        samples.accept(new RequestSample(dueNanos, nowNanos, nowNanos, 0, 0, Outcome.INJECTOR_LIMIT, 0, 0, Map.of()));
    }

    @Override
    public void expire(long nowNanos) {
        Connection c;
        while ((c = busy.first()) != null && nowNanos - c.sentNanos() >= limits.timeoutNanos()) failed(c, c.overdue());
        while ((c = idle.first()) != null && nowNanos - c.idleSinceNanos() >= limits.idleNanos()) dropIdle(c);
        addresses.expire(nowNanos);
    }

    @Override
    public long nextDeadlineNanos() {
        long next = addresses.nextDeadlineNanos();
        if (busy.first() != null) next = Math.min(next, busy.first().sentNanos() + limits.timeoutNanos());
        if (idle.first() != null) next = Math.min(next, idle.first().idleSinceNanos() + limits.idleNanos());
        return next;
    }

    @Override
    public int inFlight() {
        return busy.size();
    }

    @Override
    public long opened() {
        return opened;
    }

    @Override
    public int peak() {
        return peak;
    }

    @Override
    public Map<OwnLimit, Long> ownLimits() {
        return Map.copyOf(ownLimits);
    }

    @Override
    public void close() {
        for (ConnectionList list : new ConnectionList[] {busy, idle}) {
            Connection c;
            while ((c = list.first()) != null) {
                list.remove(c);
                c.close();
            }
        }
        clients.clear();
        filler.release();
    }

    private int inUse() {
        return busy.size() + idle.size();
    }

    long now() {
        return clock.nanos();
    }

    Channel open(Connection connection, InetAddress address) {
        SocketChannel channel = loop.stream();
        channel.config().setConnectTimeoutMillis(0); // The request's own timeout covers it, without a timer each.
        channel.pipeline().addLast(connection);
        loop.register(channel);
        channel.connect(new InetSocketAddress(address, port)).addListener(connection);
        return channel;
    }

    void write(RequestRecord request, Channel channel) {
        int kept = request.body().bytes().length;
        ByteBuf head = channel.alloc().directBuffer(HEAD + kept);
        encoder.write(request, head);
        channel.write(head, channel.voidPromise());
        for (long left = request.body().size() - kept; left > 0; left -= FILLER)
            channel.write(filler.retainedSlice(0, (int) Math.min(left, FILLER)), channel.voidPromise());
        channel.flush();
    }

    void answered(Connection connection, boolean reusable) {
        long now = now();
        RequestSample sample = connection.sample(connection.answer(), now);
        busy.remove(connection);
        if (reusable) {
            connection.rest(now);
            connection.client.rest(connection);
            idle.add(connection);
        } else {
            discard(connection);
        }
        samples.accept(sample);
    }

    void failed(Connection connection, Outcome outcome) {
        RequestSample sample = connection.sample(outcome, now());
        busy.remove(connection);
        discard(connection);
        samples.accept(sample);
    }

    void dropIdle(Connection connection) {
        idle.remove(connection);
        connection.client.forget(connection);
        discard(connection);
    }

    private void discard(Connection connection) {
        connection.close();
        connection.client.open--;
        forgetIfGone(connection.client);
    }

    private void forgetIfGone(Client client) {
        if (client.open == 0) clients.remove(client.key);
    }

    /** A channel that cannot even be made: there is no descriptor left. */
    Outcome outOfDescriptors() {
        count(OwnLimit.DESCRIPTORS);
        return Outcome.INJECTOR_LIMIT;
    }

    Outcome connectFailure(Throwable cause) {
        Outcome outcome = ConnectFailures.outcome(cause);
        if (outcome == Outcome.INJECTOR_LIMIT) count(OwnLimit.PORTS);
        return outcome;
    }

    private void count(OwnLimit limit) {
        ownLimits.merge(limit, 1L, Long::sum);
    }
}

package io.tierdrill.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import io.tierdrill.load.dns.Addresses;
import io.tierdrill.load.http.Dialogue;
import io.tierdrill.load.http.RequestEncoder;
import io.tierdrill.load.http.Upgrade;
import io.tierdrill.load.loop.Descriptors;
import io.tierdrill.load.loop.OwnLimit;
import io.tierdrill.load.loop.Sender;
import io.tierdrill.load.order.Order;
import io.tierdrill.load.order.UserOrder;
import io.tierdrill.load.prepare.Lanes;
import io.tierdrill.load.prepare.Layout;
import io.tierdrill.load.prepare.Planned;
import io.tierdrill.load.prepare.Reuse;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.RequestRecord;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Sends requests, open loop: {@link #send} never waits. A request goes when its user's earlier ones have ended (see
 * {@link UserOrder}) and a connection of its lane has room; where there is none, one is opened, and only where the layout
 * allows no more is the request held. Nothing is sent twice: a connection that breaks under a request is that request's
 * failure.
 *
 * <p>Belongs to the thread of its loop, which calls {@link #expire} now and then.
 */
public final class HttpSender implements Sender<Planned> {
    private static final int FILLER = 64 << 10;
    /** What browsers open to one host over HTTP/1.1. */
    private static final int OF_A_USER = 6;
    /** A connection that the recording uses again is idle for so long at most; what was to come may have failed before. */
    private static final long MOST_KEPT = 300_000_000_000L;

    private final WireLimits limits;
    private final Dialer dialer;
    private final NanoClock clock;
    private final Addresses addresses;
    private final RequestEncoder encoder;
    private final Optional<Dialogue> dialogue;
    private final Consumer<RequestSample> endings;
    private final Lanes laneNumbers;
    private final Optional<UserOrder> order;

    private final LongObjectMap<Lane> lanes = new LongObjectHashMap<>();
    private final ExchangeList held = new ExchangeList();
    private final ExchangeList busy = new ExchangeList();
    private final ConnectionList idle = new ConnectionList();
    /** Idle ones that a request is known to come on. */
    private final ConnectionList kept = new ConnectionList();

    private final long keptNanos;
    /** Requests whose turn has come, and lanes in which there is room again: looked after by {@link #settle}. */
    private final Queue<Exchange> ready = new ArrayDeque<>();

    private final Queue<Lane> freed = new ArrayDeque<>();
    private boolean settling;
    private final int mostDescriptors = Descriptors.forConnections();
    private final Map<OwnLimit, Long> ownLimits = new EnumMap<>(OwnLimit.class);
    private final ConnectionEvents events = new ConnectionEvents();
    private final ByteBuf filler = Unpooled.directBuffer(FILLER).writeZero(FILLER);
    private final Talks talks;
    private Optional<FrameWriter> frames = Optional.empty();
    private int connections;
    private long opened;
    private int peak;

    /**
     * @param dialogue takes part in what is sent and heard, if anybody does
     * @param endings told of each request when it has ended
     */
    public HttpSender(
            WireConfig config,
            WireLimits limits,
            Dialer dialer,
            NanoClock clock,
            Addresses addresses,
            RequestEncoder encoder,
            Optional<Dialogue> dialogue,
            Consumer<RequestSample> endings) {
        this.limits = limits;
        this.keptNanos = Math.max(MOST_KEPT, limits.idleNanos());
        this.dialer = dialer;
        this.clock = clock;
        this.addresses = addresses;
        this.encoder = encoder;
        this.dialogue = dialogue;
        this.endings = endings;
        this.talks = new Talks(limits.timeoutNanos());
        this.laneNumbers =
                new Lanes(limits.layout(), dialer.secure() && config.tls().namesAsRecorded());
        this.order = config.order() == Order.USER ? Optional.of(new UserOrder()) : Optional.empty();
    }

    @Override
    public void send(Planned planned, long dueNanos, long nowNanos) {
        send(planned, dueNanos, nowNanos, nowNanos);
    }

    /**
     * Sends now what somebody before this sender has held.
     *
     * @param actedNanos when it came to be held; the time since then is told as such
     */
    public void sendHeld(RequestRecord request, long dueNanos, long actedNanos, long nowNanos) {
        send(new Planned(request, Reuse.UNKNOWN), dueNanos, actedNanos, nowNanos);
    }

    private void send(Planned planned, long dueNanos, long actedNanos, long nowNanos) {
        RequestRecord request = planned.request();
        Exchange x = new Exchange(this, planned, dueNanos, actedNanos, dialogue.map(d -> d.open(request)));
        x.started = nowNanos;
        if (order.isEmpty() || order.get().begin(x, request, dueNanos)) ready.add(x);
        else held.add(x);
        settle();
    }

    /** Its user's earlier requests have ended. */
    void isItsTurn(Exchange x) {
        ready.add(x);
    }

    /** Sends whatever may go by now. What happens meanwhile, a refused connection for one, is seen to in its turn. */
    private void settle() {
        if (settling) return;
        settling = true;
        while (!ready.isEmpty() || !freed.isEmpty()) {
            if (ready.isEmpty()) fill(freed.remove());
            else place(ready.remove());
        }
        settling = false;
    }

    private void place(Exchange x) {
        if (x.over) return; // Its turn came when its time was over.
        Lane lane = lane(x.recorded);
        lane.after = x.reuse;
        if (lane.waiting.isEmpty() && start(x, lane)) return;
        lane.waiting.add(x);
        if (x.list == null) held.add(x);
    }

    private void fill(Lane lane) {
        while (!lane.waiting.isEmpty() && start(lane.waiting.element(), lane)) lane.waiting.remove();
        forgetIfGone(lane);
    }

    private Lane lane(RequestRecord request) {
        long key = laneNumbers.of(request);
        Lane lane = lanes.get(key);
        if (lane == null) {
            lane = new Lane(key, connectionsOf(request));
            lanes.put(key, lane);
        }
        return lane;
    }

    private int connectionsOf(RequestRecord request) {
        Layout layout = limits.layout();
        if (layout.mode() == Layout.Mode.POOL) return layout.size();
        if (dialer.protocol() == Protocol.HTTP2) return 1;
        return switch (layout.mode()) {
            case USER -> OF_A_USER;
            case RECORDED -> request.connection().isEmpty() ? Integer.MAX_VALUE : 1;
            default -> Integer.MAX_VALUE;
        };
    }

    /** Whether it went, or ended for want of what the injector itself lacks. */
    private boolean start(Exchange x, Lane lane) {
        Optional<Connection> free = lane.next();
        if (free.isEmpty() && !lane.mayOpen()) return false;
        if (x.list == held) {
            held.remove(x);
            x.started = now();
        }
        if (free.isEmpty() && connections >= Math.min(limits.maxConnections(), mostDescriptors)) {
            count(connections >= limits.maxConnections() ? OwnLimit.CONNECTIONS : OwnLimit.DESCRIPTORS);
            busy.add(x);
            ended(x, Outcome.INJECTOR_LIMIT);
            forgetIfGone(lane);
            return true;
        }
        busy.add(x);
        if (free.isPresent()) carry(x, free.get());
        else open(x, lane);
        return true;
    }

    private void carry(Exchange x, Connection c) {
        x.connection = c;
        wake(c);
        c.carry(x);
        if (c.listed && !c.hasRoom()) c.lane.remove(c);
    }

    private void open(Exchange x, Lane lane) {
        lane.open++;
        opened++;
        peak = Math.max(peak, ++connections);
        events.opens(lane.key);
        Connection c =
                dialer.protocol() == Protocol.HTTP2 ? new Http2Connection(lane, this) : new Http1Connection(lane, this);
        x.connection = c;
        c.openFor(x);
    }

    void resolve(Connection c, String client) {
        Optional<InetAddress> known = addresses.next(client);
        if (known.isPresent()) c.connectTo(known.get());
        else addresses.ask(client, c);
    }

    /** It carries its first request and may have room for more. */
    void opened(Connection c) {
        if (c.state() == Connection.State.OPEN && c.hasRoom()) room(c);
        settle();
    }

    /** A connection has room that had none, or more than before. */
    void room(Connection c) {
        if (c.state() == Connection.State.OPEN && !c.listed && c.hasRoom()) c.lane.add(c);
        if (!c.lane.waiting.isEmpty()) freed.add(c.lane);
    }

    /** A request on it is over, and it goes on; the request's end is told next. */
    void released(Connection c) {
        if (c.state() == Connection.State.LEAVING && c.carried() == 0) drop(c);
        else room(c);
        if (c.state() == Connection.State.OPEN && c.carried() == 0) restOrClose(c);
    }

    private void restOrClose(Connection c) {
        if (c.lane.after == Reuse.NEVER && c.lane.waiting.isEmpty()) drop(c);
        else rest(c);
    }

    /** It carries nothing; its time to be idle begins. One that the recording uses again has a longer one. */
    void rest(Connection c) {
        wake(c);
        if (c.isTalking() || c.state() == Connection.State.CLOSED) return;
        c.idleSince = now();
        c.kept = c.state() == Connection.State.OPEN && c.lane.after == Reuse.AGAIN;
        (c.kept ? kept : idle).add(c);
    }

    private void wake(Connection c) {
        if (c.idle) (c.kept ? kept : idle).remove(c);
    }

    /** A request has ended, whatever became of it; {@link #settled} must follow. */
    void ended(Exchange x, Outcome outcome) {
        x.list.remove(x);
        boolean isWebSocket = outcome == Outcome.OK && x.status == Upgrade.STATUS;
        if (!isWebSocket) x.messages().ifPresent(script -> WebSocketPeer.neverOpened(script, events.messages()));
        if (order.isPresent()) order.get().end(x);
        endings.accept(x.end(outcome, now()));
    }

    /** Something has ended: others may have their turn. */
    void settled() {
        settle();
    }

    /** It never came about; so the request it was opened for fails. */
    void neverOpened(Connection c, Outcome outcome) {
        Exchange x = c.opener();
        drop(c);
        ended(x, outcome);
        settle();
    }

    /** The target has ended it, or made it useless. */
    void lost(Connection c) {
        if (c.state() == Connection.State.CLOSED) return;
        if (!c.left) events.lost(c.lane.key);
        drop(c);
        settle();
    }

    /** It takes nothing new, by the target's doing or because it is no longer HTTP: another may be opened for it. */
    void leaves(Connection c, boolean targetsDoing) {
        if (c.state() != Connection.State.OPEN) return;
        c.leave();
        if (c.listed) c.lane.remove(c);
        c.left = true;
        c.lane.open--;
        if (targetsDoing) events.lost(c.lane.key);
        if (!c.lane.waiting.isEmpty()) freed.add(c.lane);
        else forgetIfGone(c.lane);
    }

    /** Closes it. */
    void drop(Connection c) {
        wake(c);
        if (c.listed) c.lane.remove(c);
        if (!c.left) c.lane.open--;
        connections--;
        c.close();
        if (!c.lane.waiting.isEmpty()) freed.add(c.lane);
        else forgetIfGone(c.lane);
    }

    private void forgetIfGone(Lane lane) {
        if (lane.isGone()) lanes.remove(lane.key);
    }

    @Override
    public void expire(long nowNanos) {
        Exchange x;
        while ((x = busy.first()) != null && nowNanos - x.started >= limits.timeoutNanos()) overdue(x);
        settle(); // Those that waited for them go, also where their own time is over by now.
        while ((x = held.first()) != null && nowNanos - x.acted >= limits.timeoutNanos()) heldTooLong(x);
        Connection c;
        while ((c = idle.first()) != null && nowNanos - c.idleSince >= limits.idleNanos()) drop(c);
        while ((c = kept.first()) != null && nowNanos - c.idleSince >= keptNanos) drop(c);
        talks.speak(nowNanos, this::rest);
        talks.stuck(nowNanos).forEach(this::lost);
        addresses.expire(nowNanos);
        settle();
    }

    private void overdue(Exchange x) {
        Connection c = x.connection;
        Outcome outcome = c.overdue();
        if (c.opener() == x) {
            drop(c);
        } else {
            c.cancel(x);
        }
        ended(x, outcome);
    }

    private void heldTooLong(Exchange x) {
        Lane lane = lanes.get(laneNumbers.of(x.recorded));
        if (lane != null) {
            lane.waiting.remove(x);
            lane.after = x.reuse;
            lane.next().filter(c -> c.idle).ifPresent(this::restOrClose);
            forgetIfGone(lane);
        }
        x.started = now();
        ended(x, Outcome.HELD_TOO_LONG);
    }

    @Override
    public long nextDeadlineNanos() {
        long next = addresses.nextDeadlineNanos();
        if (busy.first() != null) next = Math.min(next, busy.first().started + limits.timeoutNanos());
        if (held.first() != null) next = Math.min(next, held.first().acted + limits.timeoutNanos());
        if (idle.first() != null) next = Math.min(next, idle.first().idleSince + limits.idleNanos());
        if (kept.first() != null) next = Math.min(next, kept.first().idleSince + keptNanos);
        return Math.min(next, talks.nextNanos());
    }

    @Override
    public int poll() {
        return dialer.loop().poll();
    }

    @Override
    public int await(long nanos) {
        return dialer.loop().await(nanos);
    }

    @Override
    public void wakeUp() {
        dialer.loop().wakeUp();
    }

    @Override
    public String transport() {
        return dialer.loop().transport();
    }

    @Override
    public int inFlight() {
        return busy.size() + held.size();
    }

    @Override
    public boolean isTalking() {
        return !talks.isEmpty();
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
    public Optional<Histogram> messageLateness() {
        return events.messages().lateness();
    }

    @Override
    public Map<String, Long> events() {
        Map<String, Long> map = events.toMap();
        addresses.counts().ifPresent(counts -> map.putAll(counts.toMap()));
        return map;
    }

    @Override
    public void close() {
        settling = true; // Nothing more is sent.
        for (Exchange x = busy.first(); x != null; x = busy.first()) {
            busy.remove(x);
            x.connection.close();
        }
        for (ConnectionList list : new ConnectionList[] {idle, kept})
            for (Connection c = list.first(); c != null; c = list.first()) {
                list.remove(c);
                c.close();
            }
        talks.close();
        lanes.clear();
        filler.release();
        frames.ifPresent(FrameWriter::close);
    }

    long now() {
        return clock.nanos();
    }

    Dialer dialer() {
        return dialer;
    }

    RequestEncoder encoder() {
        return encoder;
    }

    ConnectionEvents happenings() {
        return events;
    }

    /** Zeros for so much of a body as was not kept, at most {@value #FILLER}. */
    ByteBuf filler(long left) {
        return filler.retainedSlice(0, (int) Math.min(left, FILLER));
    }

    /** It has something to say, now or later. */
    void talks(WebSocketPeer peer) {
        talks.add(peer);
    }

    /** All that was to be said on it has left. */
    void talkedOut(WebSocketPeer peer) {
        talks.remove(peer);
        rest(peer.connection());
    }

    void talksNoMore(WebSocketPeer peer) {
        talks.remove(peer);
    }

    /** Ends a WebSocket without a word, as its client did. */
    void hangUp(Connection c) {
        if (c.state() != Connection.State.CLOSED) drop(c);
    }

    FrameWriter frames() {
        if (frames.isEmpty()) frames = Optional.of(new FrameWriter());
        return frames.get();
    }

    /** A TLS handshake has ended. */
    void handshaken(SslHandler tls, boolean well) {
        boolean resumed = dialer.resumed(tls);
        if (well) events.handshake(resumed);
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

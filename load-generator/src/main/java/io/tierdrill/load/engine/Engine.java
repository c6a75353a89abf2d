package io.tierdrill.load.engine;

import io.tierdrill.load.dns.Addresses;
import io.tierdrill.load.http.Upgrade;
import io.tierdrill.load.loop.IoLoop;
import io.tierdrill.load.loop.OwnLimit;
import io.tierdrill.load.loop.Sender;
import io.tierdrill.load.prepare.Encoded;
import io.tierdrill.load.source.SourceAddresses;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.time.NanoClock;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends encoded requests over plain HTTP/1.1, open loop. A request goes out on an idle connection of its lane; where
 * there is none, a new one is opened, or in a pool the request waits until one is free. Nothing is sent twice: a
 * connection that breaks under a request is that request's failure.
 *
 * <p>Allocates nothing per request. Belongs to the thread that made it.
 */
public final class Engine implements Sender<Encoded> {
    /** While names are being looked up, their loop is looked at so often. */
    private static final long NAME_TURN = 200_000;
    /** In a pool that is all in use, one call collects up to so many answers ... */
    private static final int ENOUGH = 32;
    /** ... or what has come after so long. */
    private static final long PATIENCE = 300_000;

    private final EngineConfig config;
    private final NanoClock clock;
    private final Sockets sockets;
    private final Addresses addresses;
    private final IoLoop names;
    private final Endings endings;
    private final Answers answers;
    private final Slots slots;
    private final LaneTable lanes = new LaneTable();
    private final SlotList busy = new SlotList();
    private final SlotList idle = new SlotList();
    private final Users users = new Users();
    /** Waiting for their user's earlier ones, or for a connection after that. */
    private final TurnList held = new TurnList();
    /** Of those, the ones whose turn has come. */
    private final ArrayDeque<Turn> turned = new ArrayDeque<>();

    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private final Consumer<Turn> mayGo = turned::addLast;
    private final Map<OwnLimit, Long> ownLimits = new EnumMap<>(OwnLimit.class);
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(64 << 10);
    private final long zerosAddress;
    private long opened;
    private long dialled;
    private int peak;
    private int resolving;
    private int upgraded;
    private long webSockets;
    private long stamp;
    private long fullUntil = Long.MIN_VALUE;

    /**
     * @param names the loop that looks names up; turned while somebody waits for it
     * @param endings told of each request when it has ended
     */
    Engine(EngineConfig config, NanoClock clock, Sockets sockets, Addresses addresses, IoLoop names, Endings endings) {
        this.config = config;
        this.clock = clock;
        this.sockets = sockets;
        this.addresses = addresses;
        this.names = names;
        this.endings = endings;
        this.answers = new Answers(endings.wantsStages());
        this.slots = new Slots(sockets);
        this.zerosAddress = sockets.address(zeros);
        sockets.begin(new Told());
    }

    @Override
    public boolean ready() {
        return hasRoom() && turned.isEmpty();
    }

    private boolean hasRoom() {
        return idle.size() > 0 || inUse() < config.pool();
    }

    @Override
    public long heldNanos(long dueNanos, long nowNanos) {
        return fullUntil <= dueNanos ? 0 : Math.min(fullUntil, nowNanos) - dueNanos;
    }

    @Override
    public void send(Encoded request, long dueNanos, long nowNanos) {
        Turn turn = turns.isEmpty() ? new Turn() : turns.pollLast();
        turn.show(request, dueNanos, nowNanos, heldNanos(dueNanos, nowNanos));
        if (mayGo(turn, request)) {
            if (turn.isLarge()) turn.keep(request);
            start(turn, nowNanos);
            if (!turned.isEmpty()) settle();
            return;
        }
        turn.keep(request);
        turn.held = true;
        held.add(turn);
    }

    private boolean mayGo(Turn turn, Encoded request) {
        if (!config.ordered()) return true;
        turn.user = request.user();
        turn.begins = request.dueNanos();
        turn.ends = request.endsNanos();
        return users.begin(turn, request.waits());
    }

    /** Puts it on a connection. */
    private void start(Turn turn, long nowNanos) {
        Slot slot = lanes.take(turn.lane);
        if (slot != null) idle.remove(slot);
        else if (inUse() >= config.connections()) refuse(turn, OwnLimit.CONNECTIONS, nowNanos);
        else if (slots.next() >= sockets.most()) refuse(turn, OwnLimit.DESCRIPTORS, nowNanos);
        else slot = open(turn.lane);
        if (slot == null) return;
        slot.turn = turn;
        slot.sent = nowNanos;
        slot.held = turn.heldBefore + nowNanos - turn.acted;
        slot.dnsNanos = 0;
        slot.connectNanos = 0;
        busy.add(slot);
        load(slot, turn);
        if (slot.state == Slot.State.FREE) resolve(slot);
        else write(slot);
    }

    /** Starts those whose turn has come. */
    private void settle() {
        while (!turned.isEmpty() && hasRoom()) {
            Turn turn = turned.poll();
            turn.held = false;
            held.remove(turn);
            start(turn, clock.nanos());
        }
    }

    private Slot open(long lane) {
        Slot slot = slots.take();
        slot.lane = lane;
        opened++;
        peak = Math.max(peak, inUse() + 1);
        return slot;
    }

    private void refuse(Turn turn, OwnLimit limit, long nowNanos) {
        ownLimits.merge(limit, 1L, Long::sum);
        never(turn, Outcome.INJECTOR_LIMIT, nowNanos);
    }

    private void never(Turn turn, Outcome outcome, long nowNanos) {
        endings.never(turn, outcome, nowNanos);
        turn.release.ifPresent(Runnable::run);
        turn.release = Optional.empty();
        over(turn);
    }

    /** The request has ended. */
    private void over(Turn turn) {
        if (config.ordered()) users.end(turn, mayGo);
        turns.addLast(turn);
    }

    /** Gives the slot what it has to write. */
    private static void load(Slot slot, Turn turn) {
        slot.filler = turn.filler;
        slot.left = turn.length;
        slot.release = turn.release;
        turn.release = Optional.empty();
        if (turn.isLarge()) {
            slot.out = turn.bytes;
            slot.outAddress = 0; // Asked for when it is written: large requests are rare.
            slot.from = turn.from;
        } else {
            slot.room.put(slot.roomFrom, turn.bytes, turn.from, turn.length);
            slot.out = slot.room;
            slot.outAddress = slot.roomAddress;
            slot.from = slot.roomFrom;
        }
    }

    private void resolve(Slot slot) {
        slot.state = Slot.State.RESOLVING;
        Optional<InetAddress> known = addresses.next();
        if (known.isPresent()) connect(slot, known.get());
        else addresses.ask(new Asking(slot));
    }

    /** Waits for the name on behalf of a slot, which may have moved on by then. */
    private final class Asking implements Addresses.Waiter {
        private final Slot slot;

        Asking(Slot slot) {
            this.slot = slot;
            slot.asking = this;
            resolving++;
        }

        private boolean stands() {
            resolving--;
            boolean stands = slot.state == Slot.State.RESOLVING && slot.asking == this;
            if (stands) slot.dnsNanos = clock.nanos() - slot.sent;
            return stands;
        }

        @Override
        public void resolved(InetAddress address) {
            if (stands()) connect(slot, address);
        }

        @Override
        public void unresolved(String why) {
            if (stands()) failed(slot, Outcome.DNS_FAILURE, clock.nanos());
        }
    }

    private void connect(Slot slot, InetAddress address) {
        slot.state = Slot.State.CONNECTING;
        slot.connectStart = clock.nanos();
        sockets.connect(slot, new InetSocketAddress(address, config.port()), from(slot, address));
    }

    /** Where it comes from: a client keeps its address; in a pool each connection has its own. */
    private Optional<InetAddress> from(Slot slot, InetAddress to) {
        if (config.sources().isAny()) return Optional.empty();
        long whose = config.isPool() ? SourceAddresses.number("connection " + dialled++) : slot.turn.client;
        return config.sources().of(whose, to instanceof Inet6Address);
    }

    private void write(Slot slot) {
        slot.state = Slot.State.BUSY;
        answers.begin(slot);
        if (slot.outAddress == 0) slot.outAddress = sockets.address(slot.out);
        sockets.write(slot);
    }

    @Override
    public int poll() {
        int done = resolving > 0 ? names.poll() : 0;
        return settled(done + sockets.poll());
    }

    /** After things have happened: not in their midst, where one would come in the way of another. */
    private int settled(int done) {
        if (!turned.isEmpty()) settle();
        return done;
    }

    @Override
    public int await(long nanos, long slack) {
        if (resolving > 0 || !ready()) return await(nanos);
        return settled(sockets.await(nanos, ENOUGH, Math.min(slack, nanos - 1)));
    }

    @Override
    public int await(long nanos) {
        if (resolving > 0) {
            int done = names.poll();
            return settled(done + sockets.await(done > 0 ? 0 : Math.min(nanos, NAME_TURN), 1, 0));
        }
        int enough = ready() ? 1 : Math.max(1, Math.min(ENOUGH, busy.size() / 2));
        return settled(sockets.await(nanos, enough, PATIENCE));
    }

    /** Nothing to do: no wait is longer than the pacer allows, and that is short. */
    @Override
    public void wakeUp() {}

    @Override
    public void expire(long nowNanos) {
        Slot slot;
        while ((slot = busy.first()) != null && nowNanos - slot.sent >= config.timeoutNanos())
            failed(slot, Answers.overdue(slot), nowNanos);
        Turn turn;
        while ((turn = held.first()) != null && nowNanos - turn.acted >= config.timeoutNanos())
            heldTooLong(turn, nowNanos);
        while ((slot = idle.first()) != null && nowNanos - slot.idleSince >= config.idleNanos()) dropIdle(slot);
        addresses.expire(nowNanos);
        if (!turned.isEmpty()) settle();
    }

    private void heldTooLong(Turn turn, long nowNanos) {
        held.remove(turn);
        turned.remove(turn);
        turn.held = false;
        never(turn, Outcome.HELD_TOO_LONG, nowNanos);
    }

    @Override
    public long nextDeadlineNanos() {
        long next = addresses.nextDeadlineNanos();
        if (busy.first() != null) next = Math.min(next, busy.first().sent + config.timeoutNanos());
        if (idle.first() != null) next = Math.min(next, idle.first().idleSince + config.idleNanos());
        if (held.first() != null) next = Math.min(next, held.first().acted + config.timeoutNanos());
        return next;
    }

    @Override
    public int inFlight() {
        return busy.size() + held.size();
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
    public Map<String, Long> events() {
        return webSockets == 0 ? Map.of() : Map.of("webSockets", webSockets);
    }

    @Override
    public String transport() {
        return sockets.name();
    }

    @Override
    public void close() {
        for (SlotList list : new SlotList[] {busy, idle})
            for (Slot slot = list.first(); slot != null; slot = slot.next) discard(slot);
        sockets.poll();
        sockets.close();
    }

    private int inUse() {
        return busy.size() + idle.size() + upgraded;
    }

    private void answered(Slot slot, boolean reusable) {
        endings.ended(slot, Answers.outcome(slot), stamp);
        ended(slot, reusable, stamp);
    }

    private void failed(Slot slot, Outcome outcome, long nowNanos) {
        endings.ended(slot, outcome, nowNanos);
        ended(slot, false, nowNanos);
    }

    private void ended(Slot slot, boolean reusable, long nowNanos) {
        boolean wasFull = !hasRoom();
        busy.remove(slot);
        // Until the connection is gone the system may still read from there.
        if (slot.left == 0 || slot.state != Slot.State.BUSY) release(slot);
        over(slot.turn);
        if (reusable) {
            slot.state = Slot.State.IDLE;
            slot.idleSince = nowNanos;
            lanes.add(slot);
            idle.add(slot);
        } else {
            discard(slot);
        }
        if (wasFull) fullUntil = nowNanos;
    }

    private void dropIdle(Slot slot) {
        idle.remove(slot);
        lanes.remove(slot);
        discard(slot);
    }

    private static void release(Slot slot) {
        slot.release.ifPresent(Runnable::run);
        slot.release = Optional.empty();
    }

    private void discard(Slot slot) {
        boolean connected = slot.state != Slot.State.RESOLVING;
        slot.state = Slot.State.CLOSING;
        if (connected) sockets.close(slot);
        else freed(slot);
    }

    private void freed(Slot slot) {
        release(slot);
        slot.state = Slot.State.FREE;
        slots.give(slot);
    }

    /** What the sockets tell. */
    private final class Told implements Sockets.Events {
        @Override
        public void batch() {
            stamp = clock.nanos();
        }

        @Override
        public void connected(Slot slot, int error) {
            if (slot.state != Slot.State.CONNECTING) return;
            slot.connectNanos = Math.max(0, clock.nanos() - slot.connectStart);
            if (error == 0) write(slot);
            else failed(slot, connectFailure(error), clock.nanos());
        }

        private Outcome connectFailure(int error) {
            OwnLimit limit = switch (error) {
                case Kernel.EADDRNOTAVAIL -> OwnLimit.PORTS;
                case Kernel.EMFILE, Kernel.ENFILE -> OwnLimit.DESCRIPTORS;
                default -> null;
            };
            if (limit == null) return Answers.connectFailure(error);
            ownLimits.merge(limit, 1L, Long::sum);
            return Outcome.INJECTOR_LIMIT;
        }

        @Override
        public void written(Slot slot) {
            if (slot.state != Slot.State.BUSY) return;
            release(slot);
            if (slot.filler == 0) return;
            slot.out = zeros;
            slot.outAddress = zerosAddress;
            slot.from = 0;
            slot.left = (int) Math.min(slot.filler, zeros.capacity());
            slot.filler -= slot.left;
            sockets.write(slot);
        }

        @Override
        public void received(Slot slot, ByteBuffer bytes, int from, int count) {
            if (slot.state == Slot.State.IDLE) {
                dropIdle(slot); // An answer nobody asked for.
                return;
            }
            if (slot.state == Slot.State.UPGRADED) listen(slot, bytes, from, count);
            if (slot.state != Slot.State.BUSY) return;
            switch (answers.read(slot, bytes, from, count)) {
                case MORE -> {}
                case DONE -> {
                    if (slot.status == Upgrade.STATUS) upgraded(slot, bytes, from + count);
                    else if (slot.tooLong) failed(slot, Outcome.WRONG_LENGTH, stamp);
                    else answered(slot, slot.keepAlive && isWritten(slot));
                }
                case BAD -> failed(slot, Outcome.BAD_RESPONSE, stamp);
            }
        }

        /** It is another protocol's from now on, and is held open for as long as the other side likes. */
        private void upgraded(Slot slot, ByteBuffer bytes, int to) {
            if (!Upgrade.accepts(slot.parser.acceptedKey())) {
                failed(slot, Outcome.PROTOCOL_ERROR, stamp);
                return;
            }
            endings.ended(slot, Outcome.OK, stamp);
            busy.remove(slot);
            over(slot.turn);
            slot.state = Slot.State.UPGRADED;
            slot.frames = new Frames();
            upgraded++;
            webSockets++;
            if (answers.behind() < to) listen(slot, bytes, answers.behind(), to - answers.behind());
        }

        private void listen(Slot slot, ByteBuffer bytes, int from, int count) {
            Frames.Reply reply = slot.frames.read(bytes, from, count, slot.room, slot.roomFrom);
            slot.out = slot.room;
            slot.outAddress = slot.roomAddress;
            slot.from = slot.roomFrom;
            slot.left = slot.frames.replyLength();
            if (slot.left > 0) sockets.write(slot);
            boolean goesOn = reply == Frames.Reply.NONE || reply == Frames.Reply.WRITE;
            if (!goesOn && slot.state == Slot.State.UPGRADED) lost(slot);
        }

        private void lost(Slot slot) {
            upgraded--;
            discard(slot);
        }

        /** What lies in the slot's own room is small, and whoever has answered has it. */
        private boolean isWritten(Slot slot) {
            return slot.out == slot.room || slot.left == 0 && slot.filler == 0;
        }

        @Override
        public void ended(Slot slot, int error) {
            if (slot.state == Slot.State.IDLE) dropIdle(slot);
            if (slot.state == Slot.State.UPGRADED) lost(slot);
            if (slot.state != Slot.State.BUSY) return;
            if (error != 0) failed(slot, Outcome.CONNECTION_RESET, stamp);
            else if (answers.endsWithConnection(slot)) answered(slot, false);
            else failed(slot, Outcome.SHORT_READ, stamp);
        }

        @Override
        public void closed(Slot slot) {
            if (slot.state == Slot.State.CLOSING) freed(slot);
        }
    }
}

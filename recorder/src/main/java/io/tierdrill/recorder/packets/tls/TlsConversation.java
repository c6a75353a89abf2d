package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.stream.Conversation;
import io.tierdrill.recorder.packets.stream.Ending;
import io.tierdrill.recorder.packets.stream.Memory;
import io.tierdrill.recorder.packets.stream.Piece;
import io.tierdrill.recorder.packets.stream.Side;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One TLS connection: follows the handshake, opens the records and hands on what is inside as if it had come in clear. The
 * packets of the handshake wait for their fate until the first record opens. What cannot be opened is counted by its
 * reason. One thread.
 */
final class TlsConversation implements Conversation {
    /** Ciphers and keys, roughly. */
    private static final int COST_BYTES = 2048;

    private final Opening opening;
    private final TlsConversations shared;
    private final Tally tally;
    private final Memory memory;
    private final Session session;
    private final Handshake handshake;
    private final Unsettled packets;
    private final Waiting waiting;
    private final EarlyData early;
    private final Map<Side, Half> halves = new EnumMap<>(Side.class);
    private final Map<Side, RecordReader> readers = new EnumMap<>(Side.class);
    private Optional<Conversation> inner = Optional.empty();

    TlsConversation(Opening opening, TlsConversations shared) {
        this.opening = opening;
        this.shared = shared;
        this.tally = shared.desk().tally();
        this.memory = shared.desk().memory();
        this.session = new Session(shared.keys(), shared.engines());
        this.packets = new Unsettled(tally, session);
        this.handshake = new Handshake(session, packets, shared.keys());
        this.waiting = new Waiting(shared, this, this::processInTurn);
        this.early = new EarlyData(memory, tally);
        for (Side side : Side.values()) {
            halves.put(side, new Half(side, memory));
            readers.put(side, new RecordReader(side, memory, this::take));
        }
        memory.take(COST_BYTES);
        tally.observed(Observation.TLS_CONNECTIONS);
    }

    @Override
    public void data(Side side, Piece piece) {
        Optional<Fate> known = packets.settled().or(halves.get(side)::lost);
        if (known.isPresent()) {
            tally.packets(known.get(), piece.packets(), piece.place());
            return;
        }
        RecordReader reader = readers.get(side);
        reader.data(piece);
        look(side, piece.place());
    }

    /** Whether the reader has lost its way in the last piece or gap. */
    private void look(Side side, Place place) {
        RecordReader reader = readers.get(side);
        if (reader.lost().isEmpty() || halves.get(side).lost().isPresent()) return;
        Fate fate = session.hasClient() ? reader.lost().get() : Fate.TLS_BEGINNING_MISSING;
        if (!waiting.isEmpty()) waiting.giveUp();
        if (fate == Fate.TLS_BEGINNING_MISSING) packets.settle(fate);
        lose(halves.get(side), packets.settled().orElse(fate), place);
        reader.account(tally, packets.settled().orElse(fate));
    }

    private void take(TlsRecord record) {
        if (!waiting.isEmpty() || !process(record)) waiting.add(record);
        drainEarlyData();
    }

    /** It waited for the server's answer to it. */
    private void drainEarlyData() {
        if (session.early() != Session.Early.UNDECIDED) early.drain(waiting, this::process);
    }

    /** What waited may bring the server's answer to early data, which stands before the rest of the client's. */
    private boolean processInTurn(TlsRecord record) {
        boolean done = process(record);
        drainEarlyData();
        return done;
    }

    /** False when it must wait for keys. */
    private boolean process(TlsRecord record) {
        Half half = halves.get(record.side());
        Optional<Fate> known = packets.settled().or(half::lost);
        if (known.isPresent()) count(known.get(), record);
        else if (half.phase() == Half.Phase.PLAIN) return plain(half, record);
        else return closed(half, record);
        return true;
    }

    private void count(Fate fate, TlsRecord record) {
        tally.packets(fate, record.packets(), record.place());
    }

    private boolean plain(Half half, TlsRecord record) {
        if (record.type() == TlsRecord.APPLICATION_DATA) return firstProtected(half, record);
        if (!record.whole()) {
            count(Fate.GAP, record);
            lose(half, Fate.GAP, record.place());
            return true;
        }
        if (record.type() == TlsRecord.CHANGE_CIPHER_SPEC && session.isTls12()) return changeKeys(half, record);
        packets.add(record);
        if (record.type() == TlsRecord.HANDSHAKE) handshake.take(half, ByteBuffer.wrap(record.fragment()));
        return true;
    }

    private boolean firstProtected(Half half, TlsRecord record) {
        boolean client = session.hasClient() && half.side() == session.clientSide();
        boolean mayBeEarly = client && session.offersEarlyData();
        if (!session.isTls13() && !mayBeEarly) {
            packets.settle(Fate.TLS_BEGINNING_MISSING);
            count(packets.settled().orElseThrow(), record);
            return true;
        }
        half.enter(mayBeEarly ? Half.Phase.EARLY : Half.Phase.HANDSHAKE);
        return closed(half, record);
    }

    /** TLS 1.2: what follows is under the keys that were agreed on last. */
    private boolean changeKeys(Half half, TlsRecord record) {
        Optional<byte[]> master = session.secret(SecretLabel.CLIENT_RANDOM);
        if (master.isEmpty() && waiting.mayWait()) return false;
        if (master.isEmpty()) packets.settle(Fate.TLS_WITHOUT_KEYS);
        packets.add(record);
        if (master.isEmpty()) return true;
        boolean ofClient = half.side() == session.clientSide();
        half.enter(Half.Phase.APPLICATION);
        half.openWith(session.opener12(master.get(), ofClient), new byte[0]);
        return true;
    }

    /** A record under keys. */
    private boolean closed(Half half, TlsRecord record) {
        if (record.type() == TlsRecord.CHANGE_CIPHER_SPEC && session.isTls12()) return changeKeys(half, record);
        boolean newer = session.isTls13() || half.phase() == Half.Phase.EARLY;
        if (newer && record.type() != TlsRecord.APPLICATION_DATA) {
            // For the sake of boxes on the way that know only TLS 1.2 (RFC 8446, appendix D.4), or an alert in clear.
            packets.add(record);
            return true;
        }
        if (half.phase() == Half.Phase.EARLY) {
            early(half, record);
            return true;
        }
        if (half.opener().isEmpty() && !findKeys(half)) {
            if (waiting.mayWait()) return false;
            packets.settle(Fate.TLS_WITHOUT_KEYS);
            count(packets.settled().orElseThrow(), record);
            return true;
        }
        open(half, record);
        return true;
    }

    /** TLS 1.3. With the secret of the application only, the handshake stays unread until a record opens. */
    private boolean findKeys(Half half) {
        boolean client = half.side() == session.clientSide();
        SecretLabel first =
                client ? SecretLabel.CLIENT_HANDSHAKE_TRAFFIC_SECRET : SecretLabel.SERVER_HANDSHAKE_TRAFFIC_SECRET;
        SecretLabel second = client ? SecretLabel.CLIENT_TRAFFIC_SECRET_0 : SecretLabel.SERVER_TRAFFIC_SECRET_0;
        boolean handshaking = half.phase() == Half.Phase.HANDSHAKE;
        Optional<byte[]> secret = session.secret(handshaking ? first : second);
        if (secret.isEmpty() && handshaking) {
            secret = session.secret(second);
            if (secret.isPresent()) half.goBlind();
        }
        secret.ifPresent(s -> half.openWith(session.opener(s), s));
        return secret.isPresent();
    }

    private void open(Half half, TlsRecord record) {
        RecordOpener opener = half.opener().orElseThrow();
        if (!record.whole()) {
            pass(half, record);
            return;
        }
        Optional<RecordOpener.Opened> opened = opener.open(record);
        if (opened.isPresent()) {
            half.sees();
            opened(half, record, opened.get());
        } else if (half.isBlind() && half.passUnread()) packets.add(record);
        else {
            count(Fate.TLS_WRONG_KEYS, record);
            lose(half, Fate.TLS_WRONG_KEYS, record.place());
        }
    }

    /** A record with a hole: its content is lost, and nothing else, where its length is known. */
    private void pass(Half half, TlsRecord record) {
        count(Fate.GAP, record);
        tally.observed(Observation.TLS_RECORDS_LOST);
        Optional<Integer> length = half.opener().orElseThrow().pass(record);
        boolean data = half.phase() == Half.Phase.APPLICATION && record.type() == TlsRecord.APPLICATION_DATA;
        if (!data || length.isEmpty()) lose(half, Fate.GAP, record.place());
        else inner().gap(inside(half.side()), length.get(), record.lastNanos(), record.place());
    }

    private void opened(Half half, TlsRecord record, RecordOpener.Opened opened) {
        packets.opened();
        ByteBuffer content = opened.content();
        if (opened.type() == TlsRecord.APPLICATION_DATA && content.hasRemaining()) {
            inner().data(
                            inside(half.side()),
                            new Piece(content, record.nanos(), record.lastNanos(), record.packets(), record.place()));
            return;
        }
        packets.add(record);
        if (opened.type() == TlsRecord.HANDSHAKE) handshake.take(half, content);
        else if (opened.type() == TlsRecord.ALERT && isCloseNotify(content)) finish(half, record.lastNanos());
    }

    private static boolean isCloseNotify(ByteBuffer alert) {
        return alert.remaining() == 2 && alert.get(alert.position() + 1) == 0;
    }

    /** Data that the client sent at once (RFC 8446, 2.3); behind it, its handshake under other keys. */
    private void early(Half half, TlsRecord record) {
        if (session.early() == Session.Early.UNDECIDED) {
            if (!early.hold(record)) lose(half, Fate.TLS_EARLY_DATA, record.place());
            return;
        }
        boolean accepted = session.early() == Session.Early.ACCEPTED;
        if (half.opener().isEmpty() && accepted)
            session.secret(SecretLabel.CLIENT_EARLY_TRAFFIC_SECRET).ifPresent(s -> half.openWith(session.opener(s), s));
        Optional<RecordOpener.Opened> opened =
                half.opener().filter(o -> record.whole()).flatMap(o -> o.open(record));
        if (opened.isPresent()) {
            opened(half, record, opened.get());
            return;
        }
        if (record.whole() && opensWithNextKeys(half, record)) return;
        count(Fate.TLS_EARLY_DATA, record);
        if (!accepted) return;
        half.opener().filter(o -> !record.whole()).ifPresent(o -> o.pass(record));
        inner().gap(inside(half.side()), record.fragment().length, record.lastNanos(), record.place());
    }

    private boolean opensWithNextKeys(Half half, TlsRecord record) {
        if (!session.isTls13()) return false;
        Half next = new Half(half.side(), memory);
        next.enter(Half.Phase.HANDSHAKE);
        if (!findKeys(next)) return false;
        Optional<RecordOpener.Opened> opened = next.opener().orElseThrow().open(record);
        if (opened.isEmpty()) return false;
        half.enter(next.isBlind() ? Half.Phase.APPLICATION : Half.Phase.HANDSHAKE);
        half.openWith(next.opener().orElseThrow(), next.secret());
        opened(half, record, opened.get());
        return true;
    }

    /** The reader of what is inside; made when the first of it comes, as only then it is known what it should be. */
    private Conversation inner() {
        if (inner.isEmpty()) {
            boolean forward = session.clientSide() == Side.INITIATOR;
            Opening within = new Opening(
                    forward ? opening.initiator() : opening.responder(),
                    forward ? opening.responder() : opening.initiator(),
                    true,
                    opening.nanos());
            inner = Optional.of(shared.inside().open(within, session.protocol()));
        }
        return inner.get();
    }

    private Side inside(Side side) {
        return side == session.clientSide() ? Side.INITIATOR : Side.RESPONDER;
    }

    private void lose(Half half, Fate fate, Place place) {
        half.lose(fate);
        inner.ifPresent(i -> i.lost(inside(half.side()), place));
    }

    private void finish(Half half, long nanos) {
        if (half.isFinished()) return;
        half.finish();
        inner.ifPresent(i -> i.finished(inside(half.side()), nanos));
    }

    /** Keys may have come. */
    void lookAgain(long nowNanos) {
        waiting.lookAgain(nowNanos);
        drainEarlyData();
    }

    @Override
    public void gap(Side side, long bytes, long nanos, Place place) {
        if (packets.settled().isPresent() || halves.get(side).lost().isPresent()) return;
        readers.get(side).gap(bytes, nanos);
        look(side, place);
    }

    @Override
    public void finished(Side side, long nanos) {
        if (waiting.isEmpty()) finish(halves.get(side), nanos);
        else waiting.finishes(side);
    }

    @Override
    public void closed(Ending ending, long nanos) {
        waiting.end();
        drainEarlyData();
        waiting.end();
        early.end();
        waiting.finished().forEach(side -> finish(halves.get(side), nanos));
        inner.ifPresent(i -> i.closed(ending, nanos));
        Optional<Fate> lost =
                halves.values().stream().flatMap(h -> h.lost().stream()).findFirst();
        packets.end(lost);
        readers.values().forEach(reader -> {
            reader.account(tally, packets.settled().or(() -> lost).orElse(Fate.CUT));
            reader.close();
        });
        halves.values().forEach(half -> half.handshake().clear());
        memory.give(COST_BYTES);
    }
}

package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.stream.Undecided;
import java.util.Optional;

/**
 * The packets of a connection that carried no data of the application. Whether they are a handshake that was read or of a
 * connection that stayed opaque is known only later. One thread.
 */
final class Unsettled {
    private final Tally tally;
    private final Session session;
    private final Undecided packets;
    private boolean opened;
    private Optional<Fate> settled = Optional.empty();

    Unsettled(Tally tally, Session session) {
        this.tally = tally;
        this.session = session;
        this.packets = new Undecided(tally);
    }

    void add(TlsRecord record) {
        Optional<Fate> fate =
                settled.isPresent() ? settled : opened ? Optional.of(Fate.TLS_HANDSHAKE) : Optional.empty();
        fate.ifPresentOrElse(
                known -> tally.packets(known, record.packets(), record.place()),
                () -> packets.add(record.packets(), record.place()));
    }

    /** A record was opened. */
    void opened() {
        if (opened) return;
        opened = true;
        packets.decide(Fate.TLS_HANDSHAKE);
        tally.observed(Observation.TLS_DECRYPTED);
    }

    /** Why the connection stays opaque, all of it. */
    Optional<Fate> settled() {
        return settled;
    }

    void settle(Fate fate) {
        if (settled.isPresent()) return;
        // Who gave no keys at all need not be told that a handshake is missing.
        boolean noKeys = fate == Fate.TLS_BEGINNING_MISSING && !session.mayHaveKeys();
        Fate reason = noKeys ? Fate.TLS_WITHOUT_KEYS : fate;
        settled = Optional.of(reason);
        packets.decide(reason);
        if (opened) return;
        tally.observed(Observation.TLS_OPAQUE);
        if (reason == Fate.TLS_WITHOUT_KEYS) tally.tlsWithoutKeys(session.serverName());
    }

    /** There are keys, but the cipher or the version is not read. */
    void settleUnsupported(String name) {
        if (!session.hasKeys()) {
            settle(Fate.TLS_WITHOUT_KEYS);
            return;
        }
        settle(Fate.TLS_UNSUPPORTED);
        tally.tlsUnsupported(name);
    }

    /**
     * Nothing more comes.
     *
     * @param lost why a direction could not be read any further
     */
    void end(Optional<Fate> lost) {
        if (opened || settled.isPresent()) return;
        if (lost.isPresent()) settle(lost.get());
        else if (!session.hasClient()) settle(Fate.TLS_BEGINNING_MISSING);
        else if (session.hasKeys()) packets.decide(Fate.TLS_HANDSHAKE);
        else settle(Fate.TLS_WITHOUT_KEYS);
    }
}

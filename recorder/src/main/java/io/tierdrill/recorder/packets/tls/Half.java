package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.stream.Memory;
import io.tierdrill.recorder.packets.stream.Side;
import java.util.Optional;

/**
 * Where one direction stands:
 *
 * <pre>
 *   PLAIN -> [EARLY ->] HANDSHAKE -> APPLICATION     TLS 1.3
 *   PLAIN -> APPLICATION                             TLS 1.2
 * </pre>
 *
 * One thread.
 */
final class Half {
    enum Phase {
        PLAIN,
        EARLY,
        HANDSHAKE,
        APPLICATION
    }

    /** Records of a handshake that may pass unread while only the secret of what follows is known. */
    private static final int MOST_UNREAD = 100;

    private final Side side;
    private final HandshakeReader handshake;
    private Phase phase = Phase.PLAIN;
    private Optional<RecordOpener> opener = Optional.empty();
    private byte[] secret = {};
    private boolean blind;
    private int unread;
    private Optional<Fate> lost = Optional.empty();
    private boolean finished;

    Half(Side side, Memory memory) {
        this.side = side;
        this.handshake = new HandshakeReader(memory);
    }

    Side side() {
        return side;
    }

    HandshakeReader handshake() {
        return handshake;
    }

    Phase phase() {
        return phase;
    }

    /** The keys of the next phase are other ones. */
    void enter(Phase next) {
        phase = next;
        opener = Optional.empty();
        blind = false;
    }

    Optional<RecordOpener> opener() {
        return opener;
    }

    /** @param withSecret from which updated keys follow; empty in TLS 1.2 */
    void openWith(RecordOpener with, byte[] withSecret) {
        opener = Optional.of(with);
        secret = withSecret;
    }

    byte[] secret() {
        return secret;
    }

    /** The handshake cannot be read: the first record that opens ends it. */
    void goBlind() {
        blind = true;
    }

    boolean isBlind() {
        return blind;
    }

    /** Passes a record of the handshake that cannot be read; false when there were too many. */
    boolean passUnread() {
        return ++unread <= MOST_UNREAD;
    }

    /** It opened: the handshake is over. */
    void sees() {
        if (!blind) return;
        blind = false;
        phase = Phase.APPLICATION;
    }

    /** What becomes of the packets of this direction, once it cannot be read. */
    Optional<Fate> lost() {
        return lost;
    }

    void lose(Fate fate) {
        if (lost.isEmpty()) lost = Optional.of(fate);
    }

    /** Whether the reader of the content was told that this side has sent all. */
    boolean isFinished() {
        return finished;
    }

    void finish() {
        finished = true;
    }
}

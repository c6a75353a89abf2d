package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.tls.HelloReader.ClientHello;
import io.tierdrill.recorder.packets.tls.HelloReader.ServerHello;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Follows the handshake of a connection, in clear and within records. One thread. */
final class Handshake {
    private final Session session;
    private final Unsettled packets;
    private final KeyLog keys;

    Handshake(Session session, Unsettled packets, KeyLog keys) {
        this.session = session;
        this.packets = packets;
        this.keys = keys;
    }

    void take(Half half, ByteBuffer bytes) {
        half.handshake().take(bytes, (type, content) -> message(half, type, content));
    }

    private void message(Half half, int type, byte[] content) {
        if (packets.settled().isPresent()) return;
        switch (type) {
            case HandshakeReader.CLIENT_HELLO -> clientHello(half, content);
            case HandshakeReader.SERVER_HELLO -> serverHello(content);
            case HandshakeReader.ENCRYPTED_EXTENSIONS ->
                HelloReader.encrypted(content).ifPresent(session::encryptedExtensions);
            case HandshakeReader.END_OF_EARLY_DATA -> {
                if (half.phase() == Half.Phase.EARLY) half.enter(Half.Phase.HANDSHAKE);
            }
            case HandshakeReader.FINISHED -> finished(half);
            case HandshakeReader.KEY_UPDATE -> updateKeys(half);
            default -> {}
        }
    }

    private void clientHello(Half half, byte[] content) {
        Optional<ClientHello> hello = HelloReader.client(content);
        if (hello.isEmpty()) {
            packets.settle(Fate.TLS_BEGINNING_MISSING);
            return;
        }
        session.clientHello(half.side(), hello.get());
        if (!keys.grows() && !session.hasKeys()) packets.settle(Fate.TLS_WITHOUT_KEYS);
    }

    private void serverHello(byte[] content) {
        Optional<ServerHello> hello = HelloReader.server(content);
        if (hello.isEmpty() || !session.hasClient()) {
            packets.settle(Fate.TLS_BEGINNING_MISSING);
            return;
        }
        session.serverHello(hello.get());
        if (hello.get().retry()) return;
        session.unsupported().ifPresent(name -> packets.settleUnsupported(name));
    }

    private void finished(Half half) {
        if (!session.isTls13() || half.phase() != Half.Phase.HANDSHAKE) return;
        half.enter(Half.Phase.APPLICATION);
        if (half.side() != session.clientSide()) session.serverFinished();
    }

    private void updateKeys(Half half) {
        if (!session.isTls13() || half.phase() != Half.Phase.APPLICATION) return;
        byte[] next = session.nextSecret(half.secret());
        half.openWith(session.opener(next), next);
    }
}

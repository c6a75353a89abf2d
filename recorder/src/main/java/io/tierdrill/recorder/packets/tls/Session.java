package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.stream.Side;
import io.tierdrill.recorder.packets.tls.HelloReader.ClientHello;
import io.tierdrill.recorder.packets.tls.HelloReader.ServerHello;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** What the two sides agreed on, and the keys that follow from it. One thread. */
final class Session {
    private static final int TLS12 = 0x0303;
    private static final int TLS13 = 0x0304;
    private static final int GCM_FIXED_IV_BYTES = 4;
    private static final int IV_BYTES = 12;

    /** What became of data that the client sent before the server had answered. */
    enum Early {
        UNDECIDED,
        ACCEPTED,
        REFUSED
    }

    private final KeyLog keys;
    private final Engines engines;
    private Optional<ClientHello> client = Optional.empty();
    private Optional<ServerHello> server = Optional.empty();
    private Optional<String> protocol = Optional.empty();
    private Early early = Early.UNDECIDED;
    private Side clientSide = Side.INITIATOR;

    Session(KeyLog keys, Engines engines) {
        this.engines = engines;
        this.keys = keys;
    }

    void clientHello(Side from, ClientHello hello) {
        clientSide = from;
        client = Optional.of(hello);
    }

    void serverHello(ServerHello hello) {
        if (hello.retry()) {
            early = Early.REFUSED;
            return;
        }
        server = Optional.of(hello);
        protocol = hello.protocol();
        if (!isTls13()) early = Early.REFUSED;
    }

    void encryptedExtensions(HelloReader.EncryptedExtensions extensions) {
        protocol = extensions.protocol();
        early = extensions.earlyData() ? Early.ACCEPTED : Early.REFUSED;
    }

    /** The server has finished its handshake; where that could not be read, early data is tried. */
    void serverFinished() {
        if (early == Early.UNDECIDED) early = Early.ACCEPTED;
    }

    boolean hasClient() {
        return client.isPresent();
    }

    /** Whether there are keys to any connection. */
    boolean mayHaveKeys() {
        return !keys.isEmpty();
    }

    boolean hasKeys() {
        return client.isPresent() && keys.knows(random());
    }

    private ClientRandom random() {
        return ClientRandom.of(client.orElseThrow().random());
    }

    /** Who is asked for, for people. */
    String serverName() {
        String name = client.map(ClientHello::serverName).orElse("");
        return name.isEmpty() ? "(no name)" : name;
    }

    Side clientSide() {
        return clientSide;
    }

    /** Of the application, such as {@code h2}, where the two sides agreed on one. */
    Optional<String> protocol() {
        return protocol;
    }

    boolean isTls13() {
        return server.isPresent() && server.get().version() == TLS13;
    }

    boolean isTls12() {
        return server.isPresent() && server.get().version() == TLS12;
    }

    boolean offersEarlyData() {
        return client.isPresent() && client.get().earlyData();
    }

    Early early() {
        return early;
    }

    /** What is not read about it, or empty when it is. */
    Optional<String> unsupported() {
        ServerHello hello = server.orElseThrow();
        boolean known = (isTls12() || isTls13())
                && hello.plain()
                && suite().filter(s -> s.isTls13() == isTls13()).isPresent();
        if (known) return Optional.empty();
        String version = hello.version() >> 8 == 3 ? "TLS 1." + ((hello.version() & 255) - 1) : "TLS";
        return Optional.of(version + " " + CipherSuite.name(hello.suite()) + (hello.plain() ? "" : ", compressed"));
    }

    private Optional<CipherSuite> suite() {
        return CipherSuite.of(server.orElseThrow().suite());
    }

    Optional<byte[]> secret(SecretLabel label) {
        return keys.find(label, random());
    }

    /** TLS 1.3. */
    RecordOpener opener(byte[] secret) {
        try {
            return AeadOpener.ofSecret(engines, suite().orElseThrow(), secret);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java lacks what every Java 17 has", missing);
        }
    }

    /** TLS 1.3: the secret that follows on an update of the key (RFC 8446, 7.2). */
    byte[] nextSecret(byte[] secret) {
        try {
            return Hkdf.expandLabel(suite().orElseThrow().prf(), secret, "traffic upd", secret.length);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java lacks what every Java 17 has", missing);
        }
    }

    /** TLS 1.2 (RFC 5246, 6.3): the keys of both sides are cut from one block. */
    RecordOpener opener12(byte[] masterSecret, boolean ofClient) {
        try {
            return cut(suite().orElseThrow(), masterSecret, ofClient);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java lacks what every Java 17 has", missing);
        }
    }

    private RecordOpener cut(CipherSuite suite, byte[] master, boolean ofClient) throws GeneralSecurityException {
        int macBytes =
                suite.kind() == CipherSuite.Kind.CBC ? engines.mac(suite.mac()).getMacLength() : 0;
        int ivBytes = switch (suite.kind()) {
            case GCM -> GCM_FIXED_IV_BYTES;
            case CHACHA -> IV_BYTES;
            default -> 0;
        };
        ByteBuffer seed = ByteBuffer.allocate(64);
        seed.put(server.orElseThrow().random()).put(client.orElseThrow().random());
        int length = 2 * (macBytes + suite.keyBytes() + ivBytes);
        ByteBuffer block = ByteBuffer.wrap(Hkdf.prf(suite.prf(), master, "key expansion", seed.array(), length));
        byte[] mac = part(block, macBytes, ofClient);
        byte[] key = part(block, suite.keyBytes(), ofClient);
        byte[] iv = part(block, ivBytes, ofClient);
        if (suite.kind() == CipherSuite.Kind.CBC)
            return new CbcOpener(engines, suite, server.orElseThrow().macOutside(), mac, key);
        return new AeadOpener(engines, suite, false, key, iv);
    }

    /** The client's part stands before the server's. */
    private static byte[] part(ByteBuffer block, int length, boolean ofClient) {
        byte[] clients = new byte[length];
        byte[] servers = new byte[length];
        block.get(clients).get(servers);
        return ofClient ? clients : servers;
    }
}

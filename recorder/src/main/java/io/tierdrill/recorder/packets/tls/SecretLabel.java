package io.tierdrill.recorder.packets.tls;

/** Kinds of secret in a key log, as its lines name them, that are of use; others are passed over. */
enum SecretLabel {
    /** The master secret of TLS 1.2. */
    CLIENT_RANDOM,
    CLIENT_EARLY_TRAFFIC_SECRET,
    CLIENT_HANDSHAKE_TRAFFIC_SECRET,
    SERVER_HANDSHAKE_TRAFFIC_SECRET,
    CLIENT_TRAFFIC_SECRET_0,
    SERVER_TRAFFIC_SECRET_0
}

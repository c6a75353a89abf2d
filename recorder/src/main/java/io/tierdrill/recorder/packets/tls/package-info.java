/**
 * TLS 1.2 and 1.3 with the secrets that one of its ends wrote into a key log.
 * {@link io.tierdrill.recorder.packets.tls.TlsConversations} makes the readers: a {@code RecordReader} per direction finds
 * the records, {@code TlsConversation} follows the handshake and opens them, and what was in them is read as if it had
 * come in clear. {@link io.tierdrill.recorder.packets.tls.KeyLog} holds the secrets.
 */
package io.tierdrill.recorder.packets.tls;

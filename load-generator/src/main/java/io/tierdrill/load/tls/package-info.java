/**
 * TLS as clients speak it: {@link io.tierdrill.load.tls.TlsConfig} holds the settings,
 * {@link io.tierdrill.load.tls.TlsClient} makes the handler of each connection and tells which handshakes were resumed.
 */
package io.tierdrill.load.tls;

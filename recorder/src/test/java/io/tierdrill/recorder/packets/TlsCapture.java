package io.tierdrill.recorder.packets;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A capture that {@code make.sh} made of a server, a client and their key log, with the rows of the server's own log. */
record TlsCapture(String name) {
    /** All of them. */
    static final List<TlsCapture> ALL = List.of(
            new TlsCapture("tls12-aes128-gcm-http1"),
            new TlsCapture("tls12-aes256-gcm-http2"),
            new TlsCapture("tls12-chacha20-http2"),
            new TlsCapture("tls12-aes128-cbc-http1"),
            new TlsCapture("tls12-aes256-cbc-rsa-http1"),
            new TlsCapture("tls12-cbc-mac-inside-http1"),
            new TlsCapture("tls13-aes128-gcm-http1"),
            new TlsCapture("tls13-aes256-gcm-http2"),
            new TlsCapture("tls13-chacha20-http2"),
            new TlsCapture("tls13-key-update-http1"),
            new TlsCapture("tls12-resumed-http1"),
            new TlsCapture("tls13-resumed-http1"),
            new TlsCapture("tls13-early-data-http1"));

    byte[] packets() {
        return read(".pcap");
    }

    byte[] keys() {
        return read(".keys");
    }

    /** {@code method scheme authority path status bytes request-bytes}, in the order of the server's log. */
    List<String> rows() {
        return new String(read(".rows"), StandardCharsets.US_ASCII).lines().toList();
    }

    private byte[] read(String ending) {
        try (InputStream in = TlsCapture.class.getResourceAsStream("tls/" + name + ending)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static KeyLog keyLog(byte[] text) {
        KeyLog keys = KeyLog.empty();
        keys.add("keys", text);
        return keys;
    }

    Imported imported() {
        return Imported.of(packets(), CaptureOptions.defaults(), keyLog(keys()));
    }

    /** As the rows of the server's log. */
    static List<String> rows(List<RequestRecord> requests) {
        return requests.stream().map(TlsCapture::row).toList();
    }

    private static String row(RequestRecord r) {
        String response = r.response()
                .map(p -> p.status() + " " + p.bytes().map(String::valueOf).orElse("-"))
                .orElse("- -");
        return String.join(
                " ",
                r.method(),
                r.scheme(),
                r.authority(),
                r.path(),
                response,
                Long.toString(r.body().size()));
    }

    @Override
    public String toString() {
        return name;
    }
}

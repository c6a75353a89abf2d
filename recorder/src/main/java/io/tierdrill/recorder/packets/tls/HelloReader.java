package io.tierdrill.recorder.packets.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Reads the messages that decide about keys (RFC 8446, 4.1 and 4.3.1). Empty where a message is damaged. Stateless. */
final class HelloReader {
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int ENCRYPT_THEN_MAC = 22;
    private static final int EARLY_DATA = 42;
    private static final int SUPPORTED_VERSIONS = 43;

    private static final int MOST_NAME_BYTES = 255;
    /** A ServerHello with this random asks for another ClientHello (RFC 8446, 4.1.3). */
    private static final byte[] RETRY =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    /** @param serverName who is asked for, or empty */
    record ClientHello(byte[] random, String serverName, boolean earlyData) {}

    /**
     * @param version as agreed on: 0x0303 is TLS 1.2, 0x0304 TLS 1.3
     * @param retry whether another ClientHello is asked for
     * @param plain whether nothing is compressed
     * @param protocol of the application, where told here
     */
    record ServerHello(
            byte[] random,
            int version,
            int suite,
            boolean retry,
            boolean plain,
            boolean macOutside,
            Optional<String> protocol) {}

    /** @param earlyData whether the server takes it */
    record EncryptedExtensions(Optional<String> protocol, boolean earlyData) {}

    private HelloReader() {}

    static Optional<ClientHello> client(byte[] message) {
        try {
            ByteBuffer in = ByteBuffer.wrap(message);
            in.getShort();
            byte[] random = bytes(in, 32);
            bytes(in, in.get() & 0xff);
            bytes(in, in.getShort() & 0xffff);
            bytes(in, in.get() & 0xff);
            Map<Integer, ByteBuffer> extensions = extensions(in);
            boolean early = extensions.containsKey(EARLY_DATA);
            return Optional.of(new ClientHello(random, serverName(extensions), early));
        } catch (BufferUnderflowException cut) {
            return Optional.empty();
        }
    }

    static Optional<ServerHello> server(byte[] message) {
        try {
            ByteBuffer in = ByteBuffer.wrap(message);
            int version = in.getShort() & 0xffff;
            byte[] random = bytes(in, 32);
            bytes(in, in.get() & 0xff);
            int suite = in.getShort() & 0xffff;
            boolean plain = in.get() == 0;
            Map<Integer, ByteBuffer> extensions = extensions(in);
            ByteBuffer newer = extensions.get(SUPPORTED_VERSIONS);
            return Optional.of(new ServerHello(
                    random,
                    newer == null ? version : newer.getShort() & 0xffff,
                    suite,
                    Arrays.equals(random, RETRY),
                    plain,
                    extensions.containsKey(ENCRYPT_THEN_MAC),
                    protocol(extensions)));
        } catch (BufferUnderflowException cut) {
            return Optional.empty();
        }
    }

    static Optional<EncryptedExtensions> encrypted(byte[] message) {
        try {
            Map<Integer, ByteBuffer> extensions = extensions(ByteBuffer.wrap(message));
            return Optional.of(new EncryptedExtensions(protocol(extensions), extensions.containsKey(EARLY_DATA)));
        } catch (BufferUnderflowException cut) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        if (count > in.remaining()) throw new BufferUnderflowException();
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private static Map<Integer, ByteBuffer> extensions(ByteBuffer in) {
        Map<Integer, ByteBuffer> extensions = new HashMap<>();
        if (!in.hasRemaining()) return extensions;
        ByteBuffer all = ByteBuffer.wrap(bytes(in, in.getShort() & 0xffff));
        while (all.hasRemaining()) {
            int type = all.getShort() & 0xffff;
            extensions.put(type, ByteBuffer.wrap(bytes(all, all.getShort() & 0xffff)));
        }
        return extensions;
    }

    /** Visible ASCII only, so that it may stand in an account. */
    private static String serverName(Map<Integer, ByteBuffer> extensions) {
        ByteBuffer names = extensions.get(SERVER_NAME);
        if (names == null || names.remaining() < 5) return "";
        names.getShort();
        if (names.get() != 0) return "";
        String name = new String(bytes(names, names.getShort() & 0xffff), StandardCharsets.ISO_8859_1);
        boolean usable = name.length() <= MOST_NAME_BYTES && name.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return usable ? name : "";
    }

    /** The one protocol that the server chose (RFC 7301, 3.1). */
    private static Optional<String> protocol(Map<Integer, ByteBuffer> extensions) {
        ByteBuffer list = extensions.get(ALPN);
        if (list == null) return Optional.empty();
        list.getShort();
        return Optional.of(new String(bytes(list, list.get() & 0xff), StandardCharsets.ISO_8859_1));
    }
}

package io.tierdrill.profiler.proc;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of {@code /proc/net/tcp}, {@code udp} and their like of IPv6, see {@code proc_net_tcp(5)}. */
final class SocketRows {
    private static final String LISTENING = "0A";
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int QUEUES = 4;
    private static final int CHUNK = 4096;

    private SocketRows() {}

    /**
     * How many complete connections wait at each listener, by its local address as the kernel writes it. Listeners stand
     * before all connections, so a machine with a hundred thousand of those costs no more than an idle one.
     */
    static Map<String, Long> listeners(Path tcp) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] chunk = new byte[CHUNK];
        try (InputStream rows = Files.newInputStream(tcp)) {
            for (int got = rows.read(chunk); got > 0; got = rows.read(chunk)) {
                text.append(new String(chunk, 0, got, StandardCharsets.US_ASCII));
                if (hasOther(text)) break;
            }
        }
        return listening(text.toString());
    }

    private static boolean hasOther(CharSequence text) {
        return rows(text.toString()).stream().anyMatch(f -> !f[STATE].equals(LISTENING));
    }

    static Map<String, Long> listening(String text) {
        Map<String, Long> waiting = new HashMap<>();
        for (String[] fields : rows(text)) {
            if (!fields[STATE].equals(LISTENING)) break;
            String received = fields[QUEUES].substring(fields[QUEUES].indexOf(':') + 1);
            waiting.put(fields[LOCAL], Long.parseLong(received, 16));
        }
        return waiting;
    }

    /** Datagrams dropped at each UDP socket, by its local address as the kernel writes it. */
    static Map<String, Long> dropped(String udp) {
        Map<String, Long> dropped = new HashMap<>();
        for (String[] fields : rows(udp))
            dropped.merge(fields[LOCAL], Long.parseLong(fields[fields.length - 1]), Long::sum);
        return dropped;
    }

    /** Whole rows only, without the heading. */
    private static List<String[]> rows(String text) {
        int end = text.lastIndexOf('\n');
        return text.substring(0, Math.max(0, end))
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > QUEUES && fields[0].endsWith(":"))
                .toList();
    }

    /** Under which local addresses a socket may stand that takes what is sent there, the likeliest first. */
    static List<String> keys(InetSocketAddress address) {
        String port = String.format(Locale.ROOT, ":%04X", address.getPort());
        InetAddress ip = address.getAddress();
        if (!(ip instanceof Inet4Address)) return List.of(words(ip.getAddress()) + port, "0".repeat(32) + port);
        String four = words(ip.getAddress());
        return List.of(four + port, "00000000" + port, "0000000000000000FFFF0000" + four + port, "0".repeat(32) + port);
    }

    /** The kernel prints words of 32 bits as the processor holds them; ours hold the least byte first. */
    private static String words(byte[] address) {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < address.length; word += 4)
            for (int i = 3; i >= 0; i--) words.append(String.format(Locale.ROOT, "%02X", address[word + i]));
        return words.toString();
    }
}

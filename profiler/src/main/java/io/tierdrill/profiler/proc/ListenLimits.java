package io.tierdrill.profiler.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many connections may wait at each listener. The kernel tells that over netlink alone, so {@code ss} of iproute2 is
 * asked, rarely; where there is none, nobody knows.
 */
final class ListenLimits {
    private static final long PATIENCE_SECONDS = 1;

    private ListenLimits() {}

    /** By {@code host:port} as {@code ss} writes it, without brackets. */
    static Map<String, Long> read() {
        try {
            Process ss = new ProcessBuilder("ss", "-Hltn")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ss.getOutputStream().close();
            String said = new String(ss.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!ss.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) ss.destroyForcibly();
            return parse(said);
        } catch (IOException noSuchCommand) {
            return Map.of();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    /** Lines {@code LISTEN waiting limit local peer}. */
    static Map<String, Long> parse(String said) {
        Map<String, Long> limits = new HashMap<>();
        for (String line : (Iterable<String>) said.lines()::iterator) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length >= 4 && fields[0].equals("LISTEN"))
                limits.put(plain(fields[3]), Long.parseLong(fields[2]));
        }
        return limits;
    }

    /** Sockets of IPv6 that were bound to an address of IPv4 are written {@code [::ffff:127.0.0.1]:80}. */
    private static String plain(String local) {
        return local.replace("[::ffff:", "").replace("[", "").replace("]", "");
    }
}

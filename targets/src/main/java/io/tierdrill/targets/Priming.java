package io.tierdrill.targets;

import io.tierdrill.model.time.NanoClock;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs a fresh stack in before anybody measures it. Tiers that are JVMs serve their first hundreds of requests from
 * interpreted code, ten times as dear; an open-loop load that meets them so piles up, every request in the pile wants a
 * connection of its own, and the stack drowns in connections that it would never see warm. A few clients in a closed
 * loop cannot pile up, however slow the answers are. New connections now and then, so that every balancer and every
 * instance gets its share of them.
 *
 * @param entry where the requests go
 * @param host what they ask for
 * @param clients at once
 * @param requests in all, at most
 */
record Priming(InetSocketAddress entry, String host, int clients, int requests) {
    private static final int REQUESTS_A_CONNECTION = 10;
    private static final int LONGEST_LINE = 8192;

    /** Returns when the requests are answered or the time is over. How many were answered. */
    long run(NanoClock clock, long nanos, int timeoutMillis) throws InterruptedException {
        long endNanos = clock.nanos() + nanos;
        AtomicLong left = new AtomicLong(requests);
        AtomicLong answered = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= clients; i++) {
            Thread client = new Thread(() -> ask(clock, endNanos, timeoutMillis, left, answered), "priming-" + i);
            client.setDaemon(true);
            client.start();
            threads.add(client);
        }
        for (Thread client : threads) client.join();
        return answered.get();
    }

    private void ask(NanoClock clock, long endNanos, int timeoutMillis, AtomicLong left, AtomicLong answered) {
        byte[] request = ("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        while (clock.nanos() - endNanos < 0 && left.get() > 0) {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(timeoutMillis);
                socket.setTcpNoDelay(true);
                socket.connect(entry, timeoutMillis);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (int i = 0; i < REQUESTS_A_CONNECTION; i++) {
                    if (clock.nanos() - endNanos >= 0 || left.getAndDecrement() <= 0) return;
                    socket.getOutputStream().write(request);
                    skipAnswer(in);
                    answered.incrementAndGet();
                }
            } catch (IOException refusedOrSlow) {
                // A stack that fails its first requests shows it in the run that follows; here it only stays cold.
                left.decrementAndGet();
            }
        }
    }

    private static void skipAnswer(InputStream in) throws IOException {
        long length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:"))
                length = Long.parseLong(lower.substring(15).strip());
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > LONGEST_LINE) throw new IOException("no answer");
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }
}

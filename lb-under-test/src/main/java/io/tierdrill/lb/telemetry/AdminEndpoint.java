package io.tierdrill.lb.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code /metrics} and {@code /healthz} on a port of their own, served by one daemon thread. */
final class AdminEndpoint implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService thread;

    private AdminEndpoint(HttpServer server, ExecutorService thread) {
        this.server = server;
        this.thread = thread;
    }

    static AdminEndpoint open(InetAddress host, String role, PrometheusMeterRegistry registry) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, 0), 0);
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> daemon(task, role));
        server.setExecutor(thread);
        server.createContext("/metrics", exchange -> answer(exchange, scrape(exchange, registry)));
        server.createContext("/healthz", exchange -> answer(exchange, "ok\n".getBytes(StandardCharsets.US_ASCII)));
        CompletableFuture.runAsync(server::start, thread).join();
        return new AdminEndpoint(server, thread);
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
    }

    /** The server's own dispatcher thread is started from this one and so is a daemon too. */
    private static Thread daemon(Runnable task, String role) {
        Thread thread = new Thread(task, role);
        thread.setDaemon(true);
        return thread;
    }

    private static byte[] scrape(HttpExchange exchange, PrometheusMeterRegistry registry) throws IOException {
        Set<String> names = wanted(exchange.getRequestURI().getRawQuery());
        ByteArrayOutputStream text = new ByteArrayOutputStream(8192);
        if (names.isEmpty()) registry.scrape(text, TEXT);
        else registry.scrape(text, TEXT, names);
        return text.toByteArray();
    }

    /** The {@code name[]} parameters; a counter is known to the registry without its ending, so both forms count. */
    private static Set<String> wanted(String query) {
        Set<String> names = new HashSet<>();
        if (query == null) return names;
        for (String pair : query.split("&")) {
            String text = URLDecoder.decode(pair, StandardCharsets.UTF_8);
            if (!text.startsWith("name[]=")) continue;
            String name = text.substring("name[]=".length());
            names.add(name);
            if (name.endsWith("_total")) names.add(name.substring(0, name.length() - "_total".length()));
        }
        return names;
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", TEXT);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}

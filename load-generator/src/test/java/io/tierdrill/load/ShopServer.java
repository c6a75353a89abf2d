package io.tierdrill.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server for tests that answers as it is told and remembers what it was asked, headers and body too. */
final class ShopServer implements AutoCloseable {
    /** A request as it came in. */
    record Asked(String method, String path, String host, String cookie, String authorization, String body) {}

    /** How one request is answered. */
    interface Counter {
        Reply serve(Asked asked, HttpExchange exchange);
    }

    /** Status and body. */
    record Reply(int status, byte[] body) {
        static Reply of(int status, String body) {
            return new Reply(status, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    ShopServer(Counter counter) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                Asked request = read(exchange);
                asked.add(request);
                Reply reply = counter.serve(request, exchange);
                exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
                if (reply.body().length > 0) exchange.getResponseBody().write(reply.body());
            }
        });
        server.start();
    }

    private static Asked read(HttpExchange exchange) throws IOException {
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                header(exchange, "Host"),
                header(exchange, "Cookie"),
                header(exchange, "Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    List<Asked> asked() {
        return asked;
    }

    List<String> paths() {
        return asked.stream().map(Asked::path).toList();
    }

    Target target() {
        return new Target("127.0.0.1", server.getAddress().getPort(), Optional.empty());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package io.tierdrill.recorder.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** {@code /metrics} and {@code /healthz} of a recording, on a port beside the traffic. Thread-safe. */
public final class MetricsEndpoint implements AutoCloseable {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;

    private MetricsEndpoint(HttpServer server) {
        this.server = server;
    }

    /**
     * @param listen port 0 takes any free one
     * @param metrics asked for the page each time, from another thread
     * @throws BadInputException when the address cannot be listened on
     */
    public static MetricsEndpoint start(InetSocketAddress listen, Supplier<String> metrics)
            throws IOException, BadInputException {
        HttpServer server = listenOn(listen);
        server.createContext("/metrics", exchange -> answer(exchange, metrics.get()));
        server.createContext("/healthz", exchange -> answer(exchange, "ok\n"));
        server.start();
        return new MetricsEndpoint(server);
    }

    private static HttpServer listenOn(InetSocketAddress listen) throws IOException, BadInputException {
        try {
            return HttpServer.create(listen, 16);
        } catch (BindException refused) {
            throw new BadInputException(new Problem(
                    listen.getHostString() + ":" + listen.getPort(),
                    "",
                    "cannot listen here: " + refused.getMessage(),
                    "Stop whoever uses it, or give another address or port 0 for any free one."));
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TYPE);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}

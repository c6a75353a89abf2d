package io.tierdrill.load.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * {@code /metrics} and {@code /healthz} on a port of their own, in the form the reader asks for: text, OpenMetrics, or
 * protobuf, which alone carries native histograms. Answers on a thread of its own, one reader after the other.
 */
final class MetricsPage implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final PrometheusRegistry registry;
    private final ExpositionFormats formats = ExpositionFormats.init();

    private MetricsPage(HttpServer server, PrometheusRegistry registry) {
        this.server = server;
        this.registry = registry;
        server.createContext("/metrics", this::metrics);
        server.createContext("/healthz", e -> answer(e, "text/plain", "ok\n".getBytes(StandardCharsets.UTF_8)));
        server.start();
    }

    /** @param listen port 0 takes any free one */
    static MetricsPage open(InetSocketAddress listen, PrometheusRegistry registry) throws BadInputException {
        try {
            return new MetricsPage(HttpServer.create(listen, BACKLOG), registry);
        } catch (IOException taken) {
            throw new BadInputException(new Problem(
                    "metrics",
                    "",
                    "cannot listen on " + LiveConfig.text(listen) + ": " + taken.getMessage(),
                    "Stop whoever uses it, or give another address or port 0 for any free one."));
        }
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void metrics(HttpExchange exchange) throws IOException {
        ExpositionFormatWriter writer =
                formats.findWriter(exchange.getRequestHeaders().getFirst("Accept"));
        var page = new ByteArrayOutputStream(1 << 14);
        writer.write(page, registry.scrape());
        answer(exchange, writer.getContentType(), page.toByteArray());
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

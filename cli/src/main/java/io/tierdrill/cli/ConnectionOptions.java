package io.tierdrill.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** In which order, on which connections, from where and in which protocol: the settings of docs/connections.md. */
final class ConnectionOptions {
    private static final String POOL = "pool:";

    @Option(
            names = "--connections",
            paramLabel = "HOW",
            description = "Who shares connections: client, user, recorded, or pool:N. Default: client.")
    private Optional<String> connections;

    @Option(
            names = "--order",
            paramLabel = "user|none",
            description = "Whether a request waits for its user's earlier ones, as it did. Default: user.")
    private Optional<String> order;

    @Option(
            names = "--sources",
            paramLabel = "ADDRESSES",
            split = ",",
            description = "Addresses to come from, such as 127.0.0.2-127.0.0.200; each client keeps its own.")
    private List<String> sources = List.of();

    @Option(names = "--protocol", paramLabel = "http1|http2", description = "Default: http1.")
    private Optional<String> protocol;

    @Option(names = "--tls-ca", paramLabel = "FILE", description = "Trust the certificates in this PEM file.")
    private Optional<Path> ca;

    @Option(
            names = "--tls-name",
            paramLabel = "NAME",
            description = "Ask for this name instead of the target's; recorded: for the host of each request.")
    private Optional<String> name;

    @Option(names = "--tls-insecure", description = "Take any certificate.")
    private boolean insecure;

    @Option(names = "--tls-no-resume", description = "A full handshake for every connection.")
    private boolean full;

    /** As {@code load:} of a scenario would say it. */
    void putInto(Map<String, Object> settings) {
        connections.ifPresent(how -> settings.put("connections", layout(how)));
        order.ifPresent(o -> settings.put("order", o));
        if (!sources.isEmpty()) settings.put("sources", sources);
        protocol.ifPresent(p -> settings.put("protocol", p));
        Map<String, Object> tls = new LinkedHashMap<>();
        ca.ifPresent(file -> tls.put("ca", file.toAbsolutePath().toString()));
        name.ifPresent(n -> tls.put("sni", n));
        if (insecure) tls.put("verify", false);
        if (full) tls.put("resume", false);
        if (!tls.isEmpty()) settings.put("tls", tls);
    }

    private static Map<String, Object> layout(String how) {
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("mode", how.startsWith(POOL) ? "pool" : how);
        if (how.startsWith(POOL)) layout.put("size", how.substring(POOL.length()));
        return layout;
    }
}

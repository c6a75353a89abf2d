package io.tierdrill.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whom users ask for the target's name. */
final class ResolverOptions {
    @Option(
            names = "--dns",
            paramLabel = "ADDRESS:PORT",
            description = "Ask this DNS server for the target's name, again and again as its TTL says.")
    private Optional<String> server;

    @Option(
            names = "--resolvers",
            paramLabel = "N",
            description = "Users have N resolvers of falling weight between them and --dns, each with its own cache.")
    private Optional<String> count;

    @Option(names = "--ecs", description = "The resolvers tell the client's network (EDNS client subnet).")
    private boolean clientSubnet;

    /** Puts the options where the settings of a load have them. */
    void putInto(Map<String, Object> settings) {
        Map<String, Object> resolvers = new LinkedHashMap<>();
        server.ifPresent(text -> resolvers.put("server", text));
        count.ifPresent(text -> resolvers.put("count", text));
        if (clientSubnet) resolvers.put("ecs", true);
        if (!resolvers.isEmpty()) settings.put("resolvers", resolvers);
    }
}

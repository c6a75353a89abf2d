package io.tierdrill.load.http;

import io.tierdrill.model.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Headers that tell the target who sent a request when it was recorded: all requests of a replay come from the
 * injector's own address, so whatever sticks to clients, counts them or records them needs to be told.
 *
 * @param client the header for the recorded client, such as {@code X-Forwarded-For}; empty for none
 * @param user the header for the recorded user; empty for none
 */
public record Identity(Optional<String> client, Optional<String> user) {
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    public Identity {
        client.ifPresent(Identity::check);
        user.ifPresent(Identity::check);
    }

    private static void check(String header) {
        if (!header.matches(TOKEN)) throw new IllegalArgumentException("not the name of a header: '" + header + "'");
    }

    /** Nothing is told. */
    public static Identity none() {
        return new Identity(Optional.empty(), Optional.empty());
    }

    /** Reads the mapping {@code identity}; mistakes become problems of the node's document. */
    public static Identity from(ConfigNode node) {
        Identity identity = new Identity(header(node, "client"), header(node, "user"));
        node.finish();
        return identity;
    }

    private static Optional<String> header(ConfigNode node, String key) {
        String name = node.text(key, "");
        if (name.isEmpty()) return Optional.empty();
        if (name.matches(TOKEN)) return Optional.of(name);
        node.problem(key, "is \"" + name + "\"", "Allowed: the name of a header, such as X-Forwarded-For.");
        return Optional.empty();
    }

    /** As written in a scenario. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        client.ifPresent(header -> map.put("client", header));
        user.ifPresent(header -> map.put("user", header));
        return map;
    }

    /** Whether a recorded header of this name gives way to ours. */
    boolean replaces(String name) {
        return client.isPresent() && client.get().equalsIgnoreCase(name)
                || user.isPresent() && user.get().equalsIgnoreCase(name);
    }
}

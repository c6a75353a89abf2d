package io.tierdrill.scenarios;

import io.tierdrill.model.config.ConfigNode;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Somebody else's stack to aim at, and the permission to do so.
 *
 * @param host name or address
 * @param port from 1 to 65535
 * @param secure whether its connections are secured: {@code https}
 * @param allow hosts the scenario's author says may be loaded; loopback needs no permission
 * @param unsafeMethods whether POST, PUT, PATCH and DELETE are sent as well
 */
public record TargetConfig(String host, int port, boolean secure, List<String> allow, boolean unsafeMethods) {
    public TargetConfig {
        if (port < 1 || port > 65_535) throw new IllegalArgumentException("port must be 1 to 65535, was " + port);
        allow = List.copyOf(allow);
    }

    /** Reads {@code url}, {@code allow} and {@code unsafeMethods}; nothing where the address cannot be used. */
    public static Optional<TargetConfig> from(ConfigNode node) {
        String url = node.requiredText("url");
        List<String> allow = node.texts("allow");
        boolean unsafe = node.flag("unsafeMethods", false);
        node.finish();
        Optional<TargetConfig> target = parse(url, allow, unsafe);
        if (target.isEmpty() && !url.isEmpty()) node.problem("url", "cannot use \"" + url + "\"", URL_HELP);
        target.filter(t -> !t.permitted())
                .ifPresent(t -> node.problem("url", "\"" + t.host() + "\" is not allowed as a target", t.permission()));
        return target;
    }

    /** What an address must look like. */
    public static final String URL_HELP =
            "Allowed: an address such as http://127.0.0.1:8080 or https://127.0.0.1:8443.";

    /** From an address; nothing where it is not {@code http://host[:port]} or {@code https://host[:port]}. */
    public static Optional<TargetConfig> parse(String url, List<String> allow, boolean unsafeMethods) {
        try {
            URI uri = new URI(url);
            boolean bare = uri.getRawPath() == null
                    || uri.getRawPath().isEmpty()
                    || uri.getRawPath().equals("/");
            boolean secure = "https".equals(uri.getScheme());
            if (!secure && !"http".equals(uri.getScheme())
                    || uri.getHost() == null
                    || !bare
                    || uri.getRawQuery() != null) return Optional.empty();
            int port = uri.getPort() < 0 ? (secure ? 443 : 80) : uri.getPort();
            if (port < 1 || port > 65_535) return Optional.empty();
            String host = uri.getHost().replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
            return Optional.of(new TargetConfig(host, port, secure, allow, unsafeMethods));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** A load tester is a weapon: it fires at loopback, or at hosts that somebody wrote down. */
    public boolean permitted() {
        return loopback() || allow.stream().anyMatch(a -> a.equalsIgnoreCase(host));
    }

    /** What the user has to write to be permitted. */
    public String permission() {
        return "Loopback is always allowed. If this host is yours to load, list it: 'allow: [" + host + "]'.";
    }

    /** Whether the host is a loopback address, written as one; names are not looked up, {@code localhost} aside. */
    public boolean loopback() {
        if (host.equals("localhost")) return true;
        if (!host.matches("[0-9.]+|[0-9a-f:]*:[0-9a-f:.]*")) return false;
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (java.net.UnknownHostException notAnAddress) {
            return false;
        }
    }

    /** As {@link #from} reads it back. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("url", (secure ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        map.put("allow", allow);
        map.put("unsafeMethods", unsafeMethods);
        return map;
    }
}

package io.tierdrill.targets.process;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a child says once it listens.
 *
 * @param traffic where it takes traffic
 * @param admin where it answers {@code /metrics} and {@code /healthz}
 */
public record Ready(InetSocketAddress traffic, InetSocketAddress admin) {
    private static final Pattern LINE = Pattern.compile("READY traffic=(\\S+) admin=(\\S+)");

    /** The line as it goes over standard output. */
    public String line() {
        return "READY traffic=" + HostPort.format(traffic) + " admin=" + HostPort.format(admin);
    }

    /** Undoes {@link #line}; nothing where the line is something else. */
    static Optional<Ready> parse(String line) {
        Matcher m = LINE.matcher(line);
        return m.matches()
                ? Optional.of(new Ready(HostPort.parse(m.group(1)), HostPort.parse(m.group(2))))
                : Optional.empty();
    }
}

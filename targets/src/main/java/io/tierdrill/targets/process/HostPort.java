package io.tierdrill.targets.process;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Socket addresses as text, {@code 127.0.3.1:8080} or {@code [::1]:8080}. Only literal addresses: no name is asked. */
public final class HostPort {
    public static final String ALLOWED = "an address and a port, such as 127.0.3.1:8080";

    private HostPort() {}

    public static String format(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Undoes {@link #format}; anything else is an {@link IllegalArgumentException} that says so. */
    public static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) throw wrong(text);
        String host = text.substring(0, colon);
        if (!host.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]")) throw wrong(text);
        try {
            return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(text.substring(colon + 1)));
        } catch (UnknownHostException | IllegalArgumentException notAnAddress) {
            throw wrong(text);
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("must be " + ALLOWED + ", was \"" + text + "\"");
    }
}

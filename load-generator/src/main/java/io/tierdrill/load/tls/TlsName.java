package io.tierdrill.load.tls;

import io.netty.util.NetUtil;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;

/** The name that a connection asks for and whose certificate it wants. Stateless. */
final class TlsName {
    private TlsName() {}

    /** Whether it can be asked for, or is an address, which is verified and not told. */
    static boolean isUsable(String name) {
        return isAddress(name) || !asked(name).isEmpty();
    }

    private static boolean isAddress(String name) {
        return NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
    }

    /**
     * What the handshake tells: the name; nothing of an address (RFC 6066, 3), and nothing of what is no name, as some that
     * were recorded are: the verification speaks of those.
     */
    static List<SNIServerName> asked(String name) {
        if (isAddress(name)) return List.of();
        try {
            return List.of(new SNIHostName(name));
        } catch (IllegalArgumentException noName) {
            return List.of();
        }
    }

    /** The host of {@code HOST}, {@code HOST:PORT} or {@code [ADDRESS]:PORT}. */
    static String ofAuthority(String authority) {
        int end = authority.indexOf(']');
        if (authority.startsWith("[") && end > 0) return authority.substring(1, end);
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }
}

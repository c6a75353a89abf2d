package io.tierdrill.load.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a client who is a copy: {@code 203.0.113.7~2} is the second copy of the client {@code 203.0.113.7}.
 * That name is a key, different for each copy, but no address, and what is told to a target in a header must be one:
 * an address of the same neighbourhood (/16 of public IPv4, the whole private range, /48 of IPv6), chosen one to one for
 * each copy. Two copies of different clients may meet on one address, as people behind one router do. Stateless.
 */
public final class ClientAddress {
    private static final Pattern COPY = Pattern.compile("([0-9a-fA-F:.]+)(?:@(\\d{1,9}))?(?:~(\\d{1,9}))?");

    private ClientAddress() {}

    /** What a target is told: the address of a copy, and every other client as it is. */
    public static String told(String client) {
        int mark = Math.max(client.indexOf('~'), client.indexOf('@'));
        if (mark < 0) return client;
        Matcher m = COPY.matcher(client);
        if (!m.matches()) return client;
        return moved(m.group(1), NewUser.number(number(m.group(2)), number(m.group(3))))
                .orElse(client);
    }

    /** The network that a copy shares with the client recorded, as far as addresses tell: the recorded address. */
    public static Optional<InetAddress> recorded(String client) {
        Matcher m = COPY.matcher(client);
        return m.matches() ? parse(m.group(1)) : Optional.empty();
    }

    /** Whether the text is an address and nothing else. */
    static boolean is(String text) {
        return !text.isEmpty() && parse(text).isPresent();
    }

    private static int number(String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    private static Optional<String> moved(String address, long copy) {
        return parse(address)
                .map(found -> found.getAddress().length == 4
                        ? moved4(found.getAddress(), copy)
                        : moved6(found.getAddress(), copy));
    }

    private static String moved4(byte[] b, long copy) {
        int address = (b[0] & 255) << 24 | (b[1] & 255) << 16 | (b[2] & 255) << 8 | b[3] & 255;
        int mask = (1 << hostBits(b[0] & 255, b[1] & 255)) - 1;
        long chance = Pseudonym.mix(copy * 0x9E3779B97F4A7C15L);
        int moved = (int) ((address & mask) * (chance | 1) + (chance >>> 32)) & mask;
        int all = address & ~mask | moved;
        return (all >>> 24) + "." + (all >>> 16 & 255) + "." + (all >>> 8 & 255) + "." + (all & 255);
    }

    /** Private ranges have no geography to keep and often hold all clients of a trace. */
    private static int hostBits(int first, int second) {
        if (first == 10 || first == 127) return 24;
        if (first == 172 && second >> 4 == 1) return 20;
        if (first == 100 && second >> 6 == 1) return 22;
        return 16;
    }

    private static String moved6(byte[] b, long copy) {
        long low = 0;
        for (int i = 8; i < 16; i++) low = low << 8 | b[i] & 255;
        long moved = Pseudonym.mix(low ^ Pseudonym.mix(copy * 0x9E3779B97F4A7C15L));
        for (int i = 15; i >= 8; i--, moved >>>= 8) b[i] = (byte) moved;
        try {
            return InetAddress.getByAddress(b).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("16 bytes are an address", impossible);
        }
    }

    /** Only what can be nothing but an address, so that no name is ever looked up. */
    private static Optional<InetAddress> parse(String text) {
        boolean six = text.indexOf(':') >= 0 && text.matches("[0-9a-fA-F:.]+");
        if (!six && !text.matches("(\\d{1,3}\\.){3}\\d{1,3}")) return Optional.empty();
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }
}

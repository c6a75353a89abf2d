package io.tierdrill.load.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The network of a client, as told to a DNS server (RFC 7871), or the part of it that an answer is good for.
 *
 * @param address with all bits behind the prefix zero
 */
record Subnet(InetAddress address, int prefix) {
    private static final int OF_IPV4 = 24;
    private static final int OF_IPV6 = 56;

    /** What resolvers tell: a /24, or a /56 of IPv6 (RFC 7871, 11.1). */
    static Subnet of(InetAddress client) {
        return cut(client, client.getAddress().length == 4 ? OF_IPV4 : OF_IPV6);
    }

    /** The larger network of which this is a part. */
    Subnet within(int shorter) {
        return cut(address, Math.min(prefix, shorter));
    }

    private static Subnet cut(InetAddress client, int prefix) {
        byte[] bytes = client.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.max(0, Math.min(8, prefix - 8 * i));
            bytes[i] = (byte) (bytes[i] & 0xff << 8 - kept);
        }
        try {
            return new Subnet(InetAddress.getByAddress(bytes), prefix);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }
}

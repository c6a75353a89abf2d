package io.tierdrill.load.source;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that follow each other.
 *
 * @param first in network order, 4 or 16 bytes
 * @param size how many, 1 to {@value #MOST}
 */
record AddressRange(byte[] first, long size) {
    static final String ALLOWED =
            "addresses such as 127.0.0.2, ranges such as 127.0.0.2-127.0.0.200 and networks such as 127.1.0.0/24";
    private static final long MOST = 1L << 32;
    private static final String NUMERIC = "[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*";

    /** Reads one address, {@code first-last}, or {@code network/prefix}; nothing where it is neither. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0) return address(text.substring(0, slash)).flatMap(a -> network(a, text.substring(slash + 1)));
        int dash = text.indexOf('-');
        if (dash < 0) return address(text).map(a -> new AddressRange(a, 1));
        return address(text.substring(0, dash))
                .flatMap(from -> address(text.substring(dash + 1)).flatMap(to -> between(from, to)));
    }

    private static Optional<byte[]> address(String text) {
        if (!text.strip().matches(NUMERIC)) return Optional.empty(); // Anything else would be looked up.
        try {
            return Optional.of(InetAddress.getByName(text.strip()).getAddress());
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<AddressRange> between(byte[] from, byte[] to) {
        if (from.length != to.length) return Optional.empty();
        BigInteger size = number(to).subtract(number(from)).add(BigInteger.ONE);
        if (size.signum() <= 0 || size.compareTo(BigInteger.valueOf(MOST)) > 0) return Optional.empty();
        return Optional.of(new AddressRange(from, size.longValueExact()));
    }

    /** Those that hosts may have: not the address of the network itself nor, of IPv4, that of its broadcasts. */
    private static Optional<AddressRange> network(byte[] address, String prefixText) {
        if (!prefixText.matches("\\d{1,3}")) return Optional.empty();
        int prefix = Integer.parseInt(prefixText);
        int hostBits = address.length * 8 - prefix;
        if (hostBits < 0 || hostBits > 32) return Optional.empty();
        BigInteger size = BigInteger.ONE.shiftLeft(hostBits);
        BigInteger begin = number(address).divide(size).multiply(size);
        if (hostBits < 2) return Optional.of(new AddressRange(bytes(begin, address.length), size.longValueExact()));
        long inside = size.longValueExact() - (address.length == 4 ? 2 : 1);
        return Optional.of(new AddressRange(bytes(begin.add(BigInteger.ONE), address.length), inside));
    }

    boolean isIpv6() {
        return first.length == 16;
    }

    /** The address with this number, counted from 0. */
    InetAddress at(long index) {
        byte[] address = first.clone();
        long carry = index;
        for (int i = address.length - 1; i >= 0 && carry != 0; i--) {
            carry += address[i] & 0xff;
            address[i] = (byte) carry;
            carry >>>= 8;
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static BigInteger number(byte[] address) {
        return new BigInteger(1, address);
    }

    private static byte[] bytes(BigInteger number, int length) {
        byte[] all = number.toByteArray();
        byte[] address = new byte[length];
        int n = Math.min(length, all.length);
        System.arraycopy(all, all.length - n, address, length - n, n);
        return address;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange r && size == r.size && Arrays.equals(first, r.first);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(first) * 31 + Long.hashCode(size);
    }

    @Override
    public String toString() {
        return at(0).getHostAddress() + (size == 1 ? "" : "-" + at(size - 1).getHostAddress());
    }
}

package io.tierdrill.recorder.redact;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/**
 * Addresses of clients, wherever they stand. Of IPv4 the /24 is kept and the last byte goes through a permutation that
 * the key and the /24 choose; of IPv6 the /48 is kept and the other 80 bits are HMAC of the whole. So distinct clients
 * stay distinct, and the same one is the same in every field. One thread.
 */
final class AddressMask {
    private static final int ROUNDS = 8;
    private static final int TABLE_BYTES = 8;
    private static final int NETWORK_BITS = 14;

    private final ClientAddresses kept;
    private final Pseudonyms pseudonyms;
    private final Recent clients = new Recent(14);
    /** The permutations of the /24 seen last, as the first 24 bits and 64 bytes of tables. */
    private final int[] networks = new int[1 << NETWORK_BITS];

    private final byte[][] tables = new byte[1 << NETWORK_BITS][];

    AddressMask(ClientAddresses kept, Pseudonyms pseudonyms) {
        this.kept = kept;
        this.pseudonyms = pseudonyms;
    }

    /** An address with or without a port, a host name, or a word such as {@code unknown}, which stays. */
    String mask(String raw) {
        if (kept == ClientAddresses.KEEP) return raw;
        long ordinary = kept == ClientAddresses.NETWORK ? Dotted.parse(raw) : Dotted.NONE;
        if (ordinary != Dotted.NONE) return Dotted.withLast(raw, permuted((int) ordinary));
        String known = clients.of(raw, raw.hashCode());
        if (known != null) return known;
        String masked = make(raw);
        clients.put(raw, raw.hashCode(), masked);
        return masked;
    }

    /** The same for bytes that are an ordinary IPv4 address: the length of what it becomes, or 0 where they are none. */
    int mask(byte[] raw, int from, int to, byte[] masked) {
        if (kept != ClientAddresses.NETWORK) return 0;
        long ordinary = Dotted.parse(raw, from, to);
        return ordinary == Dotted.NONE ? 0 : Dotted.withLast(raw, from, to, permuted((int) ordinary), masked);
    }

    private String make(String raw) {
        if (raw.isEmpty() || raw.equals("-") || raw.equalsIgnoreCase("unknown")) return raw;
        int from = raw.startsWith("[") ? 1 : 0;
        int to = from == 1 ? raw.indexOf(']') : isOneColon(raw) ? raw.indexOf(':') : raw.length();
        if (to < 0) return pseudonyms.of(raw);
        String address = raw.substring(from, to);
        String rest = raw.substring(to);
        // A port tells nothing; anything else behind an address might.
        if (!rest.isEmpty() && !rest.matches("]?(:\\d{1,5})?")) return pseudonyms.of(raw);
        return raw.substring(0, from) + bare(address) + rest;
    }

    private static boolean isOneColon(String raw) {
        return raw.indexOf(':') >= 0 && raw.indexOf(':') == raw.lastIndexOf(':');
    }

    private String bare(String address) {
        int zone = address.indexOf('%');
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(zone < 0 ? address : address.substring(0, zone));
        if (bytes == null || kept == ClientAddresses.PSEUDONYM) return pseudonyms.of(address.toLowerCase(Locale.ROOT));
        if (bytes.length == 4) return text4(masked4(bytes));
        return isMapped(bytes) ? "::ffff:" + text4(masked4(Arrays.copyOfRange(bytes, 12, 16))) : text6(masked6(bytes));
    }

    private byte[] masked4(byte[] address) {
        byte[] masked = address.clone();
        masked[3] = (byte) permuted(ByteBuffer.wrap(address).getInt());
        return masked;
    }

    /** What the last byte of an IPv4 address becomes. */
    private int permuted(int address) {
        int network = address >>> 8;
        int slot = network * 0x9e3779b9 >>> Integer.SIZE - NETWORK_BITS;
        // Two places each: networks that meet at one would drive each other out, at two digests a time.
        if (!isAt(slot, network) && isAt(slot ^ 1, network)) slot ^= 1;
        else if (!isAt(slot, network)) slot = learn(slot, network);
        return permuted(address & 0xff, tables[slot]);
    }

    private boolean isAt(int slot, int network) {
        return networks[slot] == network && tables[slot] != null;
    }

    private int learn(int slot, int network) {
        int place = tables[slot] == null ? slot : slot ^ 1;
        networks[place] = network;
        tables[place] = tables(network);
        return place;
    }

    private byte[] tables(int network) {
        byte[] first = {(byte) (network >> 16), (byte) (network >> 8), (byte) network};
        byte[] both = Arrays.copyOf(pseudonyms.keyed('4', first, new byte[] {1}), ROUNDS * TABLE_BYTES);
        System.arraycopy(pseudonyms.keyed('4', first, new byte[] {2}), 0, both, both.length / 2, both.length / 2);
        return both;
    }

    /**
     * Luby and Rackoff's construction on two halves of four bits: eight rounds, each with a table of 16 random nibbles
     * of its own. A permutation whatever the tables are.
     */
    private static int permuted(int value, byte[] tables) {
        int left = value >> 4;
        int right = value & 15;
        for (int round = 0; round < ROUNDS; round++) {
            int pair = tables[round * TABLE_BYTES + (right >> 1)];
            int next = left ^ (pair >> (right % 2 == 0 ? 4 : 0) & 15);
            left = right;
            right = next;
        }
        return left << 4 | right;
    }

    private byte[] masked6(byte[] address) {
        byte[] masked = Arrays.copyOf(pseudonyms.keyed('6', address), 16);
        System.arraycopy(masked, 0, masked, 6, 10);
        System.arraycopy(address, 0, masked, 0, 6);
        // 6to4 has the whole IPv4 address of the client within the /48.
        if (address[0] == 0x20 && address[1] == 0x02)
            System.arraycopy(masked4(Arrays.copyOfRange(address, 2, 6)), 0, masked, 2, 4);
        return masked;
    }

    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < 10; i++) if (address[i] != 0) return false;
        return address[10] == -1 && address[11] == -1;
    }

    private static String text4(byte[] a) {
        return (a[0] & 0xff) + "." + (a[1] & 0xff) + "." + (a[2] & 0xff) + "." + (a[3] & 0xff);
    }

    private static String text6(byte[] address) {
        try {
            return NetUtil.toAddressString(InetAddress.getByAddress(address));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("16 bytes are an address", impossible);
        }
    }
}

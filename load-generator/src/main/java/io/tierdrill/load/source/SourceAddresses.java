package io.tierdrill.load.source;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.ConfigNode;
import io.tierdrill.model.config.Problem;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses that connections come from; none means whichever the system takes. A client keeps its address for as
 * long as the list stays the same: it is chosen by a hash of its key.
 *
 * @param ranges in the order they were written
 */
public record SourceAddresses(List<AddressRange> ranges) {
    /** Beyond loopback every single address is looked for on this machine. */
    private static final long MOST_FOREIGN = 65_536;

    private static final String KEY = "sources";

    public SourceAddresses {
        ranges = List.copyOf(ranges);
    }

    /** Whichever address the system takes. */
    public static SourceAddresses any() {
        return new SourceAddresses(List.of());
    }

    /** Takes {@code sources} out of the node; mistakes become problems. */
    public static SourceAddresses from(ConfigNode node) {
        List<AddressRange> ranges = new ArrayList<>();
        List<String> texts = node.texts(KEY);
        for (String text : texts)
            AddressRange.parse(text)
                    .ifPresentOrElse(
                            ranges::add,
                            () -> node.problem(
                                    KEY, "cannot use \"" + text + "\"", "Allowed: " + AddressRange.ALLOWED + "."));
        return new SourceAddresses(ranges);
    }

    /** Puts them where {@link #from} finds them; nothing where there are none. */
    public void putInto(Map<String, Object> map) {
        if (!isAny()) map.put(KEY, ranges.stream().map(AddressRange::toString).toList());
    }

    public boolean isAny() {
        return ranges.isEmpty();
    }

    /** How many there are. */
    public long size() {
        return ranges.stream().mapToLong(AddressRange::size).sum();
    }

    /** The address of a client for a target of this family; nothing where the list has none of it. */
    public Optional<InetAddress> of(String client, boolean ipv6) {
        return of(number(client), ipv6);
    }

    /** The same for whoever has kept only the {@link #number} of its clients. */
    public Optional<InetAddress> of(long number, boolean ipv6) {
        long total = 0;
        for (AddressRange r : ranges) if (r.isIpv6() == ipv6) total += r.size();
        if (total == 0) return Optional.empty();
        long index = Long.remainderUnsigned(number, total);
        for (AddressRange r : ranges) {
            if (r.isIpv6() != ipv6) continue;
            if (index < r.size()) return Optional.of(r.at(index));
            index -= r.size();
        }
        throw new IllegalStateException("fewer addresses than counted");
    }

    /** Stands for a client. FNV-1a and a finalizer: neighbouring keys must not get neighbouring addresses only. */
    public static long number(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
        return hash ^ hash >>> 29;
    }

    /**
     * Makes sure that this machine has every one of them.
     *
     * @throws BadInputException naming the first that it does not have
     */
    public void check() throws BadInputException {
        Set<InetAddress> own = new HashSet<>();
        for (AddressRange range : ranges) {
            if (range.at(0).isLoopbackAddress() && range.at(range.size() - 1).isLoopbackAddress()) continue;
            if (own.isEmpty()) own.addAll(addressesOfThisMachine());
            if (range.size() > MOST_FOREIGN)
                throw bad(range + " are " + range.size() + " addresses, more than this machine can have");
            for (long i = 0; i < range.size(); i++)
                if (!own.contains(range.at(i)))
                    throw bad("this machine has no address " + range.at(i).getHostAddress());
        }
    }

    private static Set<InetAddress> addressesOfThisMachine() {
        Set<InetAddress> all = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces().forEach(i -> i.inetAddresses().forEach(all::add));
        } catch (SocketException noInterfaces) {
            return Set.of(InetAddress.getLoopbackAddress());
        }
        return all;
    }

    private static BadInputException bad(String what) {
        return new BadInputException(
                new Problem("load." + KEY, "", what, "Use addresses of 127.0.0.0/8, or such as 'ip address' lists."));
    }
}

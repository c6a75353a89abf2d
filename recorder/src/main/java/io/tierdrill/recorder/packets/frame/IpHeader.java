package io.tierdrill.recorder.packets.frame;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Tally;
import java.util.Optional;

/** IPv4 and IPv6 with its extension headers. What cannot be read, or waits for other fragments, is accounted for here. */
final class IpHeader {
    static final int TCP = 6;
    static final int UDP = 17;

    private static final int V6_HEADER = 40;
    private static final int V6_FRAGMENT = 44;
    private static final int V6_AUTHENTICATION = 51;
    /** More are made to harm. */
    private static final int MOST_EXTENSIONS = 16;

    private final Tally tally;
    private final Fragments fragments;

    IpHeader(Tally tally) {
        this.tally = tally;
        this.fragments = new Fragments(tally);
    }

    /** What an IP packet carries. */
    record Payload(Address from, Address to, int protocol, Stretch content) {}

    /** Empty when the packet has been accounted for. */
    Optional<Payload> read(Stretch packet) {
        return switch (packet.u8(0) >> 4) {
            case 4 -> v4(packet);
            case 6 -> v6(packet);
            default -> end(Fate.MALFORMED, packet);
        };
    }

    void finish() {
        fragments.finish();
    }

    private Optional<Payload> v4(Stretch packet) {
        int header = (packet.u8(0) & 15) * 4;
        if (header < 20) return end(Fate.MALFORMED, packet);
        if (!packet.has(header)) return tooShort(packet);
        // Large segments that the network card has yet to cut carry 0.
        int length = packet.u16(2) == 0 ? packet.length() : packet.u16(2);
        if (length < header || length > packet.length()) return end(Fate.MALFORMED, packet);
        Address from = Address.v4(packet.bytes().getInt(12));
        Address to = Address.v4(packet.bytes().getInt(16));
        int protocol = packet.u8(9);
        Stretch content = packet.part(header, length - header);
        boolean more = (packet.u16(6) & 0x2000) != 0;
        int offset = (packet.u16(6) & 0x1fff) * 8;
        if (!more && offset == 0) return Optional.of(new Payload(from, to, protocol, content));
        Fragments.Key key = new Fragments.Key(from, to, protocol, packet.u16(4), packet.network());
        return fragments.take(key, offset, more, content).map(whole -> new Payload(from, to, protocol, whole));
    }

    private Optional<Payload> v6(Stretch packet) {
        if (!packet.has(V6_HEADER)) return tooShort(packet);
        int length = packet.u16(4) == 0 ? packet.length() - V6_HEADER : packet.u16(4);
        if (length > packet.length() - V6_HEADER) return end(Fate.MALFORMED, packet);
        Address from = Address.v6(packet.bytes(), 8);
        Address to = Address.v6(packet.bytes(), 24);
        return extensions(from, to, packet.u8(6), packet.part(V6_HEADER, length), MOST_EXTENSIONS);
    }

    private Optional<Payload> extensions(Address from, Address to, int first, Stretch behind, int most) {
        int next = first;
        Stretch rest = behind;
        for (int left = most; isExtension(next); left--) {
            if (left == 0) return end(Fate.MALFORMED, rest);
            if (!rest.has(8)) return tooShort(rest);
            if (next == V6_FRAGMENT && (rest.u16(2) & ~6) != 0) return fragment(from, to, rest, left);
            int length = next == V6_AUTHENTICATION ? (rest.u8(1) + 2) * 4 : (rest.u8(1) + 1) * 8;
            if (next == V6_FRAGMENT) length = 8;
            if (length > rest.length()) return end(Fate.MALFORMED, rest);
            next = rest.u8(0);
            rest = rest.from(length);
        }
        return Optional.of(new Payload(from, to, next, rest));
    }

    private Optional<Payload> fragment(Address from, Address to, Stretch header, int left) {
        int next = header.u8(0);
        int field = header.u16(2);
        Fragments.Key key =
                new Fragments.Key(from, to, V6_FRAGMENT, header.bytes().getInt(4), header.network());
        return fragments
                .take(key, field & ~7, (field & 1) != 0, header.from(8))
                .flatMap(whole -> extensions(from, to, next, whole, left - 1));
    }

    private static boolean isExtension(int header) {
        return switch (header) {
            case 0, 43, V6_FRAGMENT, V6_AUTHENTICATION, 60, 135, 139, 140 -> true;
            default -> false;
        };
    }

    private Optional<Payload> tooShort(Stretch packet) {
        return end(packet.isCut() ? Fate.CUT : Fate.MALFORMED, packet);
    }

    private Optional<Payload> end(Fate fate, Stretch packet) {
        tally.packets(fate, packet.packets(), packet.place());
        return Optional.empty();
    }
}

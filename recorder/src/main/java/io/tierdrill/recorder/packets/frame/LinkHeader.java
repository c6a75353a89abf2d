package io.tierdrill.recorder.packets.frame;

import java.nio.ByteOrder;
import java.util.Optional;

/** The headers below IP: what follows them, and where. */
final class LinkHeader {
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int MOST_TAGS = 4;

    private static final int NFLOG_HEADER = 4;
    private static final int NFLOG_PAYLOAD = 9;

    private LinkHeader() {}

    /** What a frame holds. */
    enum Content {
        IP,
        /** Some other protocol, such as ARP. */
        OTHER,
        /** The link is of a kind that is not read here. */
        UNKNOWN_LINK,
        /** The header is not all there. */
        SHORT
    }

    /**
     * @param content what follows
     * @param packet the IP packet, empty unless it is one
     */
    record Result(Content content, Optional<Stretch> packet) {
        static Result of(Content content) {
            return new Result(content, Optional.empty());
        }

        static Result ip(Stretch packet) {
            return packet.has(1) ? new Result(Content.IP, Optional.of(packet)) : of(Content.SHORT);
        }
    }

    /** @param linkType as numbered by tcpdump.org */
    static Result read(int linkType, Stretch frame) {
        return switch (linkType) {
            case 0, 108 -> loopback(frame);
            case 1 -> ethernet(frame);
            case 12, 14, 101, 228, 229 -> raw(frame);
            case 113 -> byType(frame, 14, 16);
            case 239 -> nflog(frame);
            case 276 -> byType(frame, 0, 20);
            default -> Result.of(Content.UNKNOWN_LINK);
        };
    }

    static Result ethernet(Stretch frame) {
        return byType(frame, 12, 14);
    }

    /** @param typeAt where the EtherType stands; VLAN tags (802.1Q, 802.1ad) may follow the header */
    private static Result byType(Stretch frame, int typeAt, int length) {
        if (!frame.has(length)) return Result.of(Content.SHORT);
        int type = frame.u16(typeAt);
        int end = length;
        for (int tags = 0; isTag(type) && tags < MOST_TAGS; tags++) {
            if (!frame.has(end + 4)) return Result.of(Content.SHORT);
            type = frame.u16(end + 2);
            end += 4;
        }
        return type == IPV4 || type == IPV6 ? Result.ip(frame.from(end)) : Result.of(Content.OTHER);
    }

    private static boolean isTag(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100;
    }

    /** Four bytes of address family in the byte order of the capturing host, whose numbers for IPv6 differ. */
    private static Result loopback(Stretch frame) {
        if (!frame.has(4)) return Result.of(Content.SHORT);
        int family = frame.bytes().getInt(0);
        if (family < 0 || family > 0xffff) family = Integer.reverseBytes(family);
        boolean ip = family == 2 || family == 10 || family == 23 || family == 24 || family == 28 || family == 30;
        return ip ? Result.ip(frame.from(4)) : Result.of(Content.OTHER);
    }

    private static Result raw(Stretch frame) {
        return Result.ip(frame);
    }

    /** Attributes of {@code length type value}, padded to 4 bytes, in the byte order of the capturing host. */
    private static Result nflog(Stretch frame) {
        if (!frame.has(NFLOG_HEADER + 4)) return Result.of(Content.SHORT);
        boolean little = frame.u8(NFLOG_HEADER + 3) == 0;
        var bytes = frame.bytes().duplicate().order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        for (int at = NFLOG_HEADER; at + 4 <= bytes.limit(); ) {
            int length = bytes.getShort(at) & 0xffff;
            int type = bytes.getShort(at + 2) & 0x7fff;
            if (length < 4) return Result.of(Content.SHORT);
            if (type == NFLOG_PAYLOAD) return Result.ip(frame.part(at + 4, length - 4));
            at += length + 3 & ~3;
        }
        return Result.of(frame.isCut() ? Content.SHORT : Content.OTHER);
    }
}

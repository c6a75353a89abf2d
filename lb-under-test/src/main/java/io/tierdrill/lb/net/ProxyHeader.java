package io.tierdrill.lb.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tierdrill.lb.hash.Flow;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Writes the PROXY protocol header, version 2 (HAProxy, proxy-protocol.txt, section 2.2). Stateless. */
public final class ProxyHeader {
    private static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;

    private ProxyHeader() {}

    /** 28 bytes for IPv4, 52 for IPv6; where the ends differ in family the IPv4 one is written as mapped. */
    public static ByteBuf v2(Flow flow) {
        InetAddress source = flow.source().getAddress();
        InetAddress destination = flow.destination().getAddress();
        boolean four = source instanceof Inet4Address && destination instanceof Inet4Address;
        int length = four ? 12 : 36;
        ByteBuf header = Unpooled.buffer(16 + length, 16 + length).writeBytes(SIGNATURE);
        header.writeByte(PROXY).writeByte(four ? TCP4 : TCP6).writeShort(length);
        header.writeBytes(bytes(source, four)).writeBytes(bytes(destination, four));
        return header.writeShort(flow.source().getPort())
                .writeShort(flow.destination().getPort());
    }

    private static byte[] bytes(InetAddress address, boolean four) {
        byte[] bytes = address.getAddress();
        if (four || bytes.length == 16) return bytes;
        byte[] mapped = new byte[16];
        Arrays.fill(mapped, 10, 12, (byte) 0xff);
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }
}

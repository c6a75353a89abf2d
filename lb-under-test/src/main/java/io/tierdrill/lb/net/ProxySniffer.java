package io.tierdrill.lb.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.tierdrill.lb.hash.Flow;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Finds out by its first bytes whether a connection begins with a PROXY protocol header, version 1 or 2. If so, the next
 * handler first gets an {@link HAProxyMessage}; if not, the bytes as they are. A header that breaks the specification
 * ends the connection.
 */
public final class ProxySniffer extends ByteToMessageDecoder {
    private static final byte[] V1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] V2 = {0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (!begins(in, V1) && !begins(in, V2)) ctx.pipeline().remove(this);
        else if (in.readableBytes() >= V2.length) ctx.pipeline().replace(this, null, new HAProxyMessageDecoder());
    }

    /** Whether the bytes so far agree with the mark. */
    private static boolean begins(ByteBuf in, byte[] mark) {
        int known = Math.min(in.readableBytes(), mark.length);
        for (int i = 0; i < known; i++) if (in.getByte(in.readerIndex() + i) != mark[i]) return false;
        return true;
    }

    /** The flow a header tells of; nothing where it tells none (LOCAL, UNKNOWN, Unix sockets). */
    public static Optional<Flow> flow(HAProxyMessage header) {
        return switch (header.proxiedProtocol()) {
            case TCP4, TCP6 ->
                Optional.of(new Flow(
                        new InetSocketAddress(header.sourceAddress(), header.sourcePort()),
                        new InetSocketAddress(header.destinationAddress(), header.destinationPort())));
            default -> Optional.empty();
        };
    }
}

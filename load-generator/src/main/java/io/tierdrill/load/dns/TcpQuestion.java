package io.tierdrill.load.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.tierdrill.load.loop.IoLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

/** One question over TCP, where the answer did not fit a datagram: a length of two bytes before each message. */
final class TcpQuestion extends ByteToMessageDecoder {
    private final Channel channel;
    private final Consumer<byte[]> answer;

    TcpQuestion(IoLoop loop, InetSocketAddress server, byte[] wire, Consumer<byte[]> answer) {
        this.answer = answer;
        channel = loop.stream();
        channel.pipeline().addLast(this);
        loop.register(channel);
        ByteBuf framed =
                Unpooled.buffer(wire.length + 2).writeShort(wire.length).writeBytes(wire);
        channel.connect(server).addListener((ChannelFutureListener) connected -> send(connected, framed));
    }

    private void send(ChannelFuture connected, ByteBuf framed) {
        if (connected.isSuccess()) channel.writeAndFlush(framed);
        else framed.release();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < 2) return;
        int length = in.getUnsignedShort(in.readerIndex());
        if (in.readableBytes() < 2 + length) return;
        byte[] wire = new byte[length];
        in.skipBytes(2).readBytes(wire);
        answer.accept(wire);
    }

    /** The resolver's deadline decides. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close();
    }

    void close() {
        channel.close();
    }
}

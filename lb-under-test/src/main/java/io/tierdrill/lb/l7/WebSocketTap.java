package io.tierdrill.lb.l7;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.tierdrill.model.time.NanoClock;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.TrafficSink;
import io.tierdrill.model.websocket.CloseCode;
import io.tierdrill.model.websocket.FrameReader;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.util.Optional;

/**
 * Looks at what passes on one WebSocket, in both directions, and tells a {@link TrafficSink} of its messages. Bytes go on
 * in the very buffers they came in, at once and whatever they are. Belongs to the event loop.
 */
final class WebSocketTap {
    private final TrafficSink sink;
    private final NanoClock clock;
    private final byte[] peer;
    private final Direction client = new Direction(Side.CLIENT);
    private final Direction server = new Direction(Side.SERVER);
    private boolean ended;

    WebSocketTap(TrafficSink sink, NanoClock clock, Client of) {
        this.sink = sink;
        this.clock = clock;
        this.peer = PackedMessage.peer(of.address(), of.connection());
    }

    /** Takes its places; to be called before the two are joined. */
    void between(Channel near, Channel far) {
        near.pipeline().addLast(client);
        far.pipeline().addLast(server);
    }

    private void tell(Side from, Opcode opcode, long bytes, Optional<Integer> code, long firstNanos, long lastNanos) {
        sink.message(
                new PackedMessage(Math.max(0, lastNanos), lastNanos - firstNanos, peer, from, opcode, bytes, code));
    }

    /** One side says no more; the first to do so without a close frame has broken off. */
    private void ends(Side side) {
        if (ended) return;
        ended = true;
        if (client.reader.isOver() || server.reader.isOver()) return;
        long now = clock.nanos();
        tell(side, Opcode.CLOSE, 0, Optional.of(CloseCode.ABNORMAL), now, now);
    }

    /** What one side says. */
    private final class Direction extends ChannelInboundHandlerAdapter
            implements FrameReader.Messages, FrameReader.Bytes {
        private final Side from;
        private final FrameReader reader;
        /** Those that are being read. */
        private ByteBuf bytes;

        Direction(Side from) {
            this.from = from;
            this.reader = new FrameReader(this);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!reader.isOver()) {
                bytes = (ByteBuf) message;
                reader.read(this, bytes.readerIndex(), bytes.writerIndex(), clock.nanos());
                bytes = null;
            }
            ctx.fireChannelRead(message);
        }

        @Override
        public byte at(int index) {
            return bytes.getByte(index);
        }

        @Override
        public void message(Opcode opcode, long bytes, long firstNanos, long lastNanos) {
            tell(from, opcode, bytes, Optional.empty(), firstNanos, lastNanos);
        }

        @Override
        public void close(int code, long bytes, long firstNanos, long lastNanos) {
            tell(from, Opcode.CLOSE, bytes, Optional.of(code), firstNanos, lastNanos);
        }

        @Override
        public void unreadable() {
            sink.unreadable();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) ends(from);
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ends(from);
            ctx.fireChannelInactive();
        }
    }
}

package io.tierdrill.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.tierdrill.model.trace.MessageScript;
import io.tierdrill.model.websocket.CloseCode;
import io.tierdrill.model.websocket.Opcode;
import io.tierdrill.model.websocket.Side;
import java.util.Optional;

/**
 * The client of a WebSocket (RFC 6455): it answers pings and the wish to close, says what was recorded when it is due, and
 * passes every frame on, so that its connection knows it is alive. Belongs to the thread of its sender.
 *
 * <p>What was recorded as an answer is none of its own: a pong behind a ping and a close behind a close come when the
 * target gives reason.
 */
final class WebSocketPeer extends ChannelInboundHandlerAdapter {
    private static final int LONGEST = 16 << 20;

    private final Connection connection;
    private final HttpSender sender;
    private final MessageCounts counts;
    private final Optional<MessageScript.Reading> script;
    /** When the request was due that opened it. */
    private final long openedDue;

    private ChannelHandlerContext ctx;
    /** Whether the message that was read last is still to be sent. */
    private boolean pending;

    private long dueNanos;
    private boolean blocked;

    /** Whether all is said, and something of it is still on its way out. */
    private boolean leaving;

    private boolean closing;
    /** Whether {@link Talks} has it in its queue. */
    boolean queued;

    private long blockedSince;
    /** Since when there has been nothing in its way but its time. */
    private long freeSince;

    private int unansweredPings;
    private boolean serverCloses;

    /** @param openedDue when the request was due that opened it */
    WebSocketPeer(Connection connection, HttpSender sender, Optional<MessageScript> script, long openedDue) {
        this.connection = connection;
        this.sender = sender;
        this.counts = sender.happenings().messages();
        this.script = script.map(MessageScript::reading);
        this.openedDue = openedDue;
        this.freeSince = sender.now();
    }

    /** Messages of a WebSocket that never came about. */
    static void neverOpened(MessageScript script, MessageCounts counts) {
        MessageScript.Reading all = script.reading();
        while (all.next()) missed(all, counts);
    }

    private static void missed(MessageScript.Reading message, MessageCounts counts) {
        if (message.opcode().isControl()) return;
        if (message.from() == Side.SERVER) {
            counts.awaited();
        } else {
            counts.planned();
            counts.unsent();
        }
    }

    /** The bytes behind the answer are frames. */
    void takesOver(ChannelHandlerContext http, ByteBuf rest) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .allowExtensions(true)
                .withUTF8Validator(false)
                .maxFramePayloadLength(LONGEST)
                .build();
        ChannelPipeline pipeline = http.pipeline();
        pipeline.addBefore(http.name(), "frames out", new WebSocket13FrameEncoder(true));
        pipeline.addBefore(http.name(), "frames in", new WebSocket13FrameDecoder(config));
        pipeline.addBefore(http.name(), "peer", this);
        advance();
        if (rest.isReadable())
            pipeline.context("frames out").fireChannelRead(rest.readRetainedSlice(rest.readableBytes()));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    // What was recorded

    /** Whether it has something to say, now or later, or what it said last has not left yet. */
    boolean isTalking() {
        return pending || leaving;
    }

    /** Whether it waits until the target takes more. */
    boolean isBlocked() {
        return blocked || leaving;
    }

    /** Since when, while it is. */
    long blockedSince() {
        return blockedSince;
    }

    /** When its next message is due, while it has one. */
    long dueNanos() {
        return dueNanos;
    }

    /** Goes to the next message that is the client's own. */
    private void advance() {
        pending = false;
        while (script.isPresent() && !pending && !closing && script.get().next()) {
            if (script.get().from() == Side.CLIENT) pending = isOwn(script.get().opcode());
            else heard(script.get().opcode());
        }
        if (!pending) return;
        dueNanos = openedDue + script.get().dueNanos();
        if (!script.get().opcode().isControl()) counts.planned();
    }

    private void heard(Opcode opcode) {
        if (opcode == Opcode.PING) unansweredPings++;
        if (opcode == Opcode.CLOSE) serverCloses = true;
        if (!opcode.isControl()) counts.awaited();
    }

    private boolean isOwn(Opcode opcode) {
        if (opcode == Opcode.CLOSE) return !serverCloses;
        if (opcode != Opcode.PONG || unansweredPings == 0) return true;
        unansweredPings--;
        return false;
    }

    /** Says what is due, as long as the target takes it. */
    void speak(long nowNanos) {
        while (pending && !blocked && dueNanos() <= nowNanos) {
            if (ctx.channel().isWritable()) say(nowNanos);
            else block(nowNanos);
        }
        if (pending || leaving) ctx.flush();
        else leave(nowNanos);
    }

    /**
     * Said is not sent: whoever hangs up now would cut off what a slow target has not taken yet. After a close it is the
     * target that has the last word.
     */
    private void leave(long nowNanos) {
        leaving = true;
        blockedSince = nowNanos;
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            if (closing && done.isSuccess()) return;
            leaving = false;
            sender.talkedOut(this);
        });
    }

    private void block(long nowNanos) {
        blocked = true;
        blockedSince = nowNanos;
    }

    private void say(long nowNanos) {
        MessageScript.Reading message = script.orElseThrow();
        if (message.opcode() == Opcode.CLOSE) {
            close(message);
            return;
        }
        long bytes = Math.min(message.bytes(), FrameWriter.LONGEST);
        if (bytes < message.bytes()) counts.shortened();
        sender.frames().message(ctx, message.opcode(), bytes);
        if (!message.opcode().isControl()) counts.sent(bytes, dueNanos(), nowNanos - Math.max(dueNanos(), freeSince));
        advance();
    }

    /** With the code that was recorded, or as abruptly. */
    private void close(MessageScript.Reading close) {
        closing = true;
        pending = false;
        if (close.closeCode() == CloseCode.ABNORMAL) sender.hangUp(connection);
        else sender.frames().close(ctx, close.closeCode(), close.bytes());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (blocked && context.channel().isWritable()) {
            blocked = false;
            freeSince = sender.now();
            sender.talks(this);
        }
        context.fireChannelWritabilityChanged();
    }

    Connection connection() {
        return connection;
    }

    // What the target says

    /** Whether our wish to close is on its way, or we hang up. */
    boolean isClosing() {
        return closing;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        if (frame instanceof WebSocketFrame f) count(f);
        if (frame instanceof PingWebSocketFrame ping && !closing)
            context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        if (frame instanceof CloseWebSocketFrame) answerClose(context);
        context.fireChannelRead(frame);
    }

    private void count(WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame
                || frame instanceof PongWebSocketFrame
                || frame instanceof CloseWebSocketFrame) return;
        counts.receivedBytes(frame.content().readableBytes());
        if (frame.isFinalFragment()) counts.received();
    }

    private void answerClose(ChannelHandlerContext context) {
        if (closing) {
            context.close();
            return;
        }
        closing = true;
        context.writeAndFlush(new CloseWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** What was still to be said is not said. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leaving = false;
        sender.talksNoMore(this);
        if (pending) {
            pending = false;
            if (!script.orElseThrow().opcode().isControl()) counts.unsent();
            while (script.get().next()) missed(script.get(), counts);
        }
        context.fireChannelInactive();
    }
}

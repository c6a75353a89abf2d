package io.tierdrill.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.tierdrill.load.http.ResponseParser;
import io.tierdrill.load.http.Upgrade;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.trace.RequestRecord;

/** HTTP/1.1: one request at a time, none pipelined; until one of them asks to go on as WebSocket and may. */
final class Http1Connection extends Connection {
    /** Room for a usual head; the buffer grows for others. */
    private static final int HEAD = 512;

    private final ResponseParser parser = new ResponseParser();
    private Exchange current;
    /** Once it is a WebSocket; null before. */
    private WebSocketPeer peer;

    Http1Connection(Lane lane, HttpSender sender) {
        super(lane, sender);
    }

    @Override
    int carried() {
        return current == null ? 0 : 1;
    }

    @Override
    boolean hasRoom() {
        return current == null;
    }

    @Override
    void carry(Exchange x) {
        current = x;
        RequestRecord request = x.request();
        parser.begin(request.method().equals("HEAD"), Upgrade.isAskedBy(request), x.dialogue());
        int kept = request.body().bytes().length;
        ByteBuf head = channel().alloc().directBuffer(HEAD + kept);
        sender.encoder().write(request, head);
        channel().write(head, channel().voidPromise());
        for (long left = request.body().size() - kept; left > 0; ) {
            ByteBuf zeros = sender.filler(left);
            left -= zeros.readableBytes();
            channel().write(zeros, channel().voidPromise());
        }
        channel().flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof WebSocketFrame) sender.rest(this);
            else if (current != null) read(context, (ByteBuf) message);
            else sender.lost(this); // An answer nobody asked for.
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext context, ByteBuf in) {
        switch (parser.read(in)) {
            case MORE -> {}
            case DONE -> whole(context, in);
            case BAD -> broken(Outcome.BAD_RESPONSE);
        }
    }

    private void whole(ChannelHandlerContext context, ByteBuf in) {
        if (parser.status() == Upgrade.STATUS) upgraded(context, in);
        else if (in.isReadable()) broken(Outcome.WRONG_LENGTH);
        else answered(parser.keepAlive());
    }

    private void answered(boolean reusable) {
        Exchange x = taken();
        if (reusable) sender.released(this);
        sender.ended(x, x.answer());
        if (reusable) sender.settled();
        else sender.lost(this);
    }

    private void upgraded(ChannelHandlerContext context, ByteBuf in) {
        if (!Upgrade.accepts(parser.acceptedKey())) {
            broken(Outcome.PROTOCOL_ERROR);
            return;
        }
        Exchange x = taken();
        sender.leaves(this, false);
        sender.happenings().webSocket();
        peer = new WebSocketPeer(this, sender, x.messages(), x.due);
        peer.takesOver(context, in);
        sender.talks(peer);
        sender.rest(this);
        sender.ended(x, x.answer());
        sender.settled();
    }

    /** What is known of the answer, told to its request, which is on this connection no more. */
    private Exchange taken() {
        Exchange x = current;
        current = null;
        x.status = parser.status();
        x.bodyBytes = parser.bodyBytes();
        x.stages = parser.stages();
        return x;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (current == null) {
            if (state() == State.OPEN || state() == State.LEAVING) sender.lost(this);
        } else if (parser.endsWithConnection()) {
            answered(false);
        } else {
            broken(Outcome.SHORT_READ);
        }
    }

    @Override
    void cancel(Exchange x) {
        taken();
        sender.drop(this);
    }

    @Override
    boolean isTalking() {
        return peer != null && peer.isTalking();
    }

    @Override
    void farewell() {
        if (peer != null && !peer.isClosing())
            channel().writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
    }

    @Override
    void failAll(Outcome outcome) {
        if (current != null) sender.ended(taken(), outcome);
    }
}

package io.tierdrill.recorder.mirror;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * One connection of a proxy. A copy is told to the recording when it has been read whole, so that its body is always
 * known, and answered then: a proxy that is answered earlier may stop sending. Event loop only.
 */
final class MirrorHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final MirrorDesk desk;
    private String peer = "";
    private HttpRequest head;
    private long headNanos;
    private BodyCopy body;

    MirrorHandler(MirrorDesk desk) {
        this.desk = desk;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        peer = MirrorDesk.addressOf(context.channel());
        desk.counts().connections.incrementAndGet();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        desk.counts().connections.decrementAndGet();
        giveUp();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            refuse(context);
            return;
        }
        if (part instanceof HttpRequest request) begin(context, request);
        if (part instanceof HttpContent content && head != null) {
            body.add(content.content());
            if (part instanceof LastHttpContent) end(context);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        head = request;
        headNanos = desk.nanos();
        body = desk.newBody();
        if (HttpUtil.is100ContinueExpected(request)) context.write(empty(HttpResponseStatus.CONTINUE));
    }

    private void end(ChannelHandlerContext context) {
        HttpRequest copy = head;
        head = null;
        desk.take(copy, headNanos, peer, body.finish());
        FullHttpResponse answer = empty(HttpResponseStatus.NO_CONTENT);
        boolean keep = HttpUtil.isKeepAlive(copy);
        HttpUtil.setKeepAlive(answer.headers(), copy.protocolVersion(), keep);
        var written = context.write(answer);
        if (!keep) written.addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    /** Once: the bytes behind what is no HTTP cannot be understood either. */
    private void refuse(ChannelHandlerContext context) {
        if (!context.channel().config().isAutoRead()) return;
        context.channel().config().setAutoRead(false);
        desk.counts().notHttp.incrementAndGet();
        FullHttpResponse answer = empty(HttpResponseStatus.BAD_REQUEST);
        HttpUtil.setContentLength(answer, 0);
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private void giveUp() {
        if (head == null) return;
        head = null;
        body.finish();
        desk.counts().incomplete.incrementAndGet();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) context.close();
    }

    /** The proxy's end of the connection is gone; what was under way is counted when it is closed. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable gone) {
        context.close();
    }

    private static FullHttpResponse empty(HttpResponseStatus status) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    }
}

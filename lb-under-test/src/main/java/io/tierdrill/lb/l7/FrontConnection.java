package io.tierdrill.lb.l7;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tierdrill.lb.net.Deadline;
import io.tierdrill.lb.net.HalfClose;
import io.tierdrill.lb.splice.Splice;
import io.tierdrill.model.trace.PackedHeaders;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A client's connection that speaks HTTP/1: one request after the other. While one is under way, what the client sends ahead waits here and
 * no more is read; so answers keep their order and memory its bound.
 *
 * <pre>
 *   IDLE --request head--&gt; SERVING --response written--&gt; IDLE, or LINGERING where the connection must end,
 *                                                         or a splice where it became a WebSocket
 * </pre>
 */
final class FrontConnection extends ChannelInboundHandlerAdapter implements Front {
    private final Proxy proxy;
    private final RequestDecoder decoder;
    private final ResponseEncoder encoder;
    private final Client client;
    private final Deadline deadline = new Deadline(this::expired);
    private final Queue<HttpObject> ahead = new ArrayDeque<>();
    private ChannelHandlerContext ctx;
    private ClientRequest request;
    private Exchange exchange;
    private boolean bodyOpen;
    private boolean keepAlive;
    private boolean lingering;

    FrontConnection(Proxy proxy, RequestDecoder decoder, ResponseEncoder encoder, Client client) {
        this.proxy = proxy;
        this.decoder = decoder;
        this.encoder = encoder;
        this.client = client;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        proxy.idling.start(deadline);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (lingering) {
            ReferenceCountUtil.release(message);
        } else if (!ahead.isEmpty() || exchange != null && !bodyOpen) {
            ahead.add((HttpObject) message);
        } else {
            accept((HttpObject) message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) exchange.flushRequest();
        regulate();
    }

    private void accept(HttpObject object) {
        if (object instanceof HttpRequest request) {
            begin(request);
        } else {
            HttpContent content = (HttpContent) object;
            if (content instanceof LastHttpContent) bodyOpen = false;
            if (content.decoderResult().isFailure()) spoiled(content);
            else if (exchange != null) exchange.requestBody(content);
            else content.release();
        }
    }

    private void begin(HttpRequest head) {
        bodyOpen = true;
        deadline.cancel();
        request = ClientRequest.of(head);
        keepAlive = request.wantsToStay();
        exchange = new Exchange(proxy, this, request, client);
        encoder.toHead(request.isHead());
        PackedHeaders came = proxy.recordings.headers(head.headers().iteratorCharSequence());
        try {
            RequestRules.check(head);
            exchange.start(came);
        } catch (Rejection rejection) {
            proxy.rejected.increment();
            exchange.refuse(rejection.status(), rejection.getMessage(), true);
        }
    }

    /** The body's framing is broken: nobody knows where the next request would begin. */
    private void spoiled(HttpContent content) {
        content.release();
        bodyOpen = false;
        proxy.rejected.increment();
        if (exchange != null) exchange.spoiled();
        else linger();
    }

    @Override
    public void regulate() {
        boolean room = ahead.isEmpty() && !decoder.holds();
        boolean wanted = lingering || room && (exchange == null || !bodyOpen || exchange.takesBody());
        Channel channel = ctx.channel();
        if (channel.config().isAutoRead() != wanted) channel.config().setAutoRead(wanted);
    }

    @Override
    public boolean isWritable() {
        return ctx.channel().isWritable();
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public boolean bodyOpen() {
        return bodyOpen;
    }

    @Override
    public void informational(HttpResponse response) {
        if (!request.isOld()) ctx.write(ResponseHead.informational(response), ctx.voidPromise());
    }

    @Override
    public void head(HttpResponse response) {
        keepAlive = ResponseHead.frame(response, request, keepAlive);
        ctx.write(response, ctx.voidPromise());
    }

    @Override
    public void body(HttpContent part) {
        ctx.write(part, ctx.voidPromise());
    }

    @Override
    public void last(LastHttpContent end, ChannelFutureListener written) {
        ctx.write(end).addListener(written);
    }

    @Override
    public void flush() {
        ctx.flush();
    }

    @Override
    public void answer(
            HttpResponseStatus status, String text, String timing, boolean close, ChannelFutureListener written) {
        if (close) keepAlive = false;
        ctx.writeAndFlush(ResponseHead.own(status, text, request.isHead(), keepAlive, timing))
                .addListener(written);
    }

    @Override
    public void finished() {
        exchange = null;
        encoder.toHead(false);
        if (!keepAlive) {
            linger();
            return;
        }
        proxy.idling.start(deadline);
        while (!ahead.isEmpty() && (exchange == null || bodyOpen)) accept(ahead.poll());
        if (exchange != null) exchange.flushRequest();
        else decoder.resume();
        regulate();
    }

    /**
     * A decoder that leaves hands on what it had read ahead; so whoever would encode it leaves before.
     */
    @Override
    public void tunnel(HttpResponse answer, BackConnection service) {
        ctx.writeAndFlush(ResponseHead.informational(answer), ctx.voidPromise());
        exchange = null;
        ChannelPipeline pipeline = ctx.pipeline();
        Channel far = service.splice();
        proxy.recordings.webSocket(client, ctx.channel(), far);
        Splice.join(ctx.channel(), far, proxy.idling);
        pipeline.remove(encoder);
        service.makeWay();
        pipeline.remove(this);
        pipeline.remove(decoder);
    }

    /** The client learns it by the connection's end. */
    @Override
    public void abort() {
        exchange = null;
        ctx.close();
    }

    /**
     * Closes so that the client can still read our last answer: our direction ends now, what the client still says is
     * thrown away for a while. Closing at once would reset the connection and could destroy the answer on its way.
     */
    private void linger() {
        lingering = true;
        release();
        decoder.resume();
        proxy.lingering.start(deadline);
        HalfClose.output(ctx.channel());
        regulate();
    }

    private void expired() {
        if (exchange == null) ctx.close();
        else exchange.expired();
    }

    private void release() {
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null && isWritable()) exchange.resumeResponse();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel();
        release();
        Exchange cut = exchange;
        exchange = null;
        if (cut != null) cut.clientGone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ctx.close();
    }
}

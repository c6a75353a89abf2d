package io.tierdrill.lb.l7;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import io.tierdrill.lb.net.Deadline;
import io.tierdrill.model.trace.PackedHeaders;

/**
 * A stream of a client's HTTP/2 connection: one request and its response. Flow control is the stream's own: what is not
 * read here is not granted to the client again, so a slow service stops the one stream and not its neighbours.
 */
final class FrontStream extends ChannelInboundHandlerAdapter implements Front {
    private final Proxy proxy;
    private final Client client;
    private final Deadline deadline = new Deadline(this::expired);
    private ChannelHandlerContext ctx;
    private ClientRequest request;
    private Exchange exchange;
    private Http2Headers unsentHead;
    private boolean bodyOpen;

    FrontStream(Proxy proxy, Client client) {
        this.proxy = proxy;
        this.client = client;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    // From the client

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2HeadersFrame frame) {
            bodyOpen = !frame.isEndStream();
            if (request == null) begin(frame.headers());
            else trailers(frame.headers());
        } else if (message instanceof Http2DataFrame frame) {
            bodyOpen = !frame.isEndStream();
            data(frame.content());
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) exchange.flushRequest();
        regulate();
    }

    private void begin(Http2Headers headers) {
        PackedHeaders came = proxy.recordings.headers(headers.iterator());
        try {
            HttpRequest head = StreamHead.request(headers, !bodyOpen);
            RequestRules.check(head);
            carry(head);
            exchange.start(came);
        } catch (Rejection rejection) {
            if (rejection.status().equals(HttpResponseStatus.BAD_REQUEST)) reset(Http2Error.PROTOCOL_ERROR);
            else refuse(rejection, headers);
        }
    }

    private void carry(HttpRequest head) {
        request = ClientRequest.of(head);
        exchange = new Exchange(proxy, this, request, client);
    }

    /** It is well formed and yet not for us; whatever it was, it is answered like one of these. */
    private void refuse(Rejection rejection, Http2Headers headers) {
        boolean toHead = HttpMethod.HEAD.asciiName().contentEquals(headers.method());
        carry(new DefaultHttpRequest(HttpVersion.HTTP_1_1, toHead ? HttpMethod.HEAD : HttpMethod.GET, "/"));
        proxy.rejected.increment();
        exchange.refuse(rejection.status(), rejection.getMessage(), true);
    }

    private void data(ByteBuf bytes) {
        HttpContent content;
        if (bodyOpen) content = new DefaultHttpContent(bytes);
        else content = bytes.isReadable() ? new DefaultLastHttpContent(bytes) : empty(bytes);
        if (exchange != null) exchange.requestBody(content);
        else content.release();
    }

    private static HttpContent empty(ByteBuf bytes) {
        bytes.release();
        return LastHttpContent.EMPTY_LAST_CONTENT;
    }

    private void trailers(Http2Headers headers) {
        if (exchange == null) return;
        LastHttpContent last = new DefaultLastHttpContent();
        try {
            StreamHead.trailers(headers, last.trailingHeaders());
            exchange.requestBody(last);
        } catch (Rejection malformed) {
            reset(Http2Error.PROTOCOL_ERROR);
        }
    }

    @Override
    public void regulate() {
        boolean wanted = exchange == null || !bodyOpen || exchange.takesBody();
        Channel channel = ctx.channel();
        if (channel.config().isAutoRead() != wanted) channel.config().setAutoRead(wanted);
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public boolean bodyOpen() {
        return bodyOpen;
    }

    // To the client

    @Override
    public boolean isWritable() {
        return ctx.channel().isWritable();
    }

    @Override
    public void informational(HttpResponse response) {
        ctx.write(new DefaultHttp2HeadersFrame(StreamResponse.head(response)));
    }

    /** Waits for what follows: a response without a body is one frame. */
    @Override
    public void head(HttpResponse response) {
        unsentHead = StreamResponse.head(response);
    }

    @Override
    public void body(HttpContent part) {
        sendHead();
        ctx.write(new DefaultHttp2DataFrame(part.content()));
    }

    @Override
    public void last(LastHttpContent end, ChannelFutureListener written) {
        boolean trailing = !end.trailingHeaders().isEmpty();
        ChannelFuture sent;
        if (unsentHead != null && !trailing && !end.content().isReadable()) {
            end.release();
            sent = ctx.write(new DefaultHttp2HeadersFrame(takeHead(), true));
        } else {
            sendHead();
            sent = ctx.write(new DefaultHttp2DataFrame(end.content(), !trailing));
            if (trailing)
                sent = ctx.write(new DefaultHttp2HeadersFrame(StreamResponse.trailers(end.trailingHeaders()), true));
        }
        sent.addListener(written);
    }

    @Override
    public void flush() {
        sendHead();
        ctx.flush();
    }

    private void sendHead() {
        if (unsentHead != null) ctx.write(new DefaultHttp2HeadersFrame(takeHead()));
    }

    private Http2Headers takeHead() {
        Http2Headers head = unsentHead;
        unsentHead = null;
        return head;
    }

    @Override
    public void answer(
            HttpResponseStatus status, String text, String timing, boolean close, ChannelFutureListener written) {
        ByteBuf body = ByteBufUtil.writeUtf8(ctx.alloc(), text);
        boolean toHead = request.isHead();
        Http2Headers head = StreamResponse.own(status, body.readableBytes(), timing);
        ChannelFuture sent = ctx.write(new DefaultHttp2HeadersFrame(head, toHead));
        if (toHead) body.release();
        else sent = ctx.write(new DefaultHttp2DataFrame(body, true));
        ctx.flush();
        sent.addListener(written);
    }

    /** No stream asks for one (RFC 8441 is not offered). */
    @Override
    public void tunnel(HttpResponse answer, BackConnection service) {
        throw new UnsupportedOperationException("a stream has no upgrade");
    }

    /** A client that is still sending is told that nobody listens (RFC 9113, 8.1). */
    @Override
    public void finished() {
        exchange = null;
        if (bodyOpen) reset(Http2Error.NO_ERROR);
    }

    @Override
    public void abort() {
        exchange = null;
        reset(Http2Error.INTERNAL_ERROR);
    }

    private void reset(Http2Error why) {
        ctx.writeAndFlush(new DefaultHttp2ResetFrame(why));
    }

    private void expired() {
        if (exchange != null) exchange.expired();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null && isWritable()) exchange.resumeResponse();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel();
        Exchange cut = exchange;
        exchange = null;
        if (cut != null) cut.clientGone();
        context.fireChannelInactive();
    }

    /** Where the client broke the protocol, the codec resets the stream and says with what. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof Http2Exception)) ctx.close();
    }
}

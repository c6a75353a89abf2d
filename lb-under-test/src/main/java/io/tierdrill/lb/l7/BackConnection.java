package io.tierdrill.lb.l7;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tierdrill.lb.net.Deadline;
import io.tierdrill.lb.picker.Upstream;

/**
 * A connection to a service: idle in its pool, or carrying one exchange. It goes back to the pool only after a response
 * whose end was told by its framing, to a request that was sent whole. Belongs to the event loop.
 */
final class BackConnection extends ChannelInboundHandlerAdapter {
    private final Proxy proxy;
    private final UpstreamPools.Pool pool;
    private final Deadline idle = new Deadline(this::expired);
    private ChannelHandlerContext ctx;
    private Exchange exchange;
    private Exchange unflushed;
    private boolean reused;
    private boolean requestSent;
    private boolean informational;
    private HttpResponse switching;
    private boolean reusable;
    private boolean left;
    private long pausedAt;

    BackConnection(Proxy proxy, UpstreamPools.Pool pool) {
        this.proxy = proxy;
        this.pool = pool;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    Upstream upstream() {
        return pool.upstream();
    }

    /** Whether it had carried an exchange before this one. */
    boolean reused() {
        return reused;
    }

    boolean isWritable() {
        return ctx.channel().isWritable();
    }

    /** Still open, as far as anyone can know. */
    boolean isActive() {
        return ctx.channel().isActive();
    }

    /** It is idle; not for ever. */
    void rest() {
        proxy.idling.start(idle);
    }

    // Towards the service

    /** Takes an exchange on. */
    void carry(Exchange next) {
        idle.cancel();
        exchange = next;
        requestSent = false;
        informational = false;
        next.assigned(this);
    }

    void send(HttpRequest request) {
        requestSent = request instanceof LastHttpContent;
        ctx.write(request, ctx.voidPromise());
    }

    void sendBody(HttpContent content) {
        if (content instanceof LastHttpContent) requestSent = true;
        ctx.write(content, ctx.voidPromise());
    }

    void flush() {
        ctx.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) exchange.resumeRequest();
    }

    // From the service

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        HttpObject object = (HttpObject) message;
        if (exchange == null) {
            ReferenceCountUtil.release(message);
            ctx.close();
        } else if (object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            exchange.badResponse();
        } else if (object instanceof HttpResponse response) {
            head(response);
        } else {
            body((HttpContent) object);
        }
    }

    private void head(HttpResponse response) {
        unflushed = exchange;
        int code = response.status().code();
        informational = code < 200;
        if (code == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            if (exchange.upgrades()) switching = response;
            else exchange.badResponse();
        } else if (informational) {
            exchange.informational(response);
        } else {
            reusable = HttpUtil.isKeepAlive(response) && framed(response);
            exchange.responseHead(response);
        }
    }

    /** The end of the response is told by something else than the end of the connection. */
    private boolean framed(HttpResponse response) {
        int code = response.status().code();
        return exchange.isHead()
                || code == 204
                || code == 304
                || HttpUtil.isTransferEncodingChunked(response)
                || response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    }

    /** At the end the connection is freed before the client is answered, so that its next request finds it. */
    private void body(HttpContent content) {
        if (informational) {
            content.release();
            if (switching != null) tunnel();
            return;
        }
        unflushed = exchange;
        Exchange carried = exchange;
        boolean last = content instanceof LastHttpContent;
        if (last) exchange = null;
        carried.responseBody(content);
        if (!last) return;
        unflushed = null;
        done();
        carried.flushResponse();
    }

    private void tunnel() {
        Exchange carried = exchange;
        exchange = null;
        unflushed = null;
        proxy.upgrades.increment();
        carried.tunnel(switching, this);
    }

    /** Readies it for a splice, in which it keeps its place in the pool's count and never goes back. */
    Channel splice() {
        Channel channel = channel();
        proxy.tunnels.incrementAndGet();
        channel.closeFuture().addListener(closed -> {
            proxy.tunnels.decrementAndGet();
            leave();
        });
        return channel;
    }

    /** Leaves the connection to the splice; what the codec had read ahead goes there first. */
    void makeWay() {
        ctx.pipeline().remove(this);
        ctx.pipeline().remove(HttpClientCodec.class);
    }

    private void done() {
        resume();
        if (reusable && requestSent && isActive()) {
            reused = true;
            pool.release(this);
        } else {
            drop();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (unflushed == null) return;
        Exchange touched = unflushed;
        unflushed = null;
        touched.flushResponse();
    }

    /** The client is slow; so is the service, from now on. */
    void pause() {
        if (!channel().config().isAutoRead()) return;
        pausedAt = proxy.clock.nanos();
        channel().config().setAutoRead(false);
    }

    void resume() {
        if (channel().config().isAutoRead()) return;
        proxy.pausedNanos.add(proxy.clock.nanos() - pausedAt);
        channel().config().setAutoRead(true);
    }

    // Its end

    /** Whatever it carries is given up. */
    void drop() {
        exchange = null;
        ctx.close();
        leave();
    }

    private void expired() {
        drop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Exchange cut = exchange;
        exchange = null;
        leave();
        if (cut != null) cut.upstreamGone(this);
    }

    /** Frees its place in the pool, once. */
    private void leave() {
        if (left) return;
        left = true;
        idle.cancel();
        pool.lost(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ctx.close();
    }

    private Channel channel() {
        return ctx.channel();
    }
}

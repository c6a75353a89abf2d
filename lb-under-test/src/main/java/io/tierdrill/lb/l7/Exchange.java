package io.tierdrill.lb.l7;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.tierdrill.lb.picker.Upstream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * One request on its way through: waits for an upstream connection, is sent, and its response is passed back. Ends
 * exactly once, and then is counted.
 *
 * <pre>
 *   NEW -&gt; [WAITING] -&gt; SENT -&gt; RESPONDING -&gt; ENDED
 *    arrival        chosen                      last byte written, or given up
 * </pre>
 *
 * Belongs to the event loop.
 */
final class Exchange implements ChannelFutureListener {
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE, HttpMethod.PUT, HttpMethod.DELETE);

    private enum State {
        NEW,
        WAITING,
        SENT,
        RESPONDING,
        ENDED
    }

    private final Proxy proxy;
    private final FrontConnection front;
    private final HttpRequest request;
    private final String client;
    private final boolean hasBody;
    private final boolean oldClient;
    private final Queue<HttpContent> heldBody = new ArrayDeque<>(0);
    private final long arrivedNanos;

    private State state = State.NEW;
    private boolean keepAlive;
    private Optional<Upstream> failedOn = Optional.empty();
    private BackConnection back;
    private boolean retried;
    private long waitingSince;
    private long queueNanos;
    private long chosenNanos;
    private boolean below;
    private long downstreamNanos;

    Exchange(Proxy proxy, FrontConnection front, HttpRequest request, String client) {
        this.proxy = proxy;
        this.front = front;
        this.request = request;
        this.client = client;
        this.oldClient = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        this.keepAlive = HttpUtil.isKeepAlive(request);
        this.hasBody = HttpUtil.isTransferEncodingChunked(request)
                || !request.headers().get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0");
        this.arrivedNanos = proxy.clock.nanos();
        proxy.telemetry.arrive();
    }

    boolean isHead() {
        return request.method().equals(HttpMethod.HEAD);
    }

    boolean ended() {
        return state == State.ENDED;
    }

    /** The one it could not be sent to, where that happened. */
    Optional<Upstream> failedOn() {
        return failedOn;
    }

    /** Pays its processor time, and asks for a connection. */
    void start() {
        proxy.work.perform();
        HopHeaders.strip(request.headers());
        HopHeaders.via(request.headers());
        HopHeaders.forwardedFor(request.headers(), client);
        proxy.pools.acquire(this);
    }

    // Waiting for a connection

    void waiting() {
        state = State.WAITING;
        waitingSince = proxy.clock.nanos();
        proxy.telemetry.enqueue();
        proxy.queueing.start(front.deadline());
    }

    private void waitsNoMore() {
        if (state != State.WAITING) return;
        front.deadline().cancel();
        long waited = proxy.clock.nanos() - waitingSince;
        queueNanos += waited;
        proxy.telemetry.dequeue(waited);
        state = State.NEW;
    }

    /** An upstream is chosen; from here on it is the tier below that is waited for. */
    void chosen() {
        waitsNoMore();
        chosenNanos = proxy.clock.nanos();
        below = true;
    }

    private void belowNoMore() {
        if (below) downstreamNanos += proxy.clock.nanos() - chosenNanos;
        below = false;
    }

    /** Sends the request over this connection. */
    void assigned(BackConnection connection) {
        back = connection;
        state = State.SENT;
        proxy.responding.start(front.deadline());
        back.send(outbound());
        while (!heldBody.isEmpty()) back.sendBody(heldBody.poll());
        back.flush();
        front.regulate();
    }

    /** Bodiless ones are whole at once: one buffer, one write. */
    private HttpRequest outbound() {
        return hasBody
                ? new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), request.uri(), request.headers())
                : new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        request.method(),
                        request.uri(),
                        Unpooled.EMPTY_BUFFER,
                        request.headers(),
                        EmptyHttpHeaders.INSTANCE);
    }

    /** Nothing was sent, so whatever the method it may go to another; once. */
    void unreachable(Upstream upstream) {
        if (state == State.ENDED) return;
        belowNoMore();
        if (retried) {
            refuse(HttpResponseStatus.BAD_GATEWAY, "no connection to " + upstream.name(), false);
            return;
        }
        retried = true;
        failedOn = Optional.of(upstream);
        proxy.retries.increment();
        proxy.pools.acquire(this);
    }

    // The request's body

    void requestBody(HttpContent content) {
        if (back != null && hasBody) {
            proxy.responding.start(front.deadline());
            back.sendBody(content);
        } else if (hasBody && unsent()) {
            heldBody.add(content);
        } else {
            content.release();
        }
    }

    private boolean unsent() {
        return state == State.NEW || state == State.WAITING;
    }

    void flushRequest() {
        if (back != null && hasBody) back.flush();
    }

    boolean takesBody() {
        return back == null ? !unsent() : back.isWritable();
    }

    /** The upstream can take more of the body. */
    void resumeRequest() {
        front.regulate();
    }

    /** The body's framing is broken. What was sent of it cannot be completed. */
    void spoiled() {
        if (state == State.RESPONDING) abandon();
        else refuse(HttpResponseStatus.BAD_REQUEST, "bad chunk", true);
    }

    // The response

    /** 100 Continue and its like: passed on to clients that know them. */
    void informational(HttpResponse response) {
        if (oldClient || state != State.SENT) return;
        HopHeaders.strip(response.headers());
        front.write(new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                response.status(),
                Unpooled.EMPTY_BUFFER,
                response.headers(),
                EmptyHttpHeaders.INSTANCE));
    }

    void responseHead(HttpResponse response) {
        state = State.RESPONDING;
        keepAlive = ResponseHead.prepare(response, isHead(), oldClient, keepAlive);
        HopHeaders.via(response.headers());
        response.headers().add(HopHeaders.SERVER_TIMING, timing());
        front.write(response);
    }

    void responseBody(HttpContent content) {
        proxy.responding.start(front.deadline());
        if (content instanceof LastHttpContent) {
            belowNoMore();
            back = null;
            front.writeLast(content, this);
        } else {
            front.write(content);
            if (!front.isWritable()) back.pause();
        }
    }

    void flushResponse() {
        front.flush();
    }

    void resumeResponse() {
        if (back != null) back.resume();
    }

    /** The last byte is written, or could not be. */
    @Override
    public void operationComplete(ChannelFuture written) {
        if (state == State.ENDED) return;
        end();
        if (written.isSuccess()) front.finished(keepAlive);
        else front.abort();
    }

    /** Entries of this tier, arrival until now (W3C Server Timing). */
    private String timing() {
        long now = proxy.clock.nanos();
        StringBuilder text = new StringBuilder(64);
        HopHeaders.millis(text.append(proxy.tier).append(";dur="), now - arrivedNanos);
        HopHeaders.millis(text.append(", ").append(proxy.tier).append("-queue;dur="), queueNanos);
        long waited = downstreamNanos + (below ? now - chosenNanos : 0);
        HopHeaders.millis(text.append(", ").append(proxy.tier).append("-downstream;dur="), waited);
        return text.toString();
    }

    // Endings that nobody wished for

    /** The wait it is in took too long. */
    void expired() {
        switch (state) {
            case WAITING -> {
                proxy.pools.tooLong(this);
                refuse(HttpResponseStatus.SERVICE_UNAVAILABLE, "waited queueTimeout for a connection", false);
            }
            case SENT -> {
                if (front.bodyOpen()) refuse(HttpResponseStatus.REQUEST_TIMEOUT, "the request stopped midway", true);
                else refuse(HttpResponseStatus.GATEWAY_TIMEOUT, "no response within responseTimeout", false);
            }
            default -> abandon();
        }
    }

    /**
     * The upstream closed before the response was whole. A connection that had been idle may have been closed already
     * when the request was written: then an idempotent one without a body is sent again over a fresh connection, once.
     */
    void upstreamGone(BackConnection connection) {
        back = null;
        belowNoMore();
        if (state == State.RESPONDING) {
            abandon();
        } else if (connection.reused() && !retried && !hasBody && IDEMPOTENT.contains(request.method())) {
            retried = true;
            state = State.NEW;
            proxy.retries.increment();
            front.deadline().cancel();
            proxy.pools.acquireFresh(this, connection.upstream());
        } else {
            refuse(HttpResponseStatus.BAD_GATEWAY, "the service closed without a response", false);
        }
    }

    /** What the upstream sent is not HTTP. */
    void badResponse() {
        if (state == State.RESPONDING) abandon();
        else refuse(HttpResponseStatus.BAD_GATEWAY, "the service's response is not HTTP/1", false);
    }

    void clientGone() {
        if (state == State.ENDED) return;
        proxy.clientAborts.increment();
        detach();
        end();
    }

    /** Answers in our own name. */
    void refuse(HttpResponseStatus status, String reason, boolean close) {
        if (state == State.ENDED) return;
        proxy.telemetry.error();
        detach();
        if (close || front.bodyOpen() && hasBody) keepAlive = false;
        state = State.RESPONDING;
        front.answer(ResponseHead.own(status, proxy.tier + ": " + reason + "\n", isHead(), keepAlive, timing()), this);
    }

    /** Too late for an answer: the connection ends, and so the client knows. */
    private void abandon() {
        if (state == State.ENDED) return;
        proxy.telemetry.error();
        detach();
        end();
        front.abort();
    }

    private void detach() {
        front.deadline().cancel();
        if (state == State.WAITING) {
            proxy.pools.leaveQueue(this);
            waitsNoMore();
        }
        heldBody.forEach(HttpContent::release);
        heldBody.clear();
        belowNoMore();
        if (back == null) return;
        BackConnection used = back;
        back = null;
        used.drop();
    }

    private void end() {
        state = State.ENDED;
        front.deadline().cancel();
        proxy.telemetry.downstream(downstreamNanos);
        proxy.telemetry.complete(proxy.clock.nanos() - arrivedNanos);
    }
}

package io.tierdrill.lb.l7;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.tierdrill.lb.picker.Upstream;
import io.tierdrill.model.trace.PackedHeaders;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

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
    private enum State {
        NEW,
        WAITING,
        SENT,
        RESPONDING,
        ENDED
    }

    private final Proxy proxy;
    private final Front front;
    private final ClientRequest request;
    private final Client client;
    private final Queue<HttpContent> heldBody = new ArrayDeque<>(0);
    private final Stages stages;

    private Recording recording = Recording.NONE;
    private State state = State.NEW;
    private Optional<Upstream> failedOn = Optional.empty();
    private BackConnection back;
    private boolean retried;

    Exchange(Proxy proxy, Front front, ClientRequest request, Client client) {
        this.proxy = proxy;
        this.front = front;
        this.request = request;
        this.client = client;
        this.stages = new Stages(proxy.clock, proxy.telemetry, proxy.tier);
    }

    boolean isHead() {
        return request.isHead();
    }

    /** Whether the client would go on as WebSocket. */
    boolean upgrades() {
        return request.upgrades();
    }

    boolean ended() {
        return state == State.ENDED;
    }

    /** The one it could not be sent to, where that happened. */
    Optional<Upstream> failedOn() {
        return failedOn;
    }

    /**
     * Pays its processor time, and asks for a connection.
     *
     * @param came the header fields as the client sent them
     */
    void start(PackedHeaders came) {
        recording = proxy.recordings.begin(stages.arrived(), client, request.head(), came);
        proxy.work.perform();
        request.prepare(client, proxy.transparent);
        proxy.pools.acquire(this);
    }

    // Waiting for a connection

    void waiting() {
        state = State.WAITING;
        stages.waits();
        proxy.queueing.start(front.deadline());
    }

    private void waitsNoMore() {
        if (state != State.WAITING) return;
        front.deadline().cancel();
        stages.waitsNoMore();
        state = State.NEW;
    }

    /** An upstream is chosen; from here on it is the tier below that is waited for. */
    void chosen() {
        waitsNoMore();
        stages.below();
    }

    /** Sends the request over this connection. */
    void assigned(BackConnection connection) {
        back = connection;
        state = State.SENT;
        proxy.responding.start(front.deadline());
        back.send(request.outbound());
        while (!heldBody.isEmpty()) back.sendBody(heldBody.poll());
        back.flush();
        front.regulate();
    }

    /** Nothing was sent, so whatever the method it may go to another; once. */
    void unreachable(Upstream upstream) {
        if (state == State.ENDED) return;
        stages.belowNoMore();
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
        recording.requestBody(content.content());
        if (content instanceof LastHttpContent) recording.requestEnd();
        if (back != null && request.hasBody()) {
            proxy.responding.start(front.deadline());
            back.sendBody(content);
        } else if (request.hasBody() && unsent()) {
            heldBody.add(content);
        } else {
            content.release();
        }
    }

    private boolean unsent() {
        return state == State.NEW || state == State.WAITING;
    }

    void flushRequest() {
        if (back != null && request.hasBody()) back.flush();
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
        if (state != State.SENT) return;
        HopHeaders.strip(response.headers());
        front.informational(response);
    }

    void responseHead(HttpResponse response) {
        state = State.RESPONDING;
        recording.responseHead(response.status().code());
        HopHeaders.strip(response.headers());
        sign(response);
        front.head(response);
    }

    /** The service agreed to become a WebSocket; as a request it is over. */
    void tunnel(HttpResponse answer, BackConnection connection) {
        HopHeaders.strip(answer.headers());
        HopHeaders.toWebSocket(answer.headers());
        sign(answer);
        recording.responseHead(answer.status().code());
        stages.belowNoMore();
        back = null;
        front.tunnel(answer, connection);
        end(true);
    }

    private void sign(HttpResponse response) {
        if (!proxy.transparent) HopHeaders.via(response.headers(), false);
        if (tellsTiming()) response.headers().add(HopHeaders.SERVER_TIMING, stages.serverTiming());
    }

    private boolean tellsTiming() {
        return proxy.serverTiming && !proxy.transparent;
    }

    void responseBody(HttpContent content) {
        proxy.responding.start(front.deadline());
        recording.responseBody(content.content().readableBytes());
        if (content instanceof LastHttpContent last) {
            stages.belowNoMore();
            back = null;
            front.last(last, this);
        } else {
            front.body(content);
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
        end(written.isSuccess());
        if (written.isSuccess()) front.finished();
        else front.abort();
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
        stages.belowNoMore();
        if (state == State.RESPONDING) {
            abandon();
        } else if (connection.reused() && !retried && request.repeatable()) {
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
        end(false);
    }

    /** Answers in our own name. */
    void refuse(HttpResponseStatus status, String reason, boolean close) {
        if (state == State.ENDED) return;
        proxy.telemetry.error();
        detach();
        state = State.RESPONDING;
        String text = proxy.tier + ": " + reason + "\n";
        recording.responseHead(status.code());
        if (!isHead()) recording.responseBody(text.length());
        front.answer(
                status,
                text,
                tellsTiming() ? stages.serverTiming() : "",
                close || front.bodyOpen() && request.hasBody(),
                this);
    }

    /** Too late for an answer: the connection ends, and so the client knows. */
    private void abandon() {
        if (state == State.ENDED) return;
        proxy.telemetry.error();
        detach();
        end(false);
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
        stages.belowNoMore();
        if (back == null) return;
        BackConnection used = back;
        back = null;
        used.drop();
    }

    private void end(boolean whole) {
        state = State.ENDED;
        front.deadline().cancel();
        long residence = stages.end();
        recording.end(whole ? Optional.of(residence) : Optional.empty());
    }
}

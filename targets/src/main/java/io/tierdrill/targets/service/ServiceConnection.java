package io.tierdrill.targets.service;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tierdrill.lb.telemetry.TierTelemetry;
import io.tierdrill.model.time.NanoClock;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One client connection: one request at a time, in the order they came. What a pipelining client sends meanwhile waits
 * here, and reading stops, so that the rest waits in the client.
 *
 * <pre>
 *   IDLE --head--&gt; READING --last byte of body--&gt; WORKING --last byte written--&gt; IDLE
 * </pre>
 */
final class ServiceConnection extends ChannelInboundHandlerAdapter {
    private enum State {
        IDLE,
        READING,
        WORKING
    }

    private final Workplace workplace;
    private final Answers answers;
    private final TierTelemetry telemetry;
    private final NanoClock clock;
    private final Deque<Object> ahead = new ArrayDeque<>();
    private State state = State.IDLE;
    private boolean catchingUp;
    private ChannelHandlerContext ctx;
    private Exchange exchange;

    ServiceConnection(Workplace workplace, Answers answers, TierTelemetry telemetry, NanoClock clock) {
        this.workplace = workplace;
        this.answers = answers;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext same, Object message) {
        if (state != State.WORKING && ahead.isEmpty()) {
            take(message);
        } else {
            ahead.add(message);
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext same) {
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
        if (state == State.READING) exchange.left();
        else if (state == State.WORKING) exchange.leftWhileWaiting();
    }

    /** A client that resets its connection is its own business; it is closed like any other end. */
    @Override
    public void exceptionCaught(ChannelHandlerContext same, Throwable cause) {
        ctx.close();
    }

    private void take(Object message) {
        try {
            if (message instanceof HttpObject part && part.decoderResult().isFailure()) malformed();
            else if (message instanceof HttpRequest head) headArrived(head);
            if (message instanceof LastHttpContent && state == State.READING) bodyArrived();
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void headArrived(HttpRequest head) {
        exchange = head.uri().equals("/healthz") ? new Exchange(head, false) : new Exchange(head, true);
        state = State.READING;
        if (HttpUtil.is100ContinueExpected(head))
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }

    private void bodyArrived() {
        state = State.WORKING;
        if (exchange.counted) exchange.ask();
        else exchange.write(answers.well());
    }

    private void malformed() {
        if (state == State.IDLE) exchange = new Exchange(true);
        state = State.WORKING;
        telemetry.error();
        exchange.keepAlive = false;
        exchange.write(answers.malformed());
    }

    /** Takes what came meanwhile. A loop, not recursion: thousands of small requests fit in one packet. */
    private void nextRequest() {
        state = State.IDLE;
        if (catchingUp) return;
        catchingUp = true;
        while (state != State.WORKING && !ahead.isEmpty()) take(ahead.poll());
        catchingUp = false;
        if (ahead.isEmpty()) ctx.channel().config().setAutoRead(true);
    }

    /** One request from its head to the last byte of its answer. */
    private final class Exchange implements Workplace.Job {
        private final boolean counted;
        private boolean keepAlive;
        private final long arrivedNanos = clock.nanos();
        private long askedNanos;
        private long queueNanos;
        private boolean waits;
        private boolean begun;

        Exchange(HttpRequest head, boolean counted) {
            this(counted, HttpUtil.isKeepAlive(head));
        }

        /** Of what is not HTTP. */
        Exchange(boolean counted) {
            this(counted, false);
        }

        private Exchange(boolean counted, boolean keepAlive) {
            this.counted = counted;
            this.keepAlive = keepAlive;
            if (counted) telemetry.arrive();
        }

        void ask() {
            askedNanos = clock.nanos();
            if (!workplace.offer(this)) {
                telemetry.error();
                write(answers.busy(residence()));
            } else if (!begun) {
                waits = true;
                telemetry.enqueue();
            }
        }

        @Override
        public void begun() {
            begun = true;
            if (waits) stopWaiting();
        }

        @Override
        public void answer() {
            write(answers.ok(residence(), queueNanos));
        }

        void write(FullHttpResponse response) {
            HttpUtil.setKeepAlive(response, keepAlive);
            ctx.writeAndFlush(response).addListener(written -> done(written.isSuccess() && keepAlive));
        }

        /** Before its body was here: nobody is left to answer. */
        void left() {
            if (counted) telemetry.complete(residence());
        }

        /** What is already being worked on goes on, as in any server; its answer then finds nobody. */
        void leftWhileWaiting() {
            if (!waits || begun || !workplace.withdraw(this)) return;
            stopWaiting();
            left();
        }

        private void stopWaiting() {
            waits = false;
            queueNanos = clock.nanos() - askedNanos;
            telemetry.dequeue(queueNanos);
        }

        private void done(boolean another) {
            left();
            if (begun) workplace.leave();
            if (another) nextRequest();
            else ctx.close();
        }

        private long residence() {
            return clock.nanos() - arrivedNanos;
        }
    }
}

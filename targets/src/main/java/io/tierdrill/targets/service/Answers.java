package io.tierdrill.targets.service;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** What the service says. Belongs to the event loop. */
final class Answers {
    private static final AsciiString SERVER_TIMING = AsciiString.cached("server-timing");

    private final String tier;
    private final Body body;

    Answers(String tier, Body body) {
        this.tier = tier;
        this.body = body;
    }

    /**
     * @param residenceNanos from the arrival of the head to now; the time of writing cannot be in the head that is
     *     written
     * @param queueNanos of that, waiting for a slot
     */
    FullHttpResponse ok(long residenceNanos, long queueNanos) {
        return timed(HttpResponseStatus.OK, body.next(), residenceNanos, queueNanos);
    }

    FullHttpResponse busy(long residenceNanos) {
        return timed(HttpResponseStatus.SERVICE_UNAVAILABLE, text("the queue is full\n"), residenceNanos, 0);
    }

    FullHttpResponse well() {
        return response(HttpResponseStatus.OK, text("ok\n"));
    }

    FullHttpResponse malformed() {
        return response(HttpResponseStatus.BAD_REQUEST, text("not an HTTP/1.1 request\n"));
    }

    private FullHttpResponse timed(HttpResponseStatus status, ByteBuf content, long residenceNanos, long queueNanos) {
        FullHttpResponse response = response(status, content);
        var timing = new StringBuilder(64).append(tier).append(";dur=");
        millis(timing, residenceNanos).append(", ").append(tier).append("-queue;dur=");
        response.headers().set(SERVER_TIMING, millis(timing, queueNanos).toString());
        return response;
    }

    private static FullHttpResponse response(HttpResponseStatus status, ByteBuf content) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        return response;
    }

    /** Three decimals, as in Server-Timing examples; no formatter on the way of every request. */
    private static StringBuilder millis(StringBuilder text, long nanos) {
        long micros = nanos / 1000;
        text.append(micros / 1000).append('.');
        long rest = micros % 1000;
        if (rest < 100) text.append('0');
        if (rest < 10) text.append('0');
        return text.append(rest);
    }

    private static ByteBuf text(String line) {
        return Unpooled.copiedBuffer(line, StandardCharsets.US_ASCII);
    }
}

package io.tierdrill.lb.l7;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's request decoder behind a {@link HeadGuard}: a head is decoded when it is whole and good. After the first
 * failure nothing more is read from the connection, as nobody can tell where the next request would begin; and behind a
 * request for another protocol nothing until that is decided.
 */
final class RequestDecoder extends HttpRequestDecoder {
    private final HeadGuard guard = new HeadGuard();
    private int guarded;
    private boolean inBody;
    private boolean failed;
    private boolean upgrading;
    private boolean held;
    private ChannelHandlerContext ctx;

    RequestDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(HeadGuard.MOST_HEAD)
                .setMaxHeaderSize(HeadGuard.MOST_HEAD)
                .setMaxChunkSize(16 * 1024)
                .setAllowDuplicateContentLengths(false)
                .setUseRfc9112TransferEncoding(true)
                .setStrictLineParsing(true));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (held) return;
        if (failed) {
            in.skipBytes(in.readableBytes());
        } else if (inBody || headIsWhole(in)) {
            super.decode(ctx, in, out);
            note(out);
        } else if (guard.bad()) {
            in.skipBytes(in.readableBytes());
            out.add(rejected());
            failed = true;
        }
    }

    /** Each byte of a head is looked at once, however small the pieces it comes in. */
    private boolean headIsWhole(ByteBuf in) {
        int fresh = in.readableBytes() - guarded;
        if (fresh > 0) in.forEachByte(in.readerIndex() + guarded, fresh, guard);
        guarded = in.readableBytes();
        if (!guard.done()) return false;
        guard.reset();
        guarded = 0;
        inBody = true;
        return true;
    }

    private void note(List<Object> out) {
        for (Object object : out) {
            if (((HttpObject) object).decoderResult().isFailure()) failed = true;
            if (object instanceof HttpRequest request) upgrading = ClientRequest.asksForWebSocket(request);
            if (object instanceof LastHttpContent) {
                inBody = false;
                held = upgrading;
            }
        }
    }

    /** Whether bytes wait here to be told what they are: behind a request for another protocol nobody knows yet. */
    boolean holds() {
        return held && actualReadableBytes() > 0;
    }

    /** It stays HTTP. Goes on when whatever runs now has run. */
    void resume() {
        if (!held) return;
        held = false;
        upgrading = false;
        ctx.executor().execute(this::readHeld);
    }

    private void readHeld() {
        if (ctx.isRemoved()) return;
        try {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
            ctx.fireChannelReadComplete();
        } catch (Exception broken) {
            ctx.fireExceptionCaught(broken);
        }
    }

    private HttpRequest rejected() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.setDecoderResult(DecoderResult.failure(new Rejection(guard.status(), guard.reason())));
        return request;
    }

    /** Netty would drop Content-Length and go on; a request with both is an attack or a mistake. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}

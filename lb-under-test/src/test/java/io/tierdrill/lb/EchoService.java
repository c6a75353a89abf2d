package io.tierdrill.lb;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.tierdrill.lb.net.ProxySniffer;
import io.tierdrill.lb.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service for tests: answers with the request's body, or with as many bytes as {@code ?size=} says, or with its own
 * name; and tells in headers who asked. Accepts a PROXY header.
 */
public final class EchoService implements AutoCloseable {
    private final Transport transport = Transport.open("echo-service");
    private final String name;
    private final InetSocketAddress address;
    private final AtomicInteger requests = new AtomicInteger();

    public EchoService(String name) throws IOException {
        this.name = name;
        this.address = (InetSocketAddress) transport
                .listen(new InetSocketAddress("127.0.0.1", 0), this::accept)
                .localAddress();
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Asked so far, health checks left out. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        transport.close();
    }

    private void accept(Channel channel) {
        channel.pipeline()
                .addLast(new ProxySniffer(), new HttpServerCodec(), new HttpObjectAggregator(1 << 24), new Echo());
    }

    private final class Echo extends SimpleChannelInboundHandler<Object> {
        private String source = "";

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HAProxyMessage header) source = header.sourceAddress() + ":" + header.sourcePort();
            else answer(ctx, (FullHttpRequest) message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        private void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
            if (!request.uri().equals("/healthz")) requests.incrementAndGet();
            ByteBuf body = body(request);
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            response.headers().set("x-proxy-source", source);
            response.headers().set("x-service", name);
            for (String seen : new String[] {"x-forwarded-for", "via", "traceparent", "host"})
                response.headers().set("x-seen-" + seen, request.headers().get(seen, ""));
            response.headers().set("server-timing", "service;dur=1.000");
            HttpUtil.setContentLength(response, body.readableBytes());
            boolean stay = HttpUtil.isKeepAlive(request);
            HttpUtil.setKeepAlive(response, stay);
            ctx.writeAndFlush(response).addListener(written -> {
                if (!stay) ctx.close();
            });
        }

        private ByteBuf body(FullHttpRequest request) {
            int size = request.uri().indexOf("?size=");
            if (size >= 0) return Bytes.of(Integer.parseInt(request.uri().substring(size + 6)));
            if (request.content().isReadable()) return request.content().retain();
            return Unpooled.copiedBuffer(name, StandardCharsets.US_ASCII);
        }
    }

    /** Bytes that tell when one is missing or moved. */
    public static final class Bytes {
        private Bytes() {}

        public static byte[] array(int size) {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) bytes[i] = (byte) (i * 31 + (i >> 8));
            return bytes;
        }

        static ByteBuf of(int size) {
            return Unpooled.wrappedBuffer(array(size));
        }
    }
}

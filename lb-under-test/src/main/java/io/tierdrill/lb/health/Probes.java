package io.tierdrill.lb.health;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.tierdrill.lb.net.Transport;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The two questions we know. Each opens a connection of its own and closes it, as an outsider would. */
public final class Probes {
    private Probes() {}

    /** Good when a connection opens in time. */
    public static Probe tcp(Transport transport) {
        return (target, timeout, answer) -> new Question(answer, false).ask(transport, target, timeout, "");
    }

    /** Good when a GET of the path is answered with 200 to 399 in time. */
    public static Probe http(Transport transport, String path) {
        return (target, timeout, answer) -> {
            String request = "GET " + path + " HTTP/1.1\r\nHost: "
                    + target.getAddress().getHostAddress() + ":" + target.getPort()
                    + "\r\nUser-Agent: tierdrill-health\r\nConnection: close\r\n\r\n";
            new Question(answer, true).ask(transport, target, timeout, request);
        };
    }

    private static final class Question extends SimpleChannelInboundHandler<ByteBuf> {
        private final Consumer<Boolean> answer;
        private final boolean http;
        private final StringBuilder status = new StringBuilder();
        private boolean answered;

        Question(Consumer<Boolean> answer, boolean http) {
            this.answer = answer;
            this.http = http;
        }

        void ask(Transport transport, InetSocketAddress target, Duration timeout, String request) {
            ChannelFuture connecting = transport.connect(target, timeout, this);
            Channel channel = connecting.channel();
            channel.eventLoop().schedule(() -> end(channel, false), timeout.toNanos(), TimeUnit.NANOSECONDS);
            connecting.addListener(done -> {
                if (!done.isSuccess() || !http) end(channel, done.isSuccess());
                else channel.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
            });
        }

        /** {@code HTTP/1.1 200}: twelve bytes tell. */
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            while (bytes.isReadable() && status.length() < 12) status.append((char) bytes.readByte());
            if (status.length() == 12) end(ctx.channel(), status.toString().matches("HTTP/1\\.[01] [23]\\d\\d"));
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            end(ctx.channel(), false);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            end(ctx.channel(), false);
        }

        private void end(Channel channel, boolean good) {
            if (answered) return;
            answered = true;
            channel.close();
            answer.accept(good);
        }
    }
}
